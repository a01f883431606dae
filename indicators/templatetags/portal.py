"""Formats in the page's language, names in it, and links that keep the chosen day, for every template."""

from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from indicators import formats, periods
from indicators.http import csv_file
from indicators.translation import DANISH, in_english, translated, translated_html

register = template.Library()

register.filter("short_date", lambda moment: formats.short_date(moment) if moment else "")
register.filter("long_date", lambda day: formats.long_date(day) if day else "")
register.filter("date_and_time", lambda moment: formats.date_and_time(moment) if moment else "")
register.filter("translated", translated)
register.simple_tag(translated_html, name="wording")
register.filter("printed", formats.as_printed)
register.filter("listed", lambda items: formats.listed([str(item) for item in items]))


@register.filter
def measured(value, indicator) -> str:
    """A value in its indicator's unit and decimals: `{{ point.value|measured:indicator }}`.

    A template gives "" for the value of a point that is not there.
    """
    return formats.measured(None if value == "" else value, indicator.unit, indicator.decimals)


@register.filter
def judged(value, indicator) -> str:
    """As `measured`, with a decimal more where the value has it: an average falls between the figures."""
    more = 0 if value in (None, "") else min(formats.decimals_of(value), indicator.decimals + 1)
    return formats.measured(None if value == "" else value, indicator.unit, max(more, indicator.decimals))


@register.filter
def unit_beside(indicator) -> str:
    """The unit's name as it stands after a value: "8,1 %" is followed by "af befolkningen", not "pct. af …"."""
    return translated(indicator.unit_name).removeprefix(_("pct. "))


@register.filter
def source(history, indicator) -> str:
    """Who published the numbers; made-up ones never borrow a publisher's name."""
    return csv_file.source(indicator, history)


@register.filter
def period(number, indicator) -> str:
    return periods.named(number, indicator.frequency)


@register.filter
def iso_period(number, indicator) -> str:
    return periods.iso(number, indicator.frequency)


register.filter("iso_month", lambda number: periods.iso(number, periods.Frequency.MONTH))
register.filter("count", lambda value: formats.measured(value, "count"))
register.filter("persons", lambda value: formats.number(value))
register.filter("signed_percent", lambda value: ("+" if value > 0 else "") + formats.measured(value, "percent", 1))
register.filter("signed_persons", lambda value: formats.difference(value, "count", signed=True))


@register.filter
def brief_period(number, indicator) -> str:
    return periods.named_briefly(number, indicator.frequency)


@register.filter
def month(number) -> str:
    return periods.named(number, periods.Frequency.MONTH)


@register.simple_tag(takes_context=True)
def link(context, name: str, *args, **query) -> str:
    """The address of a page of the portal, on the same "as known on" day as the page it stands on."""
    known = context.get("known")
    if known and known.day:
        query["kendt"] = known.day.isoformat()
    address = reverse(name, args=args)
    return f"{address}?{urlencode(query, safe=',')}" if query else address


@register.simple_tag(takes_context=True)
def permanent(context) -> str:
    """The address that shows the page as it is now later too: the day is part of it, whether one was chosen or not."""
    return _same_page(context["request"], kendt=context["known"].today.isoformat())


@register.simple_tag(takes_context=True)
def as_known_now(context) -> str:
    """The same page, asked the same, but as known now."""
    return _same_page(context["request"])


def _same_page(request: HttpRequest, **query: str) -> str:
    asked = {name: value for name, value in request.GET.items() if name != "kendt"} | query
    return f"{request.path}?{urlencode(asked, safe=',')}" if asked else request.path


@register.simple_tag(takes_context=True)
def known_status(context, initiative):
    """The initiative's newest status as known on the page's day."""
    return initiative.status_at(context["known"].moment)


@register.simple_tag
def in_danish() -> SafeString:
    """The attribute of what stays Danish on an English page, so that a screen reader says it right."""
    return format_html(' lang="{}"', DANISH) if in_english() else SafeString("")
