"""CSV for Danish Excel: UTF-8 with BOM, semicolon, decimal comma, and no text a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpResponse

from indicators import formats, periods
from indicators.comparison import Comparison
from indicators.models import Indicator, Missing
from indicators.reading import History, Point

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name: str, rows: Iterable[Sequence]) -> HttpResponse:
    """A file to download; numbers stay numbers."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def indicator_rows(indicator: Indicator, histories: dict[str, History]) -> list[list]:
    """One row a number: indicator, area, period, value, and where it comes from."""
    head = [
        "Indikator",
        "Område",
        "Periode",
        "Værdi",
        "Mangler fordi",
        "Foreløbig",
        "Kilde",
        "Kendt fra",
        "Demotal",
    ]
    return [head] + [_row(indicator, history, point) for history in histories.values() for point in history.points]


def _row(indicator: Indicator, history: History, point: Point) -> list:
    return [
        indicator.code,
        history.key.area,
        periods.iso(point.period, indicator.frequency),
        point.value,
        Missing(point.missing).label,
        yes_or_no(point.provisional),
        source(indicator, history),
        formats.short_date(point.known_from),
        yes_or_no(history.synthetic),
    ]


def internal_rows(indicator: Indicator, histories: dict[str, History]) -> list[list]:
    """As `indicator_rows`, with whom each number is of."""
    head, *rows = indicator_rows(indicator, histories)
    names = [name for name, history in histories.items() for _ in history.points]
    return [["Opdeling", *head], *([name, *row] for name, row in zip(names, rows, strict=True))]


def series_rows(histories: dict[str, History]) -> list[list]:
    """One row a number of several monthly indicators, by the names they go by together."""
    head = ["Serie", "Indikator", "Område", "Periode", "Værdi", "Mangler fordi", "Foreløbig", "Kendt fra"]
    return [head] + [
        [
            name,
            history.key.indicator,
            history.key.area,
            periods.iso(point.period, periods.Frequency.MONTH),
            point.value,
            Missing(point.missing).label,
            yes_or_no(point.provisional),
            formats.short_date(point.known_from),
        ]
        for name, history in histories.items()
        for point in history.points
        if not history.synthetic
    ]


def comparison_rows(comparison: Comparison) -> list[list]:
    """One row a municipality, best first, then the country."""
    indicator, counted = comparison.indicator, comparison.counted
    head = ["Plads", "Kode", "Område", "Periode", indicator.name, counted.name if counted else "Antal"]
    notes = [f"I gruppen {comparison.group.name}", "Foreløbig", "Kilde", "Kendt fra"]
    period = periods.iso(comparison.period, indicator.frequency)
    rows = [
        [
            row.place,
            row.code,
            row.name,
            period,
            row.value,
            row.persons.value if row.persons else None,
            yes_or_no(row.code in comparison.group.members),
            yes_or_no(bool(row.point and row.point.provisional)),
            indicator.publisher,
            formats.short_date(row.point.known_from) if row.point else None,
        ]
        for row in [*comparison.rows, comparison.country]
    ]
    return [head + notes, *rows]


def source(indicator: Indicator, history: History) -> str:
    """Who published the numbers, and that they came as a file; made-up ones never borrow a publisher's name."""
    if history.synthetic:
        return "opdigtet til fremvisning"
    by_hand = any(point.source == "file" for point in history.points)
    return f"{indicator.publisher}, indlæst fra fil" if by_hand else indicator.publisher


def yes_or_no(truth: bool) -> str:
    return "ja" if truth else "nej"
