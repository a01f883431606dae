"""Rows of the CSV files of the comparison and of the benchmark: one row a municipality."""

from django.utils.translation import gettext as _

from indicators import formats, periods
from indicators.csv_rows import CsvRow
from indicators.labels import yes_or_no
from indicators.pages.compare.benchmark import Edition
from indicators.pages.compare.comparison import Comparison
from indicators.translation import translated


def comparison_rows(comparison: Comparison) -> list[CsvRow]:
    """One row a municipality, best first, then the country; of few people also how many they are."""
    indicator, counted = comparison.indicator, comparison.counted
    counting = translated(counted.name) if counted else _("Antal")
    head: CsvRow = [_("Plads"), _("Kode"), _("Område"), _("Periode"), translated(indicator.name), counting]
    among = _("I gruppen {group}").format(group=translated(comparison.group.name))
    notes = [among, _("Foreløbig"), _("Kilde"), _("Kendt fra")]
    period = periods.iso(comparison.period, indicator.frequency)
    rows: list[CsvRow] = [
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
        return [[*head, *notes], *rows]
    head, sizes = [*head, *notes, translated(comparison.few.name)], comparison.sizes
    return [head, *[[*row, sizes.get(str(row[1]))] for row in rows]]


def benchmark_rows(edition: Edition) -> list[CsvRow]:
    """One row a municipality, the best place first."""
    head = [_("Plads"), _("Kode"), _("Område"), _("Periode"), _("Faktisk"), _("Forventet"), _("Forskel i personer")]
    among = _("I gruppen {group}").format(group=translated(edition.group.name))
    period = periods.iso(edition.period, periods.Frequency.ROLLING_QUARTERS)
    notes = [yes_or_no(edition.synthetic), formats.short_date(edition.point.known_from)]
    rows = [
        [row.place, row.code, row.name, period, row.actual, row.expected, row.difference]
        + [yes_or_no(row.code in edition.group.members), *notes]
        for row in edition.rows
    ]
    return [[*head, among, _("Demotal"), _("Kendt fra")], *rows]
