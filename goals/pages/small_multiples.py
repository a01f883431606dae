"""All measures of a plan on one time axis, each with its own value axis. Status in, panels out. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from goals.charts.bullet import target_value
from goals.pages import goal_table
from goals.pages.goal_table import MeasureRow
from goals.sentences import measure_sentences
from goals.status.targets import TargetFact
from goals.status.types import MeasureStatus, PlanStatus
from indicators import periods
from indicators.charts.small_multiple import SmallChart, TargetLevel, small_chart
from indicators.csv_rows import CsvRow, indicator_rows
from indicators.queries.histories import Point
from indicators.translation import translated


@dataclass(frozen=True)
class MultiplesPanel:
    row: MeasureRow
    chart: SmallChart | None
    name: str

    @property
    def measure(self) -> Any:
        return self.row.measure

    @property
    def synthetic(self) -> bool:
        return self.row.status.history.synthetic


@dataclass(frozen=True)
class TableMonth:
    """A month of the table: one point a measure, in their order; None where there is none."""

    period: int
    points: list[tuple[object, Point | None]]


@dataclass(frozen=True)
class Multiples:
    months: tuple[int, int] | None  # None: no measure has a figure
    panels: list[MultiplesPanel]
    table: list[TableMonth]

    @property
    def span(self) -> str:
        return periods.span(*self.months, periods.Frequency.MONTH) if self.months else ""


def multiples(status: PlanStatus) -> Multiples:
    shown = [point.period for measure in status.measures for point in measure.history.points]
    months = (min(shown), max(*shown, _month(status.plan.period_end))) if shown else None
    panels = [_panel(measure, months) for measure in status.measures]
    return Multiples(months, panels, _table(status.measures))


def _month(day: date) -> int:
    return periods.of(day.year, day.month)


def _panel(measure: MeasureStatus, months: tuple[int, int] | None) -> MultiplesPanel:
    row = goal_table.row_of(measure)
    if months is None or measure.measure.indicator is None:
        return MultiplesPanel(row, None, "")
    targets = {"original": measure.original.target, "revised": measure.revised.target}
    levels = [level for kind, target in targets.items() for level in _level(kind, measure, target)]
    chart = small_chart(measure.history.points, months, unit=measure.measure.indicator.unit, levels=levels)
    return MultiplesPanel(row, chart, _name(measure, row))


def _level(kind: str, measure: MeasureStatus, target: TargetFact | None) -> list[TargetLevel]:
    """Over the months the target speaks of, until the end of the plan's period."""
    value = target_value(target)
    if target is None or value is None:
        return []
    first = target.valid_from or target.period_start
    return [TargetLevel(kind, _month(first), _month(measure.measure.goal.plan.period_end), value)]


def _name(measure: MeasureStatus, row: MeasureRow) -> str:
    where = f"{translated(measure.measure.subject)}, {measure.measure.area}"
    said = [where, f"{row.period}: {row.value}", *measure_sentences.targets_in_words(measure)]
    return f"{'; '.join(said)}. {_('Alle tal står i tabellen.')}"


def _table(measures: list[MeasureStatus]) -> list[TableMonth]:
    by_period = [(m.measure.indicator, {point.period: point for point in m.history.points}) for m in measures]
    shown = sorted({period for _, points in by_period for period in points}, reverse=True)
    return [TableMonth(n, [(indicator, points.get(n)) for indicator, points in by_period]) for n in shown]


def as_csv(status: PlanStatus) -> list[CsvRow]:
    """The figures of all measures under each other."""
    head: CsvRow = [_("Målepunkt")]
    listed: list[CsvRow] = []
    for measure in status.measures:
        if measure.measure.indicator:
            names, *figures = indicator_rows(measure.measure.indicator, {"": measure.history})
            head = [_("Målepunkt"), *names]
            listed += [[measure.measure.code, *figure] for figure in figures]
    return [head, *listed]
