"""Pieces that many pages repeat, as tags for every template: the frame of a table, the demo badge, a verdict."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_block_tag
def scroll_table(content: SafeString, label: str = "", role: str = "group", space: str = "") -> SafeString:
    """The frame in which a wide table scrolls by itself: `{% scroll_table %}<table>…</table>{% endscroll_table %}`.

    label: its name for screen readers, where "Table" does not tell it from its neighbours; space: a class of distance.
    """
    return format_html(
        '<div class="{}" tabindex="0" role="{}" aria-label="{}">{}</div>',
        f"scroll {space}".strip(),
        role,
        label or _("Tabel, kan rulles"),
        content,
    )


@register.simple_tag
def demo_badge(demo: object, text: str = "") -> SafeString:
    """After what is made up, and only there, a badge that says so: `{% demo_badge words.demo _("demotekst") %}`."""
    return format_html(' <span class="demo">{}</span>', text or _("demotal")) if demo else SafeString("")


@register.inclusion_tag("components/verdict.html")
def verdict(shown: Any = None, **other: str) -> dict[str, str]:
    """A verdict drawn and written: `{% verdict row.original %}`; other: shape, word, detail or spoken instead."""
    return {name: getattr(shown, name, "") for name in ("shape", "word", "detail", "spoken")} | other
