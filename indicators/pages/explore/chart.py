"""The explored lines drawn on the server: one style a line, named at its end. Histories in, coordinates out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators import formats, periods
from indicators.charts import svg
from indicators.charts.line_chart import unbroken_runs
from indicators.charts.svg import Box, Label, Pair, Scale
from indicators.models import Indicator
from indicators.pages.explore.selection import Exploration
from indicators.queries.histories import Point
from indicators.translation import translated

WIDE = Box(width=800, height=330, left=52, right=626, top=14, bottom=300)
NARROW = Box(width=358, height=270, left=48, right=294, top=14, bottom=240)
LABEL_HEIGHT = 15
LEADER = 18  # px from the frame to a line's name, across which a thin line joins the two


@dataclass(frozen=True)
class ExploredLine:
    """`number` gives colour and dash; a missing value leaves a gap between the runs."""

    number: int
    runs: list[str]
    end: Pair
    provisional: bool
    label: Label


@dataclass(frozen=True)
class ExplorationChart(Box):
    """The lines of all chosen areas, with the grid they are read by."""

    grid: list[Label]
    years: list[Label]
    lines: list[ExploredLine]


def exploration_charts(exploration: Exploration) -> list[tuple[str, ExplorationChart]]:
    """The wide drawing and the narrow one for phones; none without a number to draw."""
    if not any(point.value is not None for history in exploration.histories.values() for point in history.points):
        return []
    return svg.at_both_sizes(lambda box: _draw(exploration, box, named=box is WIDE), WIDE, NARROW)


def _draw(exploration: Exploration, box: Box, *, named: bool) -> ExplorationChart:
    indicator = exploration.indicator
    values = [float(p.value) for h in exploration.histories.values() for p in h.points if p.value is not None]
    ticks = svg.ticks(min(values), max(values))
    up = Scale(float(ticks[0]), float(ticks[-1]), box.bottom, box.top)
    first, last = exploration.span
    along = Scale(first, last, box.left + 6, box.right - 6)
    decimals = formats.decimals_of(ticks[1] - ticks[0])
    return ExplorationChart(
        **vars(box),
        grid=[
            Label(box.left, up(tick), formats.measured(tick, indicator.unit, decimals, indicator.unit_name))
            for tick in ticks
        ],
        years=_years(first, last, along, box),
        lines=_lines(exploration, along, up, box, named=named),
    )


def _years(first: int, last: int, along: Scale, box: Box) -> list[Label]:
    """Each January; the ends instead where there is none."""
    januaries = [number for number in range(first, last + 1) if number % 12 == 0]
    if not januaries:
        return [Label(along(n), box.bottom, periods.named_briefly(n, "M")) for n in sorted({first, last})]
    step = 1 if len(januaries) <= 6 or box is WIDE else 2
    return [Label(along(n), box.bottom, str(1900 + n // 12)) for n in januaries[::step]]


def _lines(exploration: Exploration, along: Scale, up: Scale, box: Box, *, named: bool) -> list[ExploredLine]:
    shown = [
        (number, name, valued, history)
        for number, (name, history) in enumerate(exploration.histories.items(), 1)
        if (valued := [p for p in history.points if p.value is not None])
    ]
    ends = [up(valued[-1].number) for _, _, valued, _ in shown]
    heights = svg.spread_labels(ends, LABEL_HEIGHT, box.top, box.bottom)
    return [
        ExploredLine(
            number=number,
            runs=unbroken_runs(list(history.points), along, up),
            end=(along(valued[-1].period), up(valued[-1].number)),
            provisional=valued[-1].provisional,
            label=Label(box.right + LEADER, height, _text(exploration.indicator, name if named else "", valued[-1])),
        )
        for (number, name, valued, history), height in zip(shown, heights, strict=True)
    ]


def _text(indicator: Indicator, name: str, newest: Point) -> str:
    return f"{name} {formats.measured(newest.value, indicator.unit, indicator.decimals, indicator.unit_name)}".strip()


def exploration_chart_name(exploration: Exploration) -> str:
    """What a screen reader says of the drawing."""
    areas = formats.listed(list(exploration.histories))
    span = periods.span(*exploration.span, exploration.indicator.frequency)
    return f"{translated(exploration.indicator.name)}, {areas}, {span}. {_('Alle tal står i tabellen.')}"


@dataclass(frozen=True)
class TableRow:
    period: int
    points: list[Point | None]


def exploration_table(exploration: Exploration) -> list[TableRow]:
    """One row a period, newest first; one point a line, in their order."""
    by_period = [{point.period: point for point in history.points} for history in exploration.histories.values()]
    shown = sorted({period for points in by_period for period in points}, reverse=True)
    return [TableRow(period, [points.get(period) for points in by_period]) for period in shown]
