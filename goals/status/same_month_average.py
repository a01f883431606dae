"""A measure's month beside the average of the same month in the years before, of as many as there are, at most five."""

from dataclasses import dataclass
from decimal import Decimal

from goals.status.types import MeasureStatus
from indicators import periods
from indicators.queries.histories import Point

YEARS = 5


@dataclass(frozen=True)
class MonthAverage:
    month: int
    period: str
    value: Decimal
    average: Decimal
    years: int


@dataclass(frozen=True)
class YearAverage:
    """The months of the plan's year that have a figure in at least one earlier year."""

    lines: list[MonthAverage]

    @property
    def years(self) -> int:
        """The most years any month has behind it: what a reader must know before trusting the average."""
        return max(line.years for line in self.lines)


def same_month_average(status: MeasureStatus) -> YearAverage | None:
    """Provisional figures are left out; None when no month has an earlier year."""
    settled = {
        point.period: point for point in status.history.points if point.value is not None and not point.provisional
    }
    start, end = status.measure.goal.plan.period_start, status.measure.goal.plan.period_end
    year = range(periods.of(start.year, start.month), periods.of(end.year, end.month) + 1)
    lines = [line for month in year if month in settled and (line := _line(status, settled, month))]
    return YearAverage(lines) if lines else None


def _line(status: MeasureStatus, settled: dict[int, Point], month: int) -> MonthAverage | None:
    before = [settled[month - 12 * n].value for n in range(1, YEARS + 1) if month - 12 * n in settled]
    if not before:
        return None
    name = periods.named(month, periods.Frequency(status.measure.indicator.frequency))
    return MonthAverage(month, name, settled[month].value, sum(before, Decimal(0)) / len(before), len(before))
