"""Filters and tags of every template: dates and names in the page's language, and links that keep the as-of day."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from indicators import formats
from indicators.translation import DANISH, in_english, translated, translated_html

register = template.Library()

register.filter("short_date", lambda moment: formats.short_date(moment) if moment else "")
register.filter("long_date", lambda day: formats.long_date(day) if day else "")
register.filter("date_and_time", lambda moment: formats.date_and_time(moment) if moment else "")
register.filter("translated", translated)
register.simple_tag(translated_html, name="wording")
register.filter("printed", formats.as_printed)
register.filter("listed", lambda items: formats.listed([str(item) for item in items]))


@register.simple_tag(takes_context=True)
def link(context: Context, name: str, *args: Any, **query: Any) -> str:
    """The address of a page of the portal, on the same "as known on" day as the page it stands on."""
    known = context.get("known")
    if known and known.day:
        query["kendt"] = known.day.isoformat()
    address = reverse(name, args=args)
    return f"{address}?{urlencode(query, safe=',')}" if query else address


@register.simple_tag(takes_context=True)
def permanent(context: Context) -> str:
    """The address that shows the page as it is now later too: the day is part of it, whether one was chosen or not."""
    return _same_page(context["request"], kendt=context["known"].today.isoformat())


@register.simple_tag(takes_context=True)
def as_known_now(context: Context) -> str:
    """The same page, asked the same, but as known now."""
    return _same_page(context["request"])


def _same_page(request: HttpRequest, **query: str) -> str:
    asked = {name: value for name, value in request.GET.items() if name != "kendt"} | query
    return f"{request.path}?{urlencode(asked, safe=',')}" if asked else request.path


@register.simple_tag
def in_danish() -> SafeString:
    """The attribute of what stays Danish on an English page, so that a screen reader says it right."""
    return format_html(' lang="{}"', DANISH) if in_english() else SafeString("")
