"""Published numbers that were changed later: settled ones are corrections, provisional ones only became final."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Abs, Cast, Coalesce, NullIf, Power, Round
from django.utils.translation import gettext as _

from indicators.frame import SeriesKey
from indicators.missing import MissingReason
from indicators.models import Area, Batch, Indicator, Observation, Source
from indicators.queries.histories import Vintage

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

SHOWN = 200  # the largest corrections on one page


@dataclass(frozen=True)
class FigureChange:
    """A number that another took the place of; `new` is null with its reason where the number was taken away."""

    indicator: Indicator
    area: Area
    period: int
    synthetic: bool
    was_provisional: bool
    old: Decimal | None
    old_missing: MissingReason
    new: Decimal | None
    new_missing: MissingReason
    changed_at: datetime
    batch: Batch

    @property
    def reason(self) -> str:
        """What brought the change: the delivery's name, or what was taken back."""
        return reason_of(self.batch.source, self.batch.name)

    @property
    def share(self) -> Decimal:
        """How large the change is beside the old number, so that per cent and persons can be put in one order."""
        if self.old is None or self.new is None:
            return Decimal(0)
        return abs(self.new - self.old) / abs(self.old) if self.old else abs(self.new)

    @property
    def by_one(self) -> bool:
        """By no more than one in the last decimal that is shown: late registration, as most deliveries bring it."""
        if self.old is None or self.new is None:
            return False
        return abs(self.new - self.old).scaleb(self.indicator.decimals) <= 1


@dataclass(frozen=True)
class Corrections:
    """How many settled numbers were corrected, how many of them by one, and the largest, one by one."""

    count: int
    by_one: int
    largest: list[FigureChange]


def reason_of(source: str, delivery: str) -> str:
    return _("Fortrydelse af {delivery}").format(delivery=delivery) if source == Source.UNDO else delivery


def corrections(moment: datetime) -> Corrections:
    """The corrections of settled public numbers known at the moment, the largest first; three queries."""
    newest = Subquery(Batch.objects.filter(known_from__lte=moment).order_by("-id").values("id")[:1])
    closed = _sized(_changed().filter(provisional=False, batch_to__lte=newest))
    counts = closed.aggregate(count=Count("pk"), by_one=Count("pk", filter=Q(steps__lte=1)))
    largest_first = closed.order_by(F("share").desc(nulls_first=True), "-batch_to", "series_id", "-period")
    return Corrections(**counts, largest=_changes(largest_first[:SHOWN]))


def _sized(
    closed: "QuerySet[WithAnnotations[Observation, Follower]]",
) -> "QuerySet[WithAnnotations[Observation, Follower]]":
    """How large each change is: beside the old number, and in steps of the last decimal that is shown.

    Both are null where a number came or went, which is larger than any other change.
    """
    size = Abs(Cast("new_value", FloatField()) - Cast("shown_value", FloatField()), output_field=FloatField())
    beside = Coalesce(NullIf(Abs(Cast("shown_value", FloatField())), Value(0.0)), Value(1.0))
    steps = size * Power(Value(10.0), F("series__indicator__decimals"))
    # A difference of floats may lie a hair above the one step it is.
    return closed.annotate(share=size / beside, steps=Round(steps, precision=6))


def changes_between(keys: Iterable[SeriesKey], first_batch: int, last_batch: int) -> list[FigureChange]:
    """What became of the series' published numbers in the batches, the largest change first; two queries."""
    chosen = Q()
    for key in keys:
        chosen |= Q(series__indicator__code=key.indicator, series__area__code=key.area, series__breakdown=key.breakdown)
    closed = _changed().filter(chosen, batch_to__range=(first_batch, last_batch)) if chosen else []
    return sorted(_changes(closed), key=lambda change: change.share, reverse=True)


class Follower(TypedDict):
    """What took the place of a number; both None where none followed."""

    new_value: Decimal | None
    new_missing: int | None


def _changed() -> "QuerySet[WithAnnotations[Observation, Follower]]":
    """Closed public rows whose follower says something else, or that none followed."""
    follower: QuerySet[Any] = Observation.objects.disclosed().filter(
        series=OuterRef("series_id"), period=OuterRef("period"), batch_from=OuterRef("batch_to")
    )
    other_number = Q(new_missing=F("shown_missing"), new_value__isnull=False) & ~Q(new_value=F("shown_value"))
    closed: QuerySet[Any] = (
        Observation.objects.disclosed()
        .filter(series__indicator__visibility=Indicator.Visibility.PUBLIC)
        .annotate(
            new_value=Subquery(follower.values("shown_value")), new_missing=Subquery(follower.values("shown_missing"))
        )
        .filter(Q(new_missing__isnull=True) | ~Q(new_missing=F("shown_missing")) | other_number)
        .select_related("series__indicator", "series__area")
    )
    return closed


def _changes(closed: "Iterable[WithAnnotations[Observation, Follower]]") -> list[FigureChange]:
    rows = list(closed)
    batches = Batch.objects.in_bulk({row.batch_to for row in rows}) if rows else {}
    return [_change(row, batches[row.batch_to]) for row in rows]


def _change(row: "WithAnnotations[Observation, Follower]", batch: Batch) -> FigureChange:
    gone = MissingReason.WITHDRAWN if row.new_missing is None else MissingReason(row.new_missing)
    return FigureChange(
        indicator=row.series.indicator,
        area=row.series.area,
        period=row.period,
        synthetic=row.series.synthetic,
        was_provisional=row.provisional,
        old=row.shown_value,
        old_missing=MissingReason(row.shown_missing),
        new=row.new_value,
        new_missing=gone,
        changed_at=batch.known_from,
        batch=batch,
    )


@dataclass(frozen=True)
class Corrected:
    """The settled number that stood before, and the one that took its place."""

    old: Vintage
    new: Vintage

    @property
    def reason(self) -> str:
        return reason_of(self.new.source, self.new.delivery)


def corrected_periods(vintages: Iterable[Vintage]) -> dict[int, Corrected]:
    """Period → its newest correction. `vintages` come by period, then by when they were known."""
    found = {}
    for old, new in pairwise(vintages):
        if old.period == new.period and not old.provisional and (old.value, old.missing) != (new.value, new.missing):
            found[new.period] = Corrected(old, new)
    return found
