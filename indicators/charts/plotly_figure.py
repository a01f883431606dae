"""Figures for a reader who explores: plotly dicts without theme, drawn in the browser from JSON."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from indicators import formats, periods
from indicators.charts import svg
from indicators.labels import source_label, unit_label
from indicators.models import Indicator
from indicators.queries.histories import History, Point
from indicators.translation import in_english, translated

# The same colours and dashes as the drawings of the server: --line-1 … in static/css/portal/base.css.
COLOURS = ["#0b5a54", "#5c6366", "#7a3e9d", "#8a4b2a", "#2b4c9b", "#1a1a1a", "#6b6a00", "#a0306e"]
DASHES = ["solid", "solid", "dash", "dot", "dashdot", "longdash", "dash", "dot"]
INK, HAIR = "#1a1a1a", "#d3d9d8"


SCREEN = {"family": "IBM Plex Sans, sans-serif", "size": 13, "color": INK}
# A picture is shown where the page's own letters are not: plain ones, or the words are wider than their places.
PICTURE = {"family": "Arial, Helvetica, sans-serif", "size": 14, "color": INK}
CHARACTER = 9  # px, of the widest plain letters on average
ROW, TITLE_ROW = 20, 26  # px, a picture's line of words and of its title


@dataclass(frozen=True)
class Caption:
    """What the figure says of itself, so that a picture of it can stand alone."""

    title: str
    lines: list[str]
    axis: str  # where the axis starts
    file: str  # the picture's name


@dataclass(frozen=True)
class TargetLine:
    """Dotted between `dotted_from` and `start`: its first day is not known."""

    name: str
    value: Decimal
    start: date
    end: date
    dash: str
    dotted_from: date | None = None
    words_above: bool = False  # that its first day is not known stands where fewer numbers are


def plain_figure(indicator: Indicator, histories: dict[str, History], day: date, breakdown: str = "") -> dict:
    """Without targets, on the axis of the server's own drawing of the same numbers."""
    values = [float(p.value) for history in histories.values() for p in history.points if p.value is not None]
    marks = _marks(indicator, svg.ticks(min(values), max(values))) if values else {}
    caption = Caption(
        title=with_unit(translated(indicator.name), indicator),
        lines=about(indicator, histories, day, breakdown),
        axis=_("Aksen starter ved {start}.").format(start=next(iter(marks.values()))) if marks else "",
        file=f"{indicator.code}-{day.isoformat()}",
    )
    return lines_figure(indicator, histories, caption, marks, [])


def _marks(indicator: Indicator, ticks: list[Decimal]) -> dict[Decimal, str]:
    decimals = formats.decimals_of(ticks[1] - ticks[0])
    return {tick: formats.measured(tick, indicator.unit, decimals, indicator.unit_name) for tick in ticks}


def with_unit(what: str, indicator: Indicator) -> str:
    return f"{what}, {unit_label(indicator)}"


def about(indicator: Indicator, histories: dict[str, History], day: date, breakdown: str = "") -> list[str]:
    """Area, period and source of the numbers, and the day they were known; then what open dots are."""
    points = [point for history in histories.values() for point in history.points]
    numbers = [point.period for point in points]
    sources = dict.fromkeys(source_label(indicator, history) for history in histories.values())
    parts = [
        formats.listed(list(histories)),
        periods.span(min(numbers), max(numbers), indicator.frequency) if numbers else "",
        breakdown,
        _("Kilde: {source}").format(source=", ".join(sources)),
        _("kendt {day}").format(day=formats.short_date(day)).replace(" ", formats.NBSP),
        _("demotal") if any(history.synthetic for history in histories.values()) else "",
    ]
    open_dots = _("En åben prik er et foreløbigt tal; et hul i linjen er en måned uden tal.")
    told = any(point.provisional or point.value is None for point in points)
    return [" · ".join(filter(None, parts)), *([open_dots] if told else [])]


def lines_figure(
    indicator: Indicator,
    histories: dict[str, History],
    caption: Caption,
    marks: dict[Decimal, str],
    targets: list[TargetLine],
) -> dict:
    """One line an area; `marks` are the axis's values in words.

    Returns data and layout for Plotly.newPlot, where `layout.meta` is what a picture has otherwise.
    """
    figure = go.Figure(layout=_layout(indicator, caption, marks))
    for target in targets:
        _add_target(figure, target)
    for (area, history), colour, dash in zip(histories.items(), COLOURS, DASHES, strict=False):
        figure.add_trace(_trace(indicator, area, history, {"color": colour, "dash": dash, "width": 2.5}))
    longest = max((len(trace.name) for trace in figure.data), default=0)
    figure.update_layout(legend=_legend(longest, -0.22))
    figure.layout.meta["legend"] = _legend(longest, -0.15)
    return json.loads(figure.to_json()) | {"file": caption.file}


