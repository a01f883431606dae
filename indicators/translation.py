"""Translation of names that the project's own files hold, by the catalogue of texts. Pure."""

from django.utils.html import format_html
from django.utils.translation import get_language, gettext

DANISH = "da"


def gettext_noop(text: str) -> str:
    """Marks a text for the catalogue. Django's own asks the settings, which whoever only counts months has not set."""
    return text


def translated(text: str) -> str:
    """The text itself where the catalogue does not know it: what staff wrote since stays Danish."""
    return gettext(text) if text else ""


def in_english() -> bool:
    return (get_language() or DANISH) != DANISH


def translated_html(content: object) -> str:
    """What stands in a plan or an assessment: translated, or marked as Danish where nobody has translated it."""
    text = str(content)
    return format_html('<span lang="{}">{}</span>', DANISH, text) if stays_danish(text) else translated(text)


def stays_danish(text: str) -> bool:
    return bool(text) and in_english() and translated(text) == text
