"""What every SVG chart is drawn with: boxes, scales, ticks, labels, the sparkline. Numbers in, places out. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from math import ceil, floor, log10
from typing import TypeVar

Pair = tuple[float, float]  # x and y in px

Room = TypeVar("Room")
Drawing = TypeVar("Drawing")


def at_both_sizes(draw: Callable[[Room], Drawing], wide: Room, narrow: Room) -> list[tuple[str, Drawing]]:
    """Each chart is drawn twice, wide and narrow for phones; the stylesheet shows the one that fits."""
    return [("wide", draw(wide)), ("narrow", draw(narrow))]


@dataclass(frozen=True)
class Box:
    """A chart's size and the edges of its plot, in px from the upper left corner."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int


@dataclass(frozen=True)
class Label:
    """Words in a chart; `y` is their foot, and `anchor` tells which part of them stands at `x`: start, middle, end."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Tick:
    """A value on an axis: its place along the axis in px, and what is printed beside it."""

    place: float
    text: str


@dataclass(frozen=True)
class Scale:
    """Maps a value between `low` and `high` to a place between `start` and `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float | Decimal) -> float:
        if self.high == self.low:
            return round((self.start + self.end) / 2, 1)
        return round(self.start + (float(value) - self.low) / (self.high - self.low) * (self.end - self.start), 1)


def ticks(low: float, high: float, wanted: int = 5) -> list[Decimal]:
    """Round numbers that span the values: at most about `wanted` steps of 1, 2 or 5 times a power of ten."""
    if high == low:  # one value alone: a tenth of it to either side
        low, high = low - abs(low) / 10, high + (abs(high) / 10 or 1)
    rough = max((high - low) / wanted, abs(high) * 1e-3, 1e-4)
    power = 10 ** floor(log10(rough))
    step = Decimal(str(next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)))
    first, last = floor(Decimal(str(low)) / step), ceil(Decimal(str(high)) / step)
    if first == last:
        last += 1
    return [step * place for place in range(first, last + 1)]


def extend_ticks(marks: Sequence[Decimal], values: Sequence[Decimal]) -> list[Decimal]:
    """The same marks on an axis, and as many more at the same distance as it takes to reach all values."""
    step = marks[1] - marks[0]
    low, high = min([marks[0], *values]), max([marks[-1], *values])
    under, over = ceil((marks[0] - low) / step), ceil((high - marks[-1]) / step)
    before = [marks[0] - step * place for place in range(under, 0, -1)]
    return [*before, *marks, *(marks[-1] + step * place for place in range(1, over + 1))]


def line(points: Sequence[Pair]) -> str:
    """The `points` attribute of a polyline."""
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def spread_labels(heights: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """The heights spread so that neighbours keep `gap`, in the same order, within `low` and `high`.

    Where there is no room for all, they lie as close as they must.
    """
    gap = min(gap, (high - low) / max(len(heights) - 1, 1))
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    wanted = [min(max(heights[place], low), high) for place in order]
    # Pushed down and pushed up, each keeps the gap; so does the middle of the two.
    middle = [(d + u) / 2 for d, u in zip(_pushed_down(wanted, gap), _pushed_up(wanted, gap), strict=True)]
    inside = _pushed_up([min(y, high) for y in _pushed_down([max(y, low) for y in middle], gap)], gap)
    moved = dict(zip(order, inside, strict=True))
    return [round(moved[place], 1) for place in range(len(heights))]


def _pushed_down(heights: Sequence[float], gap: float) -> list[float]:
    return list(accumulate(heights, lambda above, height: max(height, above + gap)))


def _pushed_up(heights: Sequence[float], gap: float) -> list[float]:
    return [-height for height in reversed(_pushed_down([-height for height in reversed(heights)], gap))]


@dataclass(frozen=True)
class Spark:
    """A line of at most 24 months in 44 × 26, its end, and the height of the target's level (None outside)."""

    points: str
    end: Pair
    level: float | None


def spark(values: Sequence[tuple[int, Decimal]], level: Decimal | None, span: int = 24) -> Spark | None:
    """`values` are (month number, value) in order; the newest stands at the right end."""
    if not values:
        return None
    newest = values[-1][0]
    shown = [(month, value) for month, value in values if month > newest - span]
    along = Scale(newest - span + 1, newest, 1, 39)
    up = Scale(float(min(v for _, v in shown)), float(max(v for _, v in shown)), 22, 4)
    places = [(along(month), up(value)) for month, value in shown]
    height = up(level) if level is not None else None
    return Spark(line(places), places[-1], height if height is not None and 1 <= height <= 25 else None)