def _add_target(figure: go.Figure, target: TargetLine) -> None:
    """One line; where its first day is not known, it begins dotted and says so."""

    def stretch(start: date, end: date, dash: str, **options: Any) -> go.Scatter:
        width = 2 if dash == "dash" else 3.5  # wider than an area's line, which may lie on it
        line, height = {"color": INK, "dash": dash, "width": width}, [float(target.value)] * 2
        return go.Scatter(x=[start, end], y=height, name=target.name, mode="lines", line=line, **options)

    group = target.name
    if target.dotted_from:
        dotted = stretch(target.dotted_from, target.start, "dot", legendgroup=group, showlegend=False, hoverinfo="skip")
        figure.add_trace(dotted)
        side, away = ("bottom", 4) if target.words_above else ("top", -4)  # px, clear of the points on the line
        place = {"x": target.end, "y": float(target.value), "xanchor": "right", "yanchor": side, "yshift": away}
        figure.add_annotation(text=_("(dato ikke oplyst)"), showarrow=False, **place)
    figure.add_trace(stretch(target.start, target.end, target.dash, legendgroup=group))


def _trace(indicator: Indicator, area: str, history: History, line: dict) -> go.Scatter:
    frequency = periods.Frequency(indicator.frequency)
    points = history.points
    return go.Scatter(
        x=[periods.first_day(p.period) for p in points],
        y=[float(p.value) if p.value is not None else None for p in points],
        text=[_hover(indicator, frequency, p) for p in points],
        hovertemplate="%{text}<extra>" + area + "</extra>",
        name=_("{area} (demotal)").format(area=area) if history.synthetic else area,
        mode="lines+markers",
        marker={"symbol": ["circle-open" if p.provisional else "circle" for p in points], "size": 7},
        connectgaps=False,
        cliponaxis=False,
        legendrank=1,  # drawn last, over the targets, and named first
        line=line,
    )


def _hover(indicator: Indicator, frequency: periods.Frequency, point: Point) -> str:
    value = formats.measured(point.value, indicator.unit, indicator.decimals, indicator.unit_name)
    provisional = f" {_('(foreløbig)')}" if point.provisional else ""
    return f"{periods.named(point.period, frequency)}: {value}{provisional}"


def _layout(indicator: Indicator, caption: Caption, marks: dict[Decimal, str]) -> dict:
    """The height stays as the axis says: a reader chooses other months, not other values."""
    values = [float(value) for value in marks]
    axis = {"range": [values[0], values[-1]], "tickvals": values, "ticktext": list(marks.values())} if marks else {}
    frame = {"showline": True, "mirror": True, "linecolor": HAIR}
    suffix = " %" if indicator.unit == "percent" else ""
    return {
        "template": "none",
        "separators": ".," if in_english() else ",.",
        "font": SCREEN,
        "margin": {"l": 56, "r": 16, "t": 16, "b": 40},
        "hovermode": "x unified",
        "xaxis": {
            "tickformat": "%m/%Y" if in_english() else "%m.%Y",
            "showgrid": False,
            "title": {"text": caption.axis, "font": {"size": 12}, "standoff": 8},
            **frame,
        },
        "yaxis": {"ticksuffix": suffix, "gridcolor": HAIR, "zeroline": False, "fixedrange": True, **axis},
        "meta": _picture(caption),
    }


def _legend(longest: int, y: float) -> dict:
    """Under the axis, every name with room for the longest: `y` is in heights of the frame."""
    return {"orientation": "h", "x": 0, "y": y, "yanchor": "top", "entrywidth": longest * CHARACTER}


def _picture(caption: Caption) -> dict:
    """The layout of a picture 1200 px wide: its words stand above the lines."""
    title = wrap(caption.title, 95)
    lines = [part for line in caption.lines for part in wrap(line, 165)]
    height = TITLE_ROW * len(title) + ROW * len(lines)
    return {
        "font": PICTURE,
        "margin": {"l": 64, "r": 24, "t": height + 48, "b": 40},
        "title": {
            "text": "<br>".join(title),
            "font": {"size": 20, "weight": 600},
            "subtitle": {"text": "<br>".join(lines), "font": {"size": 14}},
            "xref": "container",
            "yref": "container",
            "x": 0,
            "y": 1,
            "xanchor": "left",
            "yanchor": "top",
            "pad": {"l": 20, "t": 18},
        },
    }
