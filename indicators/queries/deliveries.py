"""The deliveries (batches) as the API tells of them: kept in the process while nothing is written."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from indicators.data_version import cached_per_version
from indicators.models import CURRENT, Batch, Indicator, Observation


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


@cached_per_version
def shown_deliveries(internal: bool = False) -> frozenset[int]:
    """Batches that opened or closed a figure one may see. No index helps: one look at the whole table."""
    visible = Observation.objects.all()
    if not internal:
        visible = visible.filter(series__indicator__visibility=Indicator.Visibility.PUBLIC)
    opened = visible.values_list("batch_from", flat=True).distinct()
    closed = visible.filter(~Q(batch_to=CURRENT)).values_list("batch_to", flat=True).distinct()
    return frozenset(opened.order_by()) | frozenset(closed.order_by())
