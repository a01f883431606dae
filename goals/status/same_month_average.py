"""A measure's month beside the average of the same month in the years before, at most five of them. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from goals.status.types import MeasureStatus
from indicators import periods

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
    settled = {p.period: p.value for p in status.history.points if p.value is not None and not p.provisional}
    start, end = status.measure.goal.plan.period_start, status.measure.goal.plan.period_end
    year = range(periods.of(start.year, start.month), periods.of(end.year, end.month) + 1)
    lines = [line for month in year if month in settled and (line := _line(status, settled, month))]
    return YearAverage(lines) if lines else None


def _line(status: MeasureStatus, settled: dict[int, Decimal], month: int) -> MonthAverage | None:
    before = [settled[month - 12 * n] for n in range(1, YEARS + 1) if month - 12 * n in settled]
    if not before:
        return None
    name = periods.named(month, periods.Frequency(status.indicator.frequency))
    return MonthAverage(month, name, settled[month], sum(before, Decimal(0)) / len(before), len(before))
