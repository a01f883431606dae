"""The comparison drawn: the strip of 98 dots with its labels, and a dot a row in the group's table."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators import compare_words, dots, formats
from indicators.comparison import Comparison, Row
from indicators.dots import Dot, Strip
from indicators.drawing import Scale

LETTER = 6.4  # px, the mean width of a letter in 12 px type
ROW_WIDTH, ROW_EDGE = 140, 8


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class NamedDot:
    dot: Dot
    name: str


@dataclass(frozen=True)
class DotChart:
    strip: Strip
    dots: list[NamedDot]
    ticks: list[Label]
    own: Label | None
    own_top: float
    country_x: float | None
    country: Label | None
    ends: list[Label]
    arrow: str


def dot_charts(comparison: Comparison) -> list[tuple[str, DotChart]]:
    """The wide drawing and the narrow one for phones; none without a number to draw."""
    if not comparison.valued:
        return []
    return [(size, _draw(comparison, box)) for size, box in (("wide", dots.WIDE), ("narrow", dots.NARROW))]


def _draw(comparison: Comparison, box: dots.Box) -> DotChart:
    indicator, rows = comparison.indicator, comparison.valued
    values = [(row.code, row.kind, row.value) for row in rows]
    strip = dots.strip(values, box, decimals=indicator.decimals, also=comparison.country.value)
    decimals = formats.decimals_of(strip.ticks[1].value - strip.ticks[0].value)
    own, own_top = _own_label(comparison, strip)
    country_x, country = _country_label(comparison, strip)
    return DotChart(
        strip=strip,
        dots=[
            NamedDot(dot, compare_words.dot_name(comparison, row)) for dot, row in zip(strip.dots, rows, strict=True)
        ],
        ticks=[_tick(tick, strip, formats.measured(tick.value, indicator.unit, decimals)) for tick in strip.ticks],
        own=own,
        own_top=own_top,
        country_x=country_x,
        country=country,
        ends=_ends(strip, rows, own),
        arrow=compare_words.arrow(indicator),
    )


def _tick(tick: dots.Tick, strip: Strip, text: str) -> Label:
    return Label(tick.x, strip.base + 20, text, _anchor(tick.x, text, strip))


def _anchor(x: float, text: str, strip: Strip) -> str:
    """Words stay inside the drawing."""
    half = len(text) * LETTER / 2
    return "start" if x - half < 0 else "end" if x + half > strip.width else "middle"


def _own_label(comparison: Comparison, strip: Strip) -> tuple[Label | None, float]:
    """Above all dots that the words would touch, and the height where one's own stack ends."""
    own = next((dot for dot in strip.dots if dot.kind == dots.OWN), None)
    if own is None:
        return None, strip.base
    text = f"Viborg {formats.measured(comparison.own.value, comparison.indicator.unit, comparison.indicator.decimals)}"
    reach = len(text) * LETTER / 2 + own.radius
    nearby = min(dot.y - dot.radius for dot in strip.dots if abs(dot.x - own.x) <= reach)
    top = min(dot.y - dot.radius for dot in strip.dots if dot.x == own.x)
    return Label(own.x, nearby - 10, text, _anchor(own.x, text, strip)), top


def _country_label(comparison: Comparison, strip: Strip) -> tuple[float | None, Label | None]:
    value = comparison.country.value
    if value is None:
        return None, None
    x = strip.scale(value)
    number = formats.measured(value, comparison.indicator.unit, comparison.indicator.decimals)
    text = f"{_('Hele landet')} {number}"
    fits = x + 6 + len(text) * LETTER < strip.width
    return x, Label(x + 6 if fits else x - 6, 14, text, "start" if fits else "end")


def _ends(strip: Strip, rows: list[Row], own: Label | None) -> list[Label]:
    """The names of the lowest and the highest, where nothing stands in the way."""
    lowest, highest = (pick(strip.dots, key=lambda dot: dot.x) for pick in (min, max))
    names = {row.code: row.name for row in rows}
    taken = [_box(own)] if own else []
    labels = []
    for dot in {lowest.area: lowest, highest.area: highest}.values():
        alone = sum(other.x == dot.x for other in strip.dots) == 1
        label = Label(dot.x, dot.y - dot.radius - 7, names[dot.area], _anchor(dot.x, names[dot.area], strip))
        if dot.kind != dots.OWN and alone and not _blocked(_box(label), strip, dot, taken):
            labels.append(label)
    return labels


Edges = tuple[float, float, float, float]  # left, top, right, bottom


def _box(label: Label) -> Edges:
    width = len(label.text) * LETTER
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - 11, left + width, label.y + 3


def _blocked(box: Edges, strip: Strip, own: Dot, taken: list[Edges]) -> bool:
    around = [(d.x - d.radius, d.y - d.radius, d.x + d.radius, d.y + d.radius) for d in strip.dots if d != own]
    return any(_overlap(box, other) for other in around + taken)


def _overlap(one: Edges, other: Edges) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@dataclass(frozen=True)
class RankRow:
    """A row of the group's table: the area and where its dot stands in 140 px; the country's row has no place."""

    row: Row
    x: float | None
    land: bool = False


def rank_rows(comparison: Comparison) -> tuple[list[RankRow], float | None]:
    """The group best first, the country where it belongs among them; and where the country's line stands."""
    rows = comparison.in_group
    values = [float(row.value) for row in [*rows, comparison.country] if row.value is not None]
    if not values:
        return [RankRow(row, None) for row in rows], None
    scale = Scale(min(values), max(values), ROW_EDGE, ROW_WIDTH - ROW_EDGE)
    ranked = [RankRow(row, scale(row.value) if row.value is not None else None) for row in rows]
    value = comparison.country.value
    if value is None:
        return ranked, None
    higher = comparison.indicator.direction == "higher"
    before = sum(r.value is not None and (r.value >= value if higher else r.value <= value) for r in rows)
    line = scale(value)
    return [*ranked[:before], RankRow(comparison.country, line, land=True), *ranked[before:]], line
