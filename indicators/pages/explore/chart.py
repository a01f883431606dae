"""The explored lines drawn on the server: one style a line, named at its end. Histories in, coordinates out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators import formats, periods
from indicators.charts import svg
from indicators.charts.line_chart import runs
from indicators.charts.svg import Pair, Scale
from indicators.models import Indicator
from indicators.pages.explore.selection import Exploration
from indicators.queries.histories import Point
from indicators.translation import translated

WIDE = {"width": 800, "height": 330, "left": 52, "right": 626, "top": 14, "bottom": 300}
NARROW = {"width": 358, "height": 270, "left": 48, "right": 294, "top": 14, "bottom": 240}
LABEL_HEIGHT = 15
LEADER = 18  # px from the frame to a line's name, across which a thin line joins the two


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Line:
    """`number` gives colour and dash; a missing value leaves a gap between the runs."""

    number: int
    runs: list[str]
    end: Pair
    provisional: bool
    label: Label


@dataclass(frozen=True)
class LinesChart:
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    grid: list[Label]
    years: list[Label]
    lines: list[Line]


def lines_charts(view: Exploration) -> list[tuple[str, LinesChart]]:
    """The wide drawing and the narrow one for phones; none without a number to draw."""
    if not any(point.value is not None for history in view.histories.values() for point in history.points):
        return []
    return [(size, _draw(view, box, named=size == "wide")) for size, box in (("wide", WIDE), ("narrow", NARROW))]


def _draw(view: Exploration, box: dict[str, int], *, named: bool) -> LinesChart:
    indicator = view.indicator
    values = [float(p.value) for h in view.histories.values() for p in h.points if p.value is not None]
    ticks = svg.ticks(min(values), max(values))
    up = Scale(float(ticks[0]), float(ticks[-1]), box["bottom"], box["top"])
    along = Scale(view.first, view.last, box["left"] + 6, box["right"] - 6)
    decimals = formats.decimals_of(ticks[1] - ticks[0])
    return LinesChart(
        **box,
        grid=[Label(box["left"], up(tick), formats.measured(tick, indicator.unit, decimals)) for tick in ticks],
        years=_years(view.first, view.last, along, box),
        lines=_lines(view, along, up, box, named=named),
    )


def _years(first: int, last: int, along: Scale, box: dict[str, int]) -> list[Label]:
    """Each January; the ends instead where there is none."""
    januaries = [number for number in range(first, last + 1) if number % 12 == 0]
    if not januaries:
        return [Label(along(n), box["bottom"], periods.named_briefly(n, "M")) for n in sorted({first, last})]
    step = 1 if len(januaries) <= 6 or box is WIDE else 2
    return [Label(along(n), box["bottom"], str(1900 + n // 12)) for n in januaries[::step]]


def _lines(view: Exploration, along: Scale, up: Scale, box: dict[str, int], *, named: bool) -> list[Line]:
    shown = [
        (number, name, [p for p in history.points if p.value is not None], history)
        for number, (name, history) in enumerate(view.histories.items(), 1)
    ]
    shown = [found for found in shown if found[2]]
    ends = [up(valued[-1].value) for _, _, valued, _ in shown]
    heights = svg.spread_labels(ends, LABEL_HEIGHT, box["top"], box["bottom"])
    return [
        Line(
            number=number,
            runs=runs(list(history.points), along, up),
            end=(along(valued[-1].period), up(valued[-1].value)),
            provisional=valued[-1].provisional,
            label=Label(box["right"] + LEADER, height, _text(view.indicator, name if named else "", valued[-1])),
        )
        for (number, name, valued, history), height in zip(shown, heights, strict=True)
    ]


def _text(indicator: Indicator, name: str, newest: Point) -> str:
    return f"{name} {formats.measured(newest.value, indicator.unit, indicator.decimals)}".strip()


def chart_name(view: Exploration) -> str:
    """What a screen reader says of the drawing."""
    areas = formats.listed(list(view.histories))
    span = periods.span(view.first, view.last, view.indicator.frequency)
    return f"{translated(view.indicator.name)}, {areas}, {span}. {_('Alle tal står i tabellen.')}"


@dataclass(frozen=True)
class TableRow:
    period: int
    points: list[Point | None]


def table(view: Exploration) -> list[TableRow]:
    """One row a period, newest first; one point a line, in their order."""
    by_period = [{point.period: point for point in history.points} for history in view.histories.values()]
    shown = sorted({period for points in by_period for period in points}, reverse=True)
    return [TableRow(period, [points.get(period) for points in by_period]) for period in shown]
