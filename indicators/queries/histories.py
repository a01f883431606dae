"""The numbers of many series in one query, as known now or at a moment."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from indicators.frame import SeriesKey
from indicators.missing import MissingReason
from indicators.models import CURRENT, Batch, Observation, Source
from indicators.models.observations import ObservationQuerySet

__all__ = ["History", "Point", "SeriesKey", "Vintage", "histories", "version", "vintages", "vintages_of"]


@dataclass(frozen=True)
class Point:
    """One period's number, and where and when it came from."""

    period: int
    value: Decimal | None
    missing: MissingReason
    provisional: bool
    known_from: datetime
    source: str
    batch: int

    @property
    def number(self) -> Decimal:
        """The value; asked only where there is one."""
        if self.value is None:
            raise ValueError("the period has no number")
        return self.value


@dataclass(frozen=True)
class Vintage(Point):
    """A number as it once stood; `known_to` is when another took its place, None while it stands."""

    known_to: datetime | None
    delivery: str = ""  # the name of what brought it


@dataclass(frozen=True)
class History:
    """The points of one series in order of period; all real or all synthetic."""

    key: SeriesKey
    synthetic: bool
    points: tuple[Point, ...]


COLUMNS = [
    "period",
    "shown_value",
    "shown_missing",
    "provisional",
    "batch_from__known_from",
    "batch_from__source",
    "batch_from",
]
GIVEN_BY = "given_by"
KEY = ["series__indicator__code", "series__area__code", "series__breakdown"]


def histories(
    keys: Iterable[SeriesKey], *, moment: datetime | None = None, periods: tuple[int, int] | None = None
) -> dict[SeriesKey, History]:
    """What was known of each key at the moment, in one query. Real figures hide synthetic ones of the same key."""
    keys = list(keys)
    found: dict[tuple, list[Point]] = defaultdict(list)
    for *key, synthetic, period, value, missing, provisional, known_from, source, batch in _rows(keys, moment, periods):
        point = Point(period, value, MissingReason(missing), provisional, known_from, source, batch)
        found[SeriesKey(*key), synthetic].append(point)
    return {key: _history(key, found.get((key, False)), found.get((key, True))) for key in keys}


def vintages(key: SeriesKey, moment: datetime | None = None) -> list[Vintage]:
    return vintages_of([key], moment)[key]


def vintages_of(keys: Iterable[SeriesKey], moment: datetime | None = None) -> dict[SeriesKey, list[Vintage]]:
    """Every version of every number of the series, closed ones too, by period and then by when it was known.

    In one query. Real figures hide synthetic ones of the same key.
    """
    keys = list(keys)
    ended = Batch.objects.filter(id=OuterRef("batch_to"), id__lte=_newest(moment))
    rows = (
        _of(keys)
        .filter(batch_from__lte=_newest(moment))
        .order_by("period", "batch_from")
        .values_list(*KEY, "series__synthetic", *COLUMNS, Subquery(ended.values("known_from")), "batch_from__name")
    )
    found: dict[tuple, list[Vintage]] = defaultdict(list)
    for *key, synthetic, period, value, missing, provisional, known_from, source, batch, known_to, name in rows:
        version = Vintage(period, value, MissingReason(missing), provisional, known_from, source, batch, known_to, name)
        found[SeriesKey(*key), synthetic].append(version)
    return {key: found.get((key, False)) or found.get((key, True)) or [] for key in keys}


def version(moment: datetime | None = None) -> int:
    """The number of the newest batch at the moment: the data version for caches and ETags."""
    if moment:
        return Batch.objects.known_at(moment)
    return Batch.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _rows(keys: list[SeriesKey], moment: datetime | None, periods: tuple[int, int] | None) -> QuerySet[Any, Any]:
    rows = _of(keys).current() if moment is None else _of(keys).known_at(_newest(moment))
    if periods:
        rows = rows.filter(period__range=periods)
    own = [GIVEN_BY if name == "batch_from__source" else name for name in COLUMNS]
    return rows.order_by("period").annotate(**{GIVEN_BY: _giver()}).values_list(*KEY, "series__synthetic", *own)


def _giver() -> Case:
    """The source of a number: a delivery that only makes it final takes off its mark, and gives no number."""
    same = {name: OuterRef(name) for name in ("series", "period", "value")}
    before = Observation.objects.filter(**same, batch_to=OuterRef("batch_from"), provisional=True)
    first_given = Subquery(before.values("batch_from__source")[:1])
    by_file = When(
        batch_from__source=Source.FILE, provisional=False, then=Coalesce(first_given, F("batch_from__source"))
    )
    return Case(by_file, default=F("batch_from__source"))


def _of(keys: list[SeriesKey]) -> ObservationQuerySet:
    """All series between the keys' corners; asking for the few too many is cheaper than naming each."""
    indicators, areas, breakdowns = (set(part) for part in zip(*keys, strict=True)) if keys else ((), (), ())
    return Observation.objects.disclosed().filter(
        series__indicator__code__in=indicators, series__area__code__in=areas, series__breakdown__in=breakdowns
    )


def _newest(moment: datetime | None) -> Subquery | int:
    if moment is None:
        return CURRENT - 1
    return Subquery(Batch.objects.filter(known_from__lte=moment).order_by("-id").values("id")[:1])


def _history(key: SeriesKey, real: list[Point] | None, synthetic: list[Point] | None) -> History:
    return History(key, synthetic=not real and bool(synthetic), points=tuple(real or synthetic or ()))
