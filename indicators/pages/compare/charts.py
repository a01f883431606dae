"""Charts of the comparison and the benchmark: the strip of 98 dots, and a small drawing a row in the group's tables."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators import formats
from indicators.charts.dot_strip import AreaMark, DotStripData
from indicators.charts.svg import Scale
from indicators.pages.compare import sentences
from indicators.pages.compare.benchmark import BenchmarkRow, Edition
from indicators.pages.compare.comparison import Comparison, ComparisonRow

ROW_WIDTH, ROW_EDGE = 140, 8  # px
BENCHMARK_ROW_WIDTH = 120  # px


def comparison_dot_strip(comparison: Comparison) -> DotStripData:
    indicator, country = comparison.indicator, comparison.country.value
    printed = formats.measured(country, indicator.unit, indicator.decimals, indicator.unit_name)
    return DotStripData(
        marks=[
            AreaMark(row.code, row.name, row.kind, row.number, sentences.dot_name(comparison, row))
            for row in comparison.valued
        ],
        unit=indicator.unit,
        decimals=indicator.decimals,
        line=country,
        line_name=f"{_('Hele landet')} {printed}",
        arrow=sentences.arrow(indicator),
    )


@dataclass(frozen=True)
class RankRow:
    """A row of the group's table: the area and where its dot stands in 140 px; the country's row has no place."""

    row: ComparisonRow
    x: float | None
    land: bool = False


def rank_rows(comparison: Comparison) -> tuple[list[RankRow], float | None]:
    """The group best first, the country where it belongs among them; and where the country's line stands."""
    rows = comparison.in_group
    values = [float(row.value) for row in [*rows, comparison.country] if row.value is not None]
    if not values:
        return [RankRow(row, None) for row in rows], None
    scale = Scale(min(values), max(values), ROW_EDGE, ROW_WIDTH - ROW_EDGE)
    ranked = [RankRow(row, scale(row.value) if row.value is not None else None) for row in rows]
    value = comparison.country.value
    if value is None:
        return ranked, None
    higher = comparison.indicator.direction == "higher"
    before = sum(r.value is not None and (r.value >= value if higher else r.value <= value) for r in rows)
    line = scale(value)
    return [*ranked[:before], RankRow(comparison.country, line, land=True), *ranked[before:]], line


@dataclass(frozen=True)
class DrawnBenchmarkRow(BenchmarkRow):
    """A row of the group's table with the places of expected and actual on one scale of their ratio, in 120 px."""

    x_expected: float
    x_actual: float


def benchmark_drawn_rows(edition: Edition) -> list[DrawnBenchmarkRow]:
    """The group and one's own; the scale spans all municipalities, so that the group is seen among them."""
    ratios = [float(row.ratio) for row in edition.rows]
    scale = Scale(min(*ratios, 1.0), max(*ratios, 1.0), ROW_EDGE, BENCHMARK_ROW_WIDTH - ROW_EDGE)
    return [DrawnBenchmarkRow(**vars(row), x_expected=scale(1), x_actual=scale(row.ratio)) for row in edition.in_group]
