"""Small multiples: a line on a time axis it shares with others, on a value axis of its own with both ends printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators import formats
from indicators.charts import svg
from indicators.charts.line_chart import unbroken_runs
from indicators.charts.svg import Box, Pair, Scale
from indicators.queries.histories import Point

BOX = Box(width=344, height=164, left=52, right=334, top=12, bottom=136)

Ends = tuple[Decimal, Decimal]  # of the value axis


@dataclass(frozen=True)
class TargetLevel:
    """A target: from the first month to the last, both whole."""

    kind: str  # original | revised
    first: int
    last: int
    value: Decimal


@dataclass(frozen=True)
class TargetMark:
    """A target's level as a stroke across its months, in px."""

    kind: str
    x1: float
    x2: float
    y: float


@dataclass(frozen=True)
class Year:
    """A year's first of January on the time axis, in px."""

    x: float
    text: str


@dataclass(frozen=True)
class SmallChart(Box):
    """One of several charts that are read side by side; both ends of its value axis are printed."""

    low: str
    high: str
    cut: bool  # the axis does not begin at zero
    years: list[Year]
    runs: list[str]
    dots: list[Pair]
    end: Pair
    provisional: bool
    marks: list[TargetMark]


def small_chart(
    points: Sequence[Point],
    months: tuple[int, int],
    *,
    unit: str,
    levels: Iterable[TargetLevel] = (),
    ends: Ends | None = None,
) -> SmallChart | None:
    """`months` is the time axis; `ends` the value axis where it is not the points' own. None without a value."""
    valued = [point for point in points if point.value is not None]
    if not valued:
        return None
    levels = list(levels)
    values = [float(number) for number in [*(p.number for p in valued), *(level.value for level in levels)]]
    bottom, top = ends or _ends(values)
    up = Scale(float(bottom), float(top), BOX.bottom, BOX.top)
    along = Scale(months[0] - 0.5, months[1] + 0.5, BOX.left, BOX.right)
    places = [(along(point.period), up(point.number)) for point in valued]
    low, high = (formats.measured(end, unit, formats.decimals_of(end)) for end in (bottom, top))
    return SmallChart(
        **vars(BOX),
        low=low,
        high=high,
        cut=bottom > 0,
        years=_years(months, along),
        runs=unbroken_runs(list(points), along, up),
        dots=places if _sparse(valued) else [],
        end=places[-1],
        provisional=valued[-1].provisional,
        marks=[TargetMark(v.kind, along(v.first - 0.5), along(v.last + 0.5), up(v.value)) for v in levels],
    )


def _ends(values: Sequence[float]) -> Ends:
    ticks = svg.ticks(min(values), max(values), wanted=4)
    return ticks[0], ticks[-1]


def _sparse(points: Sequence[Point]) -> bool:
    return len(points) - 1 < points[-1].period - points[0].period


def _years(months: tuple[int, int], along: Scale) -> list[Year]:
    """Each January as a line; the year's name begins at it."""
    januaries = [number for number in range(months[0], months[1] + 1) if number % 12 == 0]
    return [Year(along(number - 0.5), str(1900 + number // 12)) for number in januaries]
