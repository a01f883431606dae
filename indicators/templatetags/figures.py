"""Filters that print a figure as readers expect: its value with its unit, its period and its source."""

from decimal import Decimal
from typing import Literal

from django import template
from django.utils.translation import gettext as _

from indicators import formats, periods
from indicators.labels import source_label
from indicators.models import Indicator
from indicators.queries.histories import History
from indicators.translation import translated

register = template.Library()


@register.filter
def measured(value: Decimal | Literal[""] | None, indicator: Indicator) -> str:
    """A value in its indicator's unit and decimals: `{{ point.value|measured:indicator }}`.

    A template gives "" for the value of a point that is not there.
    """
    return formats.measured(
        None if isinstance(value, str) else value, indicator.unit, indicator.decimals, indicator.unit_name
    )


@register.filter
def judged(value: Decimal | Literal[""] | None, indicator: Indicator) -> str:
    """As `measured`, with a decimal more where the value has it: an average falls between the figures."""
    known = None if isinstance(value, str) else value
    more = 0 if known is None else min(formats.decimals_of(known), indicator.decimals + 1)
    return formats.measured(known, indicator.unit, max(more, indicator.decimals), indicator.unit_name)


@register.filter
def unit_beside(indicator: Indicator) -> str:
    """The unit's name as it stands after a value: "8,1 %" is followed by "af befolkningen", not "pct. af …"."""
    return translated(indicator.unit_name).removeprefix(_("pct. "))


@register.filter
def source(history: History, indicator: Indicator) -> str:
    """Who published the numbers; made-up ones never borrow a publisher's name."""
    return source_label(indicator, history)


@register.filter
def period(number: int, indicator: Indicator) -> str:
    return periods.named(number, indicator.frequency)


@register.filter
def iso_period(number: int, indicator: Indicator) -> str:
    return periods.iso(number, indicator.frequency)


register.filter("iso_month", lambda number: periods.iso(number, periods.Frequency.MONTH))
register.filter("count", lambda value: formats.measured(value, "count"))
register.filter("persons", lambda value: formats.number(value))
register.filter("signed_percent", lambda value: ("+" if value > 0 else "") + formats.measured(value, "percent", 1))
register.filter("signed_persons", lambda value: formats.difference(value, "count", signed=True))


@register.filter
def brief_period(number: int, indicator: Indicator) -> str:
    return periods.named_briefly(number, indicator.frequency)


@register.filter
def month(number: int) -> str:
    return periods.named(number, periods.Frequency.MONTH)
