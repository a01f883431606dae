"""Figures for a reader who explores: plotly dicts without theme, drawn in the browser from JSON."""

import json
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from indicators import formats, periods
from indicators.models import Indicator
from indicators.reading import History
from indicators.wording import in_english

# The same colours and dashes as the drawings of the server: .g-line-1 … in portal.css.
COLOURS = ["#0b5a54", "#5c6366", "#7a3e9d", "#8a4b2a", "#2b4c9b", "#1a1a1a", "#6b6a00", "#a0306e"]
DASHES = ["solid", "solid", "dash", "dot", "dashdot", "longdash", "dash", "dot"]
INK = "#1a1a1a"


def lines_figure(
    indicator: Indicator,
    histories: dict[str, History],
    targets: list[tuple[str, Decimal, date, date]] | None = None,
) -> dict:
    """One line an area; `targets` are (name, value, from, to). Returns data and layout for Plotly.newPlot."""
    figure = go.Figure(layout=_layout(indicator))
    for (area, history), colour, dash in zip(histories.items(), COLOURS, DASHES, strict=False):
        figure.add_trace(_trace(indicator, area, history, {"color": colour, "dash": dash, "width": 2.5}))
    for name, value, start, end in targets or []:
        dash = "dash" if name == _("Oprindeligt mål") else "solid"
        figure.add_trace(
            go.Scatter(
                x=[start, end],
                y=[float(value)] * 2,
                name=name,
                mode="lines",
                line={"color": INK, "dash": dash},
            )
        )
    return json.loads(figure.to_json())


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
        line=line,
    )


def _hover(indicator: Indicator, frequency: periods.Frequency, point) -> str:
    value = formats.measured(point.value, indicator.unit, indicator.decimals)
    provisional = f" {_('(foreløbig)')}" if point.provisional else ""
    return f"{periods.named(point.period, frequency)}: {value}{provisional}"


def _layout(indicator: Indicator) -> dict:
    return {
        "template": "none",
        "separators": ".," if in_english() else ",.",
        "font": {"family": "IBM Plex Sans, sans-serif", "size": 13, "color": INK},
        "margin": {"l": 56, "r": 16, "t": 16, "b": 40},
        "hovermode": "x unified",
        "legend": {"orientation": "h", "y": -0.15},
        "xaxis": {"tickformat": "%m/%Y" if in_english() else "%m.%Y", "showgrid": False},
        "yaxis": {"ticksuffix": " %" if indicator.unit == "percent" else "", "gridcolor": "#d3d9d8"},
    }
