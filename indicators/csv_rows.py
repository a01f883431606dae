"""Rows of a CSV file with figures: one row a number, in the forms that several pages' files share."""

from django.utils.translation import gettext as _

from indicators import formats, periods
from indicators.labels import source_label, unit_label, yes_or_no
from indicators.missing import MissingReason
from indicators.models import Indicator
from indicators.queries.histories import History, Point

CsvRow = list[object]  # cells, as `indicators.http.csv_file` writes them


def indicator_rows(indicator: Indicator, histories: dict[str, History]) -> list[CsvRow]:
    """One row a number: indicator, area, period, value, and where it comes from."""
    head: CsvRow = [
        _("Indikator"),
        _("Område"),
        _("Periode"),
        _("Værdi"),
        _("Enhed"),
        _("Mangler fordi"),
        _("Foreløbig"),
        _("Kilde"),
        _("Kendt fra"),
        _("Demotal"),
    ]
    return [head] + [_row(indicator, history, point) for history in histories.values() for point in history.points]


def _row(indicator: Indicator, history: History, point: Point) -> CsvRow:
    return [
        indicator.code,
        history.key.area,
        periods.iso(point.period, indicator.frequency),
        point.value,
        unit_label(indicator),
        MissingReason(point.missing).label,
        yes_or_no(point.provisional),
        source_label(indicator, history),
        formats.short_date(point.known_from),
        yes_or_no(history.synthetic),
    ]


def internal_rows(indicator: Indicator, histories: dict[str, History]) -> list[CsvRow]:
    """As `indicator_rows`, with whom each number is of."""
    return _with_names(_("Opdeling"), indicator, histories)


def area_rows(indicator: Indicator, histories: dict[str, History]) -> list[CsvRow]:
    """As `indicator_rows`, with the name of each number's area."""
    return _with_names(_("Områdets navn"), indicator, histories)


def _with_names(column: str, indicator: Indicator, histories: dict[str, History]) -> list[CsvRow]:
    head, *rows = indicator_rows(indicator, histories)
    names = [name for name, history in histories.items() for _ in history.points]
    return [[column, *head], *([name, *row] for name, row in zip(names, rows, strict=True))]


def series_rows(histories: dict[str, History]) -> list[CsvRow]:
    """One row a number of several monthly indicators, by the names they go by together."""
    head: CsvRow = [
        _("Serie"),
        _("Indikator"),
        _("Område"),
        _("Periode"),
        _("Værdi"),
        _("Mangler fordi"),
        _("Foreløbig"),
    ]
    head.append(_("Kendt fra"))
    return [head] + [
        [
            name,
            history.key.indicator,
            history.key.area,
            periods.iso(point.period, periods.Frequency.MONTH),
            point.value,
            MissingReason(point.missing).label,
            yes_or_no(point.provisional),
            formats.short_date(point.known_from),
        ]
        for name, history in histories.items()
        for point in history.points
        if not history.synthetic
    ]
