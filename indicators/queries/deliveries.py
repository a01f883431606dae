"""The deliveries (batches) as the API tells of them: kept in the process while nothing is written."""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from indicators.data_version import cached_per_version
from indicators.models import CURRENT, Batch, Indicator, Observation, Series
from indicators.queries.series_index import series_index


@dataclass(frozen=True)
class Delivery:
    """A batch as the API tells of it."""

    code: str
    known_from: datetime
    instant: str  # known_from with Copenhagen's zone
    source: str


@cached_per_version
def deliveries() -> dict[int, Delivery]:
    rows = Batch.objects.order_by("id").values_list("id", "known_from", "source")
    return {
        number: Delivery(f"b{number}", known_from, timezone.localtime(known_from).isoformat(), source)
        for number, known_from, source in rows
    }


def newest_delivery(moment: datetime | None = None) -> int:
    """The number of the newest batch at the moment, 0 before the first. Numbers and moments have one order."""
    numbers = list(deliveries())
    if moment is None:
        return numbers[-1] if numbers else 0
    place = bisect_right(numbers, moment, key=lambda number: deliveries()[number].known_from)
    return numbers[place - 1] if place else 0


@dataclass(frozen=True)
class Counts:
    """How many figures a delivery brought, corrected, took away and left as they were; None: nobody is told."""

    new: int
    changed: int
    withdrawn: int
    unchanged: int | None


def counts_of(batch: Batch, *, internal: bool = False) -> Counts:
    """Of the figures that the reader may see."""
    stored = Counts(batch.new, batch.changed, batch.withdrawn, batch.unchanged)
    hidden = _hidden_counts(internal).get(batch.id)
    if hidden is None:
        return stored
    opened, replaced, closed = hidden
    new = 0 if batch.undoes_id else opened - replaced  # an undoing counts what it brings back as changed
    left = stored.new - new, stored.changed - (opened - new), stored.withdrawn - (closed - replaced)
    return Counts(*left, unchanged=None)


@cached_per_version
def _hidden_counts(internal: bool) -> dict[int, tuple[int, int, int]]:
    """Batch → how many figures the reader may not see it opened, opened in another's place, and closed."""
    seen = [entry.id for entry in series_index(internal).entries]
    hidden = list(Series.objects.exclude(id__in=seen).values_list("id", flat=True))
    if not hidden:
        return {}
    figures = Observation.objects.filter(series__in=hidden)
    opened = Counter(figures.values_list("batch_from", flat=True))
    closed = Counter(figures.exclude(batch_to=CURRENT).values_list("batch_to", flat=True))
    before = figures.filter(series=OuterRef("series"), period=OuterRef("period"), batch_to=OuterRef("batch_from"))
    replaced = Counter(figures.filter(Exists(before)).values_list("batch_from", flat=True))
    return {batch: (opened[batch], replaced[batch], closed[batch]) for batch in opened.keys() | closed.keys()}


@cached_per_version
def shown_deliveries(internal: bool = False) -> frozenset[int]:
    """Batches that opened or closed a figure one may see. No index helps: one look at the whole table."""
    visible = Observation.objects.all()
    if not internal:
        visible = visible.filter(series__indicator__visibility=Indicator.Visibility.PUBLIC)
    opened = visible.values_list("batch_from", flat=True).distinct()
    closed = visible.filter(~Q(batch_to=CURRENT)).values_list("batch_to", flat=True).distinct()
    return frozenset(opened.order_by()) | frozenset(closed.order_by())
