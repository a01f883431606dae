"""What is judged where it is not the figure itself: a difference with both its sides, or a place in a group."""

from decimal import Decimal

from django.utils.translation import gettext as _

from goals.models import Measure
from goals.status.types import MeasureStatus
from indicators import formats, periods
from indicators.models import Indicator
from indicators.translation import translated


def reading_in_words(measure: MeasureStatus) -> str:
    """ "Det er forskellen til Hele landet: 3,5 % mod 2,7 %.", and which newer figure waits; empty of a figure."""
    own, reading = measure.measure, measure.reading
    if own.reads == Measure.Reads.FIGURE or reading is None:
        return ""
    if own.reads == Measure.Reads.PLACE:
        group = str(own.against) if own.against else _("alle kommuner")
        return _("Det er pladsen blandt {group}.").format(group=group)
    return f"{_difference(measure)} {_waiting(measure)}".strip()


def _difference(measure: MeasureStatus) -> str:
    own, reading = measure.measure, measure.reading
    other = translated(own.against_indicator.name) if own.against_indicator else str(own.against or "")
    mine, its = reading.sides(measure.latest.period) if reading and measure.latest else (None, None)
    if mine is None or its is None:
        return _("Det er forskellen til {other}.").format(other=other)
    text = _("Det er forskellen til {other}: {mine} mod {its}.")
    return text.format(other=other, mine=_side(measure, mine.number), its=_side(measure, its.number))


def _side(measure: MeasureStatus, value: Decimal) -> str:
    indicator = measure.indicator
    unit = Indicator.Unit.PERCENT if indicator.unit == Indicator.Unit.POINTS else indicator.unit
    return formats.measured(value, unit, max(indicator.decimals, 0), indicator.unit_name)


def _waiting(measure: MeasureStatus) -> str:
    newest = measure.reading.waiting(measure.latest) if measure.reading else None
    if newest is None:
        return ""
    period = periods.named(newest.period, measure.indicator.frequency)
    text = _("Tallet for {period} ({value}) venter på det, det holdes op mod.")
    return text.format(period=period, value=_side(measure, newest.number))
