"""Questions asked of batches and observations; the SQL of writing them is in store/."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone

from indicators.disclosure import internal_access
from indicators.frame import breakdown_parts
from indicators.missing import MissingReason
from indicators.vocabulary import Vocabulary, codes_by_label

if TYPE_CHECKING:
    from accounts.models import User
    from indicators.models import Batch, ImportRun, Indicator, Observation, Series

CURRENT = 2_147_483_647  # `batch_to` of a row that no later batch has closed; never null, so the key guards it


class BatchQuerySet(models.QuerySet["Batch"]):
    def known_at(self, moment: datetime) -> int:
        """The number of the newest batch at the moment, 0 before the first: the data version of that day."""
        return self.filter(known_from__lte=moment).aggregate(newest=models.Max("id"))["newest"] or 0

    def latest_of(self, source: str, *, complete: bool = False) -> "Batch | None":
        """The newest batch of all, if its repetition says nothing new: it is the source's own, and nobody undid or
        changed anything since. Else None: what was taken or changed may come again."""
        batch = self.order_by("id").last()
        if batch is None or batch.source != source or batch.undoes_id or (complete and not batch.complete):
            return None
        return batch

    def repeated(self, sha256: str, source: str, *, complete: bool = False) -> "Batch | None":
        """The source's latest batch if these bytes are what it was made of, or None."""
        batch = self.latest_of(source, complete=complete)
        return batch if batch and sha256 and batch.sha256 == sha256 else None


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def waiting(self) -> Self:
        """What a worker may begin on."""
        State = self.model.State
        return self.filter(state__in=[State.QUEUED, State.INTERRUPTED])

    def ahead_of(self, run: Any) -> Self:
        """What its source has to do before it."""
        State = self.model.State
        unfinished = self.filter(source=run.source, state__in=[State.QUEUED, State.INTERRUPTED, State.RUNNING])
        return unfinished.filter(requested_at__lt=run.requested_at)

    def successful(self) -> Self:
        return self.filter(state__in=[self.model.State.DONE, self.model.State.UNCHANGED])


class ObservationQuerySet(models.QuerySet["Observation"]):
    def current(self) -> Self:
        return self.filter(batch_to=CURRENT)

    def known_at(self, batch: int | models.expressions.Combinable) -> Self:
        """The figures as they stood after the batch, before any later revision."""
        return self.filter(batch_from__lte=batch, batch_to__gt=batch)

    def disclosed(self) -> Self:
        """Adds `shown_value` and `shown_missing`: the only form in which numbers leave the portal.

        A count that is smaller than its indicator allows could tell of a person, and so could one that tells it.
        A true zero tells of nobody. Which is which, nobody is told.
        """
        listed = apps.get_model("indicators", "Withheld").objects.filter(
            series=OuterRef("series_id"), period=OuterRef("period"), value=OuterRef("value")
        )
        small = Q(value__gt=0, value__lt=F("series__indicator__min_count"))
        gone = Q(series__indicator__unit="count", series__indicator__min_count__gt=0) & (small | Exists(listed))
        return self.annotate(
            shown_value=Case(When(gone, then=None), default=F("value")),
            shown_missing=Case(
                When(gone, then=Value(int(MissingReason.BELOW_MIN_COUNT))),
                default=F("missing"),
                output_field=models.SmallIntegerField(),
            ),
        )


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def public(self) -> Self:
        return self.filter(visibility=self.model.Visibility.PUBLIC)

    def vocabulary(self) -> Vocabulary:
        """What a delivery may name: these indicators, and every area and breakdown of the portal."""
        areas = apps.get_model("indicators", "Area").objects.using(self.db)
        return Vocabulary(
            frequencies={indicator.code: indicator.frequency for indicator in self},
            areas=dict(areas.values_list("name", "code")),
            units={indicator.code: indicator.unit for indicator in self},
            labels=codes_by_label((indicator.code, indicator.selection) for indicator in self),
            dimensions_in_use=partial(_dimensions_in_use, self.db),
            names=_codes_by_name(self),
            tables={indicator.code: indicator.table for indicator in self if indicator.table},
            year_to_date=frozenset(
                indicator.code for indicator in self if indicator.accumulation == self.model.Accumulation.YEAR_TO_DATE
            ),
            fractional=frozenset(indicator.code for indicator in self if indicator.decimals),
            values_in_use=partial(_values_in_use, self.db),
            delivered_on=timezone.localdate(),
        )


def _codes_by_name(indicators: Iterable[Any]) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for indicator in indicators:
        codes.setdefault(indicator.name, []).append(indicator.code)
    return codes


def _values_in_use(using: str) -> frozenset[tuple[str, str]]:
    series = apps.get_model("indicators", "Series").objects.using(using)
    breakdowns = series.exclude(breakdown="").values_list("breakdown", flat=True).distinct()
    return frozenset(part for breakdown in breakdowns for part in breakdown_parts(breakdown).items())


def _dimensions_in_use(using: str) -> frozenset[str]:
    return frozenset(dimension for dimension, _ in _values_in_use(using))


class SeriesQuerySet(models.QuerySet["Series"]):
    def for_user(self, user: "User") -> Self:
        """The internal series a colleague sees by role and team; another team's are not among them."""
        team = user.team.slug if user.team else ""
        internal = self.filter(indicator__visibility="internal")
        may = user.permissions
        seen = [pk for pk, text in internal.values_list("pk", "breakdown") if internal_access.may_see(may, team, text)]
        return internal.filter(pk__in=seen)

    def outside_the_house(self) -> Self:
        """Without numbers about teams and colleagues, which stand on pages for staff alone."""
        return self.exclude(breakdown__regex=rf"(^|;)({'|'.join(sorted(internal_access.STAFF_DIMENSIONS))})=")
