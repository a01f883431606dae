"""What was recorded after a moment: every version of every number, corrections and withdrawals included.

Batches are numbered and committed under one lock, so "after batch b" misses nothing and repeats nothing, also while
a delivery is on its way: it will be a later batch than any that has been read.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields import BooleanField, DecimalField, IntegerField, SmallIntegerField
from django.db.models.functions import Coalesce

from indicators.api.observations_json import Cursor, missing_word
from indicators.frame import breakdown_parts
from indicators.http.viewset import number
from indicators.missing import MissingReason
from indicators.models import CURRENT, Observation
from indicators.periods import iso
from indicators.queries.deliveries import deliveries, newest_delivery
from indicators.queries.series_index import SeriesEntry, series_index

COLUMNS = ["batch", "series_id", "period", "ended", "shown_value", "shown_missing", "provisional"]


@dataclass(frozen=True)
class Changes:
    """One page, in the order things became known, and where the next begins."""

    results: list[dict[str, Any]]
    next: Cursor | None


def changes(asked: dict[str, Any], limit: int, *, internal: bool = False) -> Changes:
    since = asked.get("cursor") or Cursor(newest_delivery(asked["known_since"]), CURRENT, 0)
    until = newest_delivery(asked.get("as_of"))
    entries = {entry.id: entry for entry in series_index(internal).chosen(asked)}
    events = list(_events(asked, since, until, list(entries))[: limit + 1])
    results = [_event_json(entries[event[1]], until, *event) for event in events[:limit]]
    return Changes(results, Cursor(*events[limit - 1][:3]) if len(events) > limit else None)


def _events(asked: dict[str, Any], since: Cursor, until: int, series: list[int]) -> QuerySet:
    chosen = Observation.objects.filter(series__in=series)
    if "from" in asked:
        chosen = chosen.filter(period__gte=asked["from"])
    if "to" in asked:
        chosen = chosen.filter(period__lte=asked["to"])
    events = _recorded(chosen, since, until).union(_withdrawn(chosen, since, until), all=True)
    return events.order_by("batch", "series_id", "period")


def _recorded(chosen: QuerySet, since: Cursor, until: int) -> QuerySet:
    begun = chosen.filter(_after(since, "batch_from"), batch_from__lte=until).disclosed()
    return begun.annotate(batch=F("batch_from"), ended=F("batch_to")).values_list(*COLUMNS)


def _withdrawn(chosen: QuerySet, since: Cursor, until: int) -> QuerySet:
    """A version that ended without another in its place stands from then on as withdrawn."""
    same = Observation.objects.filter(series=OuterRef("series_id"), period=OuterRef("period"))
    replaced = same.filter(batch_from=OuterRef("batch_to"))
    again = same.filter(batch_from__gt=OuterRef("batch_to")).order_by("batch_from").values("batch_from")[:1]
    ended = chosen.filter(_after(since, "batch_to"), ~Exists(replaced), batch_to__lte=until)
    return ended.annotate(
        batch=F("batch_to"),
        ended=Coalesce(Subquery(again), CURRENT, output_field=IntegerField()),
        shown_value=Value(None, DecimalField(max_digits=14, decimal_places=4)),
        shown_missing=Value(int(MissingReason.WITHDRAWN), SmallIntegerField()),
        final=Value(False, BooleanField()),
    ).values_list(*COLUMNS[:-1], "final")


def _after(cursor: Cursor, batch: str) -> Q:
    same_batch = Q(series__gt=cursor.series) | Q(series=cursor.series, period__gt=cursor.period)
    return Q(**{f"{batch}__gt": cursor.batch}) | Q(same_batch, **{batch: cursor.batch})


def _event_json(
    entry: SeriesEntry,
    until: int,
    batch: int,
    _: int,
    period: int,
    ended: int,
    value: Any,
    missing: int,
    provisional: Any,
) -> dict[str, Any]:
    delivery = deliveries()[batch]
    return {
        "indicator": entry.indicator,
        "area": entry.area,
        "breakdown": breakdown_parts(entry.breakdown),
        "period": iso(period, entry.frequency),
        "value": number(value),
        "missing": missing_word(missing),
        "provisional": bool(provisional),
        "synthetic": entry.synthetic,
        "known_from": delivery.instant,
        "known_to": deliveries()[ended].instant if ended <= until else None,
        "source": delivery.source,
        "batch": delivery.code,
    }
