"""What was recorded after a moment: every version of every number, and all else that changes what a reader sees.

That is: numbers withdrawn, numbers withheld since a later one would tell a small one by them, and synthetic figures
that real ones replace or give their place back to. Who writes each row over the one before it of the same indicator,
area, breakdown and period, and drops those withdrawn, holds at each moment what `as_of` gives.

Batches are numbered and committed under one lock, so "after batch b" misses nothing and repeats nothing, also while
a delivery is on its way: it will be a later batch than any that has been read.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Expression, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields import DecimalField, IntegerField, SmallIntegerField
from django.db.models.functions import Coalesce

from indicators.api.cursors import Place
from indicators.api.observations_json import missing_word
from indicators.frame import breakdown_parts
from indicators.http.viewset import number
from indicators.missing import MissingReason
from indicators.models import CURRENT, Observation, Withheld
from indicators.models.observations import ObservationQuerySet
from indicators.periods import iso
from indicators.queries.deliveries import deliveries, newest_delivery
from indicators.queries.replaced_series import replaced_series
from indicators.queries.series_index import SeriesEntry, series_index

COLUMNS = ["batch", "turn", "series_id", "period", "ended", "shown_value", "shown_missing", "provisional"]
# Within a batch: what is replaced goes first and what comes back last, so that the last row of a key is what stands.
REPLACED, RECORDED, BACK = range(3)


@dataclass(frozen=True)
class Changes:
    """One page, in the order things became known, and where the next begins."""

    results: list[dict[str, Any]]
    next: Place | None


def changes(asked: dict[str, Any], limit: int, begun: Place | None, *, internal: bool = False) -> Changes:
    since = begun or Place(newest_delivery(asked["known_since"]), BACK, CURRENT, 0)
    until = newest_delivery(asked.get("as_of"))
    entries = {entry.id: entry for entry in series_index(internal).chosen(asked)}
    events = list(_events(asked, since, until, list(entries))[: limit + 1])
    results = [_event_json(entries[event[2]], until, *event) for event in events[:limit]]
    return Changes(results, Place(*events[limit - 1][:4]) if len(events) > limit else None)


def _events(asked: dict[str, Any], since: Place, until: int, series: list[int]) -> QuerySet:
    chosen = Observation.objects.filter(series__in=series)
    if "from" in asked:
        chosen = chosen.filter(period__gte=asked["from"])
    if "to" in asked:
        chosen = chosen.filter(period__lte=asked["to"])
    events = [_recorded(chosen), _withdrawn(chosen), _newly_withheld(chosen)]
    events = [kind.exclude(_while_replaced(kind)) for kind in events] + _replacements(chosen, since, until)
    rows = [kind.filter(_after(since), batch__lte=until).values_list(*COLUMNS) for kind in events]
    return rows[0].union(*rows[1:], all=True).order_by(*COLUMNS[:4])


def _recorded(chosen: ObservationQuerySet) -> QuerySet:
    begun = chosen.disclosed().annotate(batch=F("batch_from"), ended=F("batch_to"))
    return begun.annotate(turn=Value(RECORDED))


def _withdrawn(chosen: QuerySet) -> QuerySet:
    """A version that ended without another in its place stands from then on as withdrawn."""
    same = Observation.objects.filter(series=OuterRef("series_id"), period=OuterRef("period"))
    replaced = same.filter(batch_from=OuterRef("batch_to"))
    again = same.filter(batch_from__gt=OuterRef("batch_to")).order_by("batch_from").values("batch_from")[:1]
    ended = chosen.filter(~Exists(replaced)).annotate(batch=F("batch_to"), turn=Value(RECORDED))
    return _gone(ended, Coalesce(Subquery(again), CURRENT, output_field=IntegerField()))


def _newly_withheld(chosen: QuerySet) -> QuerySet:
    """A version that was shown until a later number would have told a small one by it."""
    withheld = Withheld.objects.filter(series=OuterRef("series_id"), period=OuterRef("period"), value=OuterRef("value"))
    since = chosen.annotate(batch=Subquery(withheld.values("since"), output_field=IntegerField()))
    stood = since.filter(batch_from__lt=F("batch"), batch_to__gt=F("batch"))
    return stood.disclosed().annotate(turn=Value(RECORDED), ended=F("batch_to"))


def _replacements(chosen: ObservationQuerySet, since: Place, until: int) -> list[QuerySet]:
    """Synthetic figures when real ones took their place, and when those had all gone again."""
    events = []
    for spell, hidden in replaced_series().items():
        synthetic = chosen.filter(series__in=hidden)
        if since.batch <= spell.begun <= until:
            gone = synthetic.known_at(spell.begun).annotate(batch=Value(spell.begun), turn=Value(REPLACED))
            events.append(_gone(gone, Value(spell.ended)))
        if since.batch <= spell.ended <= until:
            back = synthetic.known_at(spell.ended).disclosed()
            events.append(back.annotate(batch=Value(spell.ended), turn=Value(BACK), ended=F("batch_to")))
    return events


def _while_replaced(events: QuerySet) -> Q:
    """What happens to synthetic figures that nobody sees is told to nobody."""
    unseen = Q(series__in=[])
    for spell, hidden in replaced_series().items():
        unseen |= Q(series__in=hidden, batch__gte=spell.begun, batch__lt=spell.ended)
    return unseen


def _gone(figures: QuerySet, ended: Expression) -> QuerySet:
    return figures.annotate(
        ended=ended,
        shown_value=Value(None, DecimalField(max_digits=14, decimal_places=4)),
        shown_missing=Value(int(MissingReason.WITHDRAWN), SmallIntegerField()),
    )


def _after(place: Place) -> Q:
    """Of the rows of one batch those behind the place."""
    same_turn = Q(turn=place.turn) & (Q(series__gt=place.series) | Q(series=place.series, period__gt=place.period))
    return Q(batch__gt=place.batch) | Q(batch=place.batch) & (Q(turn__gt=place.turn) | same_turn)


def _event_json(
    entry: SeriesEntry,
    until: int,
    batch: int,
    turn: int,
    series: int,
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
        "provisional": bool(provisional) and missing != MissingReason.WITHDRAWN,
        "synthetic": entry.synthetic,
        "known_from": delivery.instant,
        "known_to": deliveries()[ended].instant if ended <= until else None,
        "source": delivery.source,
        "batch": delivery.code,
    }
