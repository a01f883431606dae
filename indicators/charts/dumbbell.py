"""First published against newest value, a line a period: how far a number moved after it was first told."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators import formats, periods
from indicators.charts import svg
from indicators.charts.svg import Scale
from indicators.models import Area, Indicator
from indicators.queries.revisions import Revision
from indicators.translation import translated

SHOWN = 12
WIDE, NARROW = (800, 118), (358, 92)  # px: the width, and the left edge of the plot
LINE, HEAD, FOOT = 24, 8, 28


@dataclass(frozen=True)
class Dumbbell:
    """One period: where the first value stands, where the newest, and whether they differ."""

    y: float
    label: str
    first: float
    newest: float
    moved: bool


@dataclass(frozen=True)
class DumbbellChart:
    """All periods under each other, newest first, on one value axis."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    ticks: list[tuple[float, str]]
    rows: list[Dumbbell]


def dumbbell_charts(indicator: Indicator, revisions: list[Revision]) -> list[tuple[str, DumbbellChart]]:
    """The wide drawing and the narrow one for phones; none while no number has been changed."""
    shown = [revision for revision in revisions[:SHOWN] if revision.change is not None]
    if not any(revision.change for revision in shown):
        return []
    return svg.at_both_sizes(lambda room: _draw(indicator, shown, *room), WIDE, NARROW)


def _draw(indicator: Indicator, shown: list[Revision], width: int, left: int) -> DumbbellChart:
    values = [float(version.number) for revision in shown for version in (revision.first, revision.newest)]
    ticks = svg.ticks(min(values), max(values), wanted=4)
    along = Scale(float(ticks[0]), float(ticks[-1]), left + 14, width - 24)
    decimals = formats.decimals_of(ticks[1] - ticks[0])
    bottom = HEAD + LINE * len(shown)
    return DumbbellChart(
        width=width,
        height=bottom + FOOT,
        left=left,
        right=width - 10,
        bottom=bottom,
        ticks=[(along(tick), formats.measured(tick, indicator.unit, decimals, indicator.unit_name)) for tick in ticks],
        rows=[_row(indicator, revision, number, along) for number, revision in enumerate(shown)],
    )


def _row(indicator: Indicator, revision: Revision, number: int, along: Scale) -> Dumbbell:
    return Dumbbell(
        y=HEAD + LINE * number + LINE / 2,
        label=periods.named_briefly(revision.period, indicator.frequency),
        first=along(revision.first.number),
        newest=along(revision.newest.number),
        moved=bool(revision.change),
    )


def dumbbell_chart_name(indicator: Indicator, area: Area, revisions: list[Revision]) -> str:
    """What a screen reader says of the drawing; the numbers stand in the table under it."""
    if not revisions:
        return f"{translated(indicator.name)}, {area}"
    shown = revisions[:SHOWN]
    span = periods.span(shown[-1].period, shown[0].period, indicator.frequency)
    return _("Først kendt mod nyeste: {what}, {area}, {span}. Tallene står i tabellen.").format(
        what=translated(indicator.name), area=area, span=span
    )
