"""CSV for Excel in the page's language: UTF-8 with BOM, separators as it expects, no text a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _

from indicators import formats, periods
from indicators.missing import MissingReason
from indicators.models import Indicator, Source
from indicators.pages.compare.benchmark import Edition
from indicators.pages.compare.comparison import Comparison
from indicators.queries.histories import History, Point
from indicators.queries.revisions import Revision
from indicators.translation import in_english, translated

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name: str, rows: Iterable[Sequence]) -> HttpResponse:
    """A file to download; numbers stay numbers."""
    text = io.StringIO()
    csv.writer(text, delimiter="," if in_english() else ";", lineterminator="\r\n").writerows(
        [_cell(value) for value in row] for row in rows
    )
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        number = f"{value.normalize():f}"
        return number if in_english() else number.replace(".", ",")
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def indicator_rows(indicator: Indicator, histories: dict[str, History]) -> list[list]:
    """One row a number: indicator, area, period, value, and where it comes from."""
    head = [
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


def _row(indicator: Indicator, history: History, point: Point) -> list:
    return [
        indicator.code,
        history.key.area,
        periods.iso(point.period, indicator.frequency),
        point.value,
        unit(indicator),
        MissingReason(point.missing).label,
        yes_or_no(point.provisional),
        source(indicator, history),
        formats.short_date(point.known_from),
        yes_or_no(history.synthetic),
    ]


def internal_rows(indicator: Indicator, histories: dict[str, History]) -> list[list]:
    """As `indicator_rows`, with whom each number is of."""
    return _with_names(_("Opdeling"), indicator, histories)


def area_rows(indicator: Indicator, histories: dict[str, History]) -> list[list]:
    """As `indicator_rows`, with the name of each number's area."""
    return _with_names(_("Områdets navn"), indicator, histories)


def unit(indicator: Indicator) -> str:
    return translated(indicator.unit_name) or str(indicator.get_unit_display())


def _with_names(column: str, indicator: Indicator, histories: dict[str, History]) -> list[list]:
    head, *rows = indicator_rows(indicator, histories)
    names = [name for name, history in histories.items() for _ in history.points]
    return [[column, *head], *([name, *row] for name, row in zip(names, rows, strict=True))]


def series_rows(histories: dict[str, History]) -> list[list]:
    """One row a number of several monthly indicators, by the names they go by together."""
    head = [_("Serie"), _("Indikator"), _("Område"), _("Periode"), _("Værdi"), _("Mangler fordi"), _("Foreløbig")]
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


def revision_rows(indicator: Indicator, home: History, revisions: list[Revision]) -> list[list]:
    """One row a period, newest first: what was published first, and what stands."""
    head = [_("Indikator"), _("Område"), _("Periode"), _("Først"), _("Først kendt"), _("Nyeste"), _("Kendt fra")]
    return [[*head, _("Foreløbig"), _("Kilde"), _("Demotal")]] + [
        [
            indicator.code,
            home.key.area,
            periods.iso(revision.period, indicator.frequency),
            revision.first.value,
            formats.short_date(revision.first.known_from),
            revision.newest.value,
            formats.short_date(revision.newest.known_from),
            yes_or_no(revision.newest.provisional),
            source(indicator, home),
            yes_or_no(home.synthetic),
        ]
        for revision in revisions
    ]


def comparison_rows(comparison: Comparison) -> list[list]:
    """One row a municipality, best first, then the country; of few people also how many they are."""
    indicator, counted = comparison.indicator, comparison.counted
    counting = translated(counted.name) if counted else _("Antal")
    head = [_("Plads"), _("Kode"), _("Område"), _("Periode"), translated(indicator.name), counting]
    among = _("I gruppen {group}").format(group=translated(comparison.group.name))
    notes = [among, _("Foreløbig"), _("Kilde"), _("Kendt fra")]
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
    if comparison.few is None:
        return [head + notes, *rows]
    head, sizes = [*head, *notes, translated(comparison.few.name)], comparison.sizes
    return [head, *[[*row, sizes.get(row[1])] for row in rows]]


def expected_rows(edition: Edition) -> list[list]:
    """One row a municipality, the fewest against what was expected first."""
    head = [_("Plads"), _("Kode"), _("Område"), _("Periode"), _("Faktisk"), _("Forventet"), _("Forskel i personer")]
    among = _("I gruppen {group}").format(group=translated(edition.group.name))
    period = periods.iso(edition.period, periods.Frequency.ROLLING_QUARTERS)
    notes = [yes_or_no(edition.synthetic), formats.short_date(edition.point.known_from)]
    rows = [
        [row.place, row.code, row.name, period, row.actual, row.expected, row.difference]
        + [yes_or_no(row.code in edition.group.members), *notes]
        for row in edition.rows
    ]
    return [head + [among, _("Demotal"), _("Kendt fra")], *rows]


def source(indicator: Indicator, history: History) -> str:
    """Who published the numbers, and that they came as a file; made-up ones never borrow a publisher's name."""
    if history.synthetic:
        return _("opdigtet til fremvisning")
    by_hand = any(point.source == Source.FILE for point in history.points)
    return _("{publisher}, indlæst fra fil").format(publisher=indicator.publisher) if by_hand else indicator.publisher


def yes_or_no(truth: bool) -> str:
    return _("ja") if truth else _("nej")
