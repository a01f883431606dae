"""The line chart of an indicator: Viborg and the country over at most five years. Rows in, coordinates out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators import formats, periods
from indicators.charts import svg
from indicators.charts.svg import Box, Pair, Scale, Tick
from indicators.models import Area, Indicator
from indicators.queries.histories import History, Point
from indicators.translation import translated

MONTHS_SHOWN = 60


@dataclass(frozen=True)
class LineChart(Box):
    """The lines of both areas as polylines, with the grid they are read by."""

    grid: list[Tick]
    years: list[Tick]
    home: list[str]
    country: list[str]
    newest: Pair | None
    provisional: bool
    labels: list[tuple[str, float, str]]


WIDE = Box(width=800, height=280, left=52, right=690, top=14, bottom=250)
NARROW = Box(width=358, height=250, left=46, right=262, top=14, bottom=220)


def line_charts(indicator: Indicator, home: History, country: History) -> list[tuple[str, LineChart]]:
    """The wide drawing and the narrow one for phones; none without a number to draw."""
    newest = max((p.period for p in home.points if p.value is not None), default=None)
    if newest is None:
        return []
    ours, theirs = ([p for p in history.points if p.period > newest - MONTHS_SHOWN] for history in (home, country))
    return svg.at_both_sizes(lambda box: _draw(indicator, ours, theirs, box), WIDE, NARROW)


def _draw(indicator: Indicator, home: list[Point], country: list[Point], box: Box) -> LineChart:
    country = country if indicator.unit == Indicator.Unit.PERCENT else []  # counts of a country dwarf a town's
    values = [float(p.value) for p in home + country if p.value is not None]
    ticks = svg.ticks(min(values), max(values))
    up = Scale(float(ticks[0]), float(ticks[-1]), box.bottom, box.top)
    along = Scale(home[0].period, home[-1].period, box.left + 6, box.right - 6)
    decimals = formats.decimals_of(ticks[1] - ticks[0])
    valued = [p for p in home if p.value is not None]
    return LineChart(
        **vars(box),
        grid=[Tick(up(tick), formats.measured(tick, indicator.unit, decimals, indicator.unit_name)) for tick in ticks],
        years=[Tick(along(n), str(1900 + n // 12)) for n in range(home[0].period, home[-1].period + 1) if n % 12 == 0],
        home=unbroken_runs(home, along, up),
        country=unbroken_runs(country, along, up),
        newest=(along(valued[-1].period), up(valued[-1].number)),
        provisional=valued[-1].provisional,
        labels=_labels(indicator, valued, [p for p in country if p.value is not None], up),
    )


def unbroken_runs(points: list[Point], along: Scale, up: Scale) -> list[str]:
    """One polyline for each unbroken run: a missing value leaves a gap, never a bridge."""
    runs: list[list[Pair]] = [[]]
    for point in points:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append((along(point.period), up(point.value)))
    return [svg.line(run) for run in runs if run]


def _labels(indicator: Indicator, home: list[Point], country: list[Point], up: Scale) -> list[tuple[str, float, str]]:
    """Names at the lines' right ends, pushed apart where they would touch."""
    at = up(home[-1].number)
    labels = [
        (
            "t-accent",
            at + 4,
            f"Viborg {formats.measured(home[-1].value, indicator.unit, indicator.decimals, indicator.unit_name)}",
        )
    ]
    if country:
        there = up(country[-1].number)
        there = at + (16 if there >= at else -16) if abs(there - at) < 16 else there
        text = formats.measured(country[-1].value, indicator.unit, indicator.decimals, indicator.unit_name)
        labels.append(("", there + 4, f"{_('Hele landet')} {text}"))
    return labels


def line_chart_name(indicator: Indicator, area: Area, home: History) -> str:
    """What a screen reader says of the drawing: what, where, when, and where all numbers stand."""
    if not home.points:
        return f"{translated(indicator.name)}, {area}"
    newest = formats.measured(home.points[-1].value, indicator.unit, indicator.decimals, indicator.unit_name)
    span = periods.span(home.points[0].period, home.points[-1].period, indicator.frequency)
    return _("{what}, {area}, {span}. Seneste: {newest}. Alle tal står i tabellen.").format(
        what=translated(indicator.name), area=area, span=span, newest=newest
    )
