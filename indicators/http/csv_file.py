"""A download as CSV for Excel, in the page's language: UTF-8 with BOM, separators as it expects, no formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpResponse

from accounts.permitted_text import readable
from indicators.translation import in_english

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A file to download; numbers stay numbers."""
    text = io.StringIO()
    csv.writer(text, delimiter="," if in_english() else ";", lineterminator="\r\n").writerows(
        [_cell(value) for value in row] for row in rows
    )
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = f"{Decimal(value).normalize():f}"
        return number if in_english() else number.replace(".", ",")
    return escaped(str(value))


def escaped(text: str) -> str:
    """The text of a cell, in CSV or XLSX, kept from running as a formula by an apostrophe before it."""
    text = readable(text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
