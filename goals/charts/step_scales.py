"""The scales of a step chart: the months and values it spans, and where each falls. Status in, px out. Pure."""

from datetime import date
from decimal import Decimal

from goals.charts.bullet import target_value
from goals.status.same_month_average import YearAverage, same_month_average
from goals.status.types import MeasureStatus
from indicators import formats, periods
from indicators.charts import svg
from indicators.charts.svg import Box, Pair, Scale
from indicators.queries.histories import Point

WIDE = Box(width=592, height=268, left=46, right=480, top=36, bottom=240)
NARROW = Box(width=358, height=270, left=46, right=254, top=36, bottom=242)
DAYS_A_MONTH = 365.25 / 12
AIR = 0.06  # of the values' span, above and below them


def axis_ticks(status: MeasureStatus) -> list[Decimal]:
    """The values on the drawing's axis, for whoever draws the same measure elsewhere."""
    return StepScales(status, same_month_average(status), WIDE).ticks


def axis_value(status: MeasureStatus, value: Decimal) -> str:
    return formats.measured(value, status.indicator.unit, formats.decimals_of(value), status.indicator.unit_name)


class StepScales:
    """Where months, days and values of one measure fall in a box of the drawing's size."""

    def __init__(self, status: MeasureStatus, average: YearAverage | None, box: Box) -> None:
        self.status, self.box = status, box
        self.average = average.lines if average else []
        self.plan, self.indicator = status.measure.goal.plan, status.indicator
        self.start = periods.of(self.plan.period_start.year, self.plan.period_start.month)
        self.end = periods.of(self.plan.period_end.year, self.plan.period_end.month)
        self.monthly = self.indicator.frequency == periods.Frequency.MONTH
        # A figure that comes twice a year tells nothing in one year: its history before the plan is drawn too.
        before = [] if self.monthly else [p.period for p in status.history.points]
        self.first = min([self.start, *before])
        self.step = (box.right - box.left) / (self.end - self.first + 1)
        self.shown = self._between(self.first, self.end)
        self.before = self._between(self.first - 12, self.first - 1)
        self.ticks = svg.ticks(*self._range())
        self.up = Scale(float(self.ticks[0]), float(self.ticks[-1]), box.bottom, box.top)

    def _between(self, first: int, last: int) -> list[Point]:
        return [p for p in self.status.history.points if first <= p.period <= last and p.value is not None]

    def _range(self) -> Pair:
        """All values and targets with a little air, so that no line lies on the frame."""
        values = [p.value for p in self.shown + self.before] + [month.average for month in self.average]
        numbers = [float(value) for value in [*values, *self.targets] if value is not None] or [0.0, 1.0]
        air = (max(numbers) - min(numbers)) * AIR
        low = min(numbers) - air
        return (low if min(numbers) < 0 else max(low, 0.0)), max(numbers) + air

    @property
    def targets(self) -> list[Decimal]:
        """The values of both targets, of those that have one."""
        values = (target_value(self.status.original.target), target_value(self.status.revised.target))
        return [value for value in values if value is not None]

    def x(self, month: int) -> float:
        return round(self.box.left + (month - self.first + 0.5) * self.step, 1)

    def x_of(self, day: date) -> float:
        days = (day - periods.first_day(self.first)).days
        return round(self.box.left + days / DAYS_A_MONTH * self.step, 1)

    def place(self, point: Point, shift: int = 0) -> Pair:
        """A point's place; `shift` months to the right, so that last year lies under this one."""
        return self.x(point.period + shift), self.up(point.value or Decimal(0))

    def averages(self) -> list[Pair]:
        return [(self.x(line.month), self.up(line.average)) for line in self.average]

    def lines(self) -> list[Pair]:
        """The places of all points that are drawn: this year's, last year's and the average's."""
        return [self.place(p) for p in self.shown] + [self.place(p, 12) for p in self.before] + self.averages()

    def value(self, value: Decimal | None) -> str:
        return (
            axis_value(self.status, value)
            if value is not None
            else formats.measured(None, self.indicator.unit, name=self.indicator.unit_name)
        )
