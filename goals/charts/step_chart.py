"""The step chart: a measure through the plan's year with its targets as steps. Status in, coordinates out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from goals.charts.bullet import value_of
from goals.charts.step_labels import Label, away_from, marker_words, target_labels
from goals.models import Event
from goals.status.same_month_average import Average, same_month_average
from goals.status.targets import TargetFact
from goals.status.types import MeasureStatus
from indicators import formats, periods
from indicators.charts import svg
from indicators.charts.svg import Pair, Scale
from indicators.queries.histories import Point
from indicators.translation import translated

WIDE = {"width": 592, "height": 268, "left": 46, "right": 480, "top": 36, "bottom": 240}
NARROW = {"width": 358, "height": 270, "left": 46, "right": 254, "top": 36, "bottom": 242}
DAYS_A_MONTH = 365.25 / 12
DOT = 3.5  # px, the radius of a point
REACH = 44  # px that a word in a drawing may stretch to each side
CHARACTER = 5.8  # px, of the words beside the marker on average
WIDEST = 6.2  # px, of words that must end within the plot


@dataclass(frozen=True)
class StepChart:
    """All lengths in px of `width` × `height`."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    grid: list[Label]
    months: list[Label]
    bands: list[tuple[float, float, Label, Label]]
    last_year: str
    last_year_label: Label | None
    average: str  # drawn when a reader asks for it
    average_label: Label | None
    actual: str
    dots: list[Pair]
    newest: Pair | None
    newest_label: Label | None
    provisional_line: str
    provisional: Pair | None
    provisional_label: Label | None
    original_x: float
    original_y: float | None
    revised_x: float
    revised_y: float | None
    revised_broken: bool
    marker: Label | None  # its words begin `marker_shift` px from its line
    marker_shift: float
    labels: list[tuple[str, Label]]

    @property
    def band_height(self) -> int:
        return self.bottom - self.top


def step_charts(
    status: MeasureStatus, events: list[Event], average: Average | None = None
) -> list[tuple[str, StepChart]]:
    """The wide drawing and the narrow one for phones."""
    return [(size, _Drawing(status, average, box).draw(events)) for size, box in (("wide", WIDE), ("narrow", NARROW))]


def axis_ticks(status: MeasureStatus) -> list[Decimal]:
    """The values on the drawing's axis, for whoever draws the same measure elsewhere."""
    return _Drawing(status, same_month_average(status), WIDE).ticks


def axis_value(status: MeasureStatus, value: Decimal) -> str:
    return formats.measured(value, status.measure.indicator.unit, formats.decimals_of(value))


class _Drawing:
    """Holds the scales of one drawing while its parts are placed."""

    def __init__(self, status: MeasureStatus, average: Average | None, box: dict[str, int]):
        self.status, self.box = status, box
        self.average = average.lines if average else []
        self.plan, self.indicator = status.measure.goal.plan, status.measure.indicator
        self.start = periods.of(self.plan.period_start.year, self.plan.period_start.month)
        self.end = periods.of(self.plan.period_end.year, self.plan.period_end.month)
        self.monthly = self.indicator.frequency == periods.Frequency.MONTH
        # A figure that comes twice a year tells nothing in one year: its whole history is drawn.
        self.first = self.start if self.monthly else min(p.period for p in status.history.points)
        self.step = (box["right"] - box["left"]) / (self.end - self.first + 1)
        self.shown = self._between(self.first, self.end)
        self.before = self._between(self.first - 12, self.first - 1)
        self.ticks = svg.ticks(*self._range())
        self.up = Scale(float(self.ticks[0]), float(self.ticks[-1]), box["bottom"], box["top"])

    def _between(self, first: int, last: int) -> list[Point]:
        return [p for p in self.status.history.points if first <= p.period <= last and p.value is not None]

    def _range(self) -> Pair:
        """All values and targets with a little air, so that no line lies on the frame."""
        targets = [value_of(self.status.original.target), value_of(self.status.revised.target)]
        values = [p.value for p in self.shown + self.before] + [month.average for month in self.average] + targets
        known = [float(value) for value in values if value is not None] or [0.0, 1.0]
        air = (max(known) - min(known)) * 0.06
        return max(min(known) - air, 0.0), max(known) + air

    def x(self, month: int) -> float:
        return round(self.box["left"] + (month - self.first + 0.5) * self.step, 1)

    def x_of(self, day: date) -> float:
        days = (day - periods.first_day(self.first)).days
        return round(self.box["left"] + days / DAYS_A_MONTH * self.step, 1)

    def place(self, point: Point, shift: int = 0) -> Pair:
        return self.x(point.period + shift), self.up(point.value or Decimal(0))

    def draw(self, events: list[Event]) -> StepChart:
        settled = [p for p in self.shown if not p.provisional]
        hollow = next((p for p in reversed(self.shown) if p.provisional), None)
        places = [self.place(p) for p in settled]
        newest_label, provisional_label = self._point_labels(settled, hollow)
        last_year = self._last_year_label()
        return StepChart(
            **self.box,
            grid=[Label(self.box["left"] - 6, self.up(tick), self._value(tick)) for tick in self.ticks],
            months=self._months(),
            bands=[self._band(event) for event in events],
            last_year=svg.line([self.place(p, 12) for p in self.before]),
            last_year_label=last_year,
            average=svg.line(self._averages()),
            average_label=self._average_label(last_year),
            actual=svg.line(places),
            dots=places[:-1],
            newest=places[-1] if places else None,
            newest_label=newest_label,
            provisional_line=svg.line([places[-1], self.place(hollow)]) if hollow and places else "",
            provisional=self.place(hollow) if hollow else None,
            provisional_label=provisional_label,
            **self._targets(),
        )

    def _value(self, value: Decimal | None) -> str:
        return axis_value(self.status, value) if value is not None else formats.measured(None, self.indicator.unit)

    def _months(self) -> list[Label]:
        y = self.box["bottom"] + 16
        if not self.monthly:
            named = [(p.period, periods.named_briefly(p.period, self.indicator.frequency)) for p in self.shown]
            every = 1 + int(60 // max(self.step * periods.STEPS[periods.Frequency(self.indicator.frequency)] * 2, 1))
            return [Label(self.x(n), y, text.replace(" 20", " ")) for n, text in named[::-every][::-1]]
        every = 1 if self.step > 30 else 3
        return [Label(self.x(n), y, periods.named_shortest(n)) for n in range(self.first, self.end + 1, every)]

    def _band(self, event: Event) -> tuple[float, float, Label, Label]:
        start, end = self.x_of(event.start), self.x_of(event.end)
        middle = round((start + end) / 2, 1)
        days = "–".join(formats.day_and_month(day) for day in (event.start, event.end))
        return start, round(end - start, 1), Label(middle, 14, translated(event.name)), Label(middle, 28, days)

    def _last_year_label(self) -> Label | None:
        """At the point of last year's line that is furthest from this year's."""
        this_year = {p.period: self.place(p)[1] for p in self.shown}
        free = [p for p in self.before if p.period + 12 in this_year]
        if len(free) < 2:
            return None

        def room(point: Point) -> float:
            return abs(self.place(point, 12)[1] - this_year[point.period + 12])

        widest = max(free[:-3] or free, key=room)  # the newest months have words of their own
        x, y = self.place(widest, 12)
        above = this_year[widest.period + 12] > y
        return Label(max(x, self.box["left"] + 18), y - 7 if above else y + 16, str(self.plan.period_start.year - 1))

    def _averages(self) -> list[Pair]:
        return [(self.x(line.month), self.up(line.average)) for line in self.average]

    def _average_label(self, other: Label | None) -> Label | None:
        """Above or under the average's line, where other lines and words leave it the most room."""
        places = [
            (room, Label(x, y - 7 if above else y + 15, _("gennemsnit")))
            for x, y in self._averages()[1:-2]
            for above in (True, False)
            if (room := self._room(x, y, other, above=above)) > 0
        ]
        return max(places, key=lambda place: place[0])[1] if places else None

    def _room(self, x: float, y: float, other: Label | None, *, above: bool) -> float:
        """How far it is on that side to the next line, word or edge, as far as the word reaches."""
        near = [*self._lines(), *([(other.x, other.y), (other.x, other.y - 12)] if other else [])]
        targets = [value_of(self.status.original.target), value_of(self.status.revised.target)]
        heights = [there for beside, there in near if abs(beside - x) <= max(self.step, REACH)]
        heights += [self.up(target) for target in targets if target is not None]
        heights += [self.box["top"], self.box["bottom"]]
        return min((abs(there - y) for there in heights if (there < y) == above), default=0)

    def _lines(self) -> list[Pair]:
        return [self.place(p) for p in self.shown] + [self.place(p, 12) for p in self.before] + self._averages()

    def _point_labels(self, settled: list[Point], hollow: Point | None) -> tuple[Label | None, Label | None]:
        """The words at the newest point, and at the provisional one clear of them."""
        newest = settled[-1] if settled else None
        ends = [self.place(p)[1] for p in (newest, hollow) if p]
        first = self._point_label(newest, self._value(newest.value), ends[1:], peak=True) if newest else None
        taken = ends[:1] + ([first.y - 9, first.y + 1] if first else [])
        falling = len(ends) == 2 and ends[1] > ends[0]
        return first, self._point_label(hollow, _("foreløbig"), taken, peak=not falling) if hollow else None

    def _point_label(self, point: Point, text: str, taken: list[float], *, peak: bool) -> Label:
        """Above or under the point, where it is furthest from lines and other words."""
        x, y = self.place(point)
        targets = [value_of(self.status.original.target), value_of(self.status.revised.target)]
        lines = [self.up(value) for value in targets if value is not None]
        lines += [self.place(p)[1] for p in self.before if p.period + 12 == point.period]
        words = f"{periods.named_shortest(point.period, self.indicator.frequency)} {text}"
        middle, over = self._clear_of_earlier(point, len(words) * CHARACTER / 2)
        rising = middle > x and any(self.place(p)[1] < y for p in self.shown if p.period > point.period)
        return Label(middle, away_from(lines + taken + over, y, self.box, peak=peak and not rising), words)

    def _clear_of_earlier(self, point: Point, half: float) -> tuple[float, list[float]]:
        """The middle of words that are twice as wide, moved off earlier points where there is room to the right.

        And the upper and lower edges of the points that they would still lie over.
        """
        x, right = self.x(point.period), self.box["right"]
        earlier = [self.place(other) for other in self.shown if other.period < point.period]
        crowded = any(x - there <= half for there, _ in earlier)
        middle = round(x + half - 4, 1) if crowded and x + 2 * half <= right else min(x, right - 40)
        over = [y for there, y in earlier if abs(there - middle) <= half]
        return middle, [edge for y in over for edge in (y - DOT, y + DOT)]

    def _targets(self) -> dict:
        original, revised = self.status.original.target, self.status.revised.target
        heights = {
            name: self.up(value) if (value := value_of(target)) is not None else None
            for name, target in (("original_y", original), ("revised_y", revised))
        }
        marker = self._marker(revised)
        return heights | {
            "original_x": self.x_of(self.plan.period_start),
            "revised_x": self.x_of(revised.valid_from or revised.period_start) if revised else 0,
            "revised_broken": bool(revised and not revised.valid_from),
            "marker": marker,
            "marker_shift": self._marker_shift(marker) if marker else 0,
            "labels": target_labels(
                self.box["right"] + 7, (original, heights["original_y"]), (revised, heights["revised_y"])
            ),
        }

    def _marker(self, revised: TargetFact | None) -> Label | None:
        """Only at a known date: no line is drawn where no date is known."""
        if not revised or not revised.valid_from:
            return None
        return Label(self.x_of(revised.valid_from), self.box["top"], marker_words(revised))

    def _marker_shift(self, marker: Label) -> float:
        """Right of the line, or as far to the left as it takes to end within the plot."""
        room = self.box["right"] - marker.x - len(marker.text) * WIDEST
        return round(min(room, 4), 1)
