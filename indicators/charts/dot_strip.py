"""A strip of dots with its labels: one's own area by name, a line to hold against, the lowest and the highest."""

from dataclasses import dataclass
from decimal import Decimal

from indicators import formats
from indicators.charts import dot_strip_layout, svg
from indicators.charts.dot_strip_layout import AxisValue, Dot, Strip, StripBox
from indicators.charts.svg import Label

LETTER = 6.4  # px, the mean width of a letter in 12 px type


@dataclass(frozen=True)
class AreaMark:
    """An area's dot: the kind of FROM_BELOW in dot_strip_layout, and what a screen reader says of it."""

    code: str
    name: str
    kind: str
    value: Decimal
    spoken: str


@dataclass(frozen=True)
class DotStripData:
    """What is drawn. `line` is the value of the upright line, None for none; `line_name` stands beside it."""

    marks: list[AreaMark]  # in the order a reader moves through them
    unit: str
    decimals: int
    line: Decimal | None
    line_name: str
    arrow: str

    def printed(self, value: Decimal) -> str:
        return formats.measured(value, self.unit, self.decimals)


@dataclass(frozen=True)
class NamedDot:
    """A dot with its accessible name."""

    dot: Dot
    name: str


@dataclass(frozen=True)
class DotChart:
    """A dot strip in coordinates, with all its labels."""

    strip: Strip
    dots: list[NamedDot]
    ticks: list[Label]
    own_x: float | None
    own: Label | None
    own_end: float
    line_x: float | None
    line: Label | None
    ends: list[Label]
    arrow: str
    step: str  # what one stack spans, where the dots are drawn coarser than the numbers are


def dot_charts(data: DotStripData) -> list[tuple[str, DotChart]]:
    """The wide drawing and the narrow one for phones; none without a number to draw."""
    if not data.marks:
        return []
    return svg.at_both_sizes(lambda box: _draw(data, box), dot_strip_layout.WIDE, dot_strip_layout.NARROW)


def _draw(data: DotStripData, box: StripBox) -> DotChart:
    values = [(mark.code, mark.kind, mark.value) for mark in data.marks]
    strip = dot_strip_layout.strip(values, box, decimals=data.decimals, also=data.line)
    decimals = formats.decimals_of(strip.ticks[1].value - strip.ticks[0].value)
    own_x, own = _own_label(data, strip)
    line_x, line = _line_label(data, strip)
    return DotChart(
        strip=strip,
        dots=[NamedDot(dot, mark.spoken) for dot, mark in zip(strip.dots, data.marks, strict=True)],
        ticks=[_tick(tick, strip, formats.measured(tick.value, data.unit, decimals)) for tick in strip.ticks],
        own_x=own_x,
        own=own,
        own_end=strip.base + 5,
        line_x=line_x,
        line=line,
        ends=_ends(strip, data.marks, own),
        arrow=data.arrow,
        step=_step(data, strip),
    )


def _step(data: DotStripData, strip: Strip) -> str:
    exact = strip.step <= Decimal(1).scaleb(-data.decimals)
    return "" if exact else formats.difference(strip.step, data.unit, formats.decimals_of(strip.step))


def _tick(tick: AxisValue, strip: Strip, text: str) -> Label:
    return Label(tick.x, strip.base + 20, text, _anchor(tick.x, text, strip))


def _anchor(x: float, text: str, strip: Strip) -> str:
    """Words stay inside the drawing."""
    half = len(text) * LETTER / 2
    return "start" if x - half < 0 else "end" if x + half > strip.width else "middle"


def _own_label(data: DotStripData, strip: Strip) -> tuple[float | None, Label | None]:
    """Exactly at one's own value, whatever stack the dot is in, and above all dots that the words would touch."""
    own = next((mark for mark in data.marks if mark.kind == dot_strip_layout.OWN), None)
    if own is None:
        return None, None
    x, text = strip.scale(own.value), f"{own.name} {data.printed(own.value)}"
    middle = _beside_the_line(data, strip, x, len(text) * LETTER / 2)
    left, _, right, _ = edges(Label(middle, 0, text))
    reached = [dot for dot in strip.dots if dot.area == own.code or left - dot.radius <= dot.x <= right + dot.radius]
    return x, Label(middle, min(dot.y - dot.radius for dot in reached) - 10, text)


def _beside_the_line(data: DotStripData, strip: Strip, x: float, half: float) -> float:
    """The middle of words that stand at x: not across the upright line, where there is room, and inside the drawing."""
    middle = x
    if data.line is not None:
        line = strip.scale(data.line)
        middle = min(x, line - 6 - half) if x <= line else max(x, line + 6 + half)
    return round(min(max(middle, half), strip.width - half), 1)


def _line_label(data: DotStripData, strip: Strip) -> tuple[float | None, Label | None]:
    if data.line is None:
        return None, None
    x = strip.scale(data.line)
    fits = x + 6 + len(data.line_name) * LETTER < strip.width
    return x, Label(x + 6 if fits else x - 6, 14, data.line_name, "start" if fits else "end")


def _ends(strip: Strip, marks: list[AreaMark], own: Label | None) -> list[Label]:
    """The names of the lowest and the highest, where nothing stands in the way."""
    lowest, highest = (pick(strip.dots, key=lambda dot: dot.x) for pick in (min, max))
    names = {mark.code: mark.name for mark in marks}
    taken = [edges(own)] if own else []
    labels = []
    for dot in {lowest.area: lowest, highest.area: highest}.values():
        alone = sum(other.x == dot.x for other in strip.dots) == 1
        label = Label(dot.x, dot.y - dot.radius - 7, names[dot.area], _anchor(dot.x, names[dot.area], strip))
        if dot.kind != dot_strip_layout.OWN and alone and not _blocked(edges(label), strip, dot, taken):
            labels.append(label)
    return labels


Edges = tuple[float, float, float, float]  # left, top, right, bottom


def edges(label: Label) -> Edges:
    width = len(label.text) * LETTER
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - 11, left + width, label.y + 3


def _blocked(box: Edges, strip: Strip, own: Dot, taken: list[Edges]) -> bool:
    around = [(d.x - d.radius, d.y - d.radius, d.x + d.radius, d.y + d.radius) for d in strip.dots if d != own]
    return any(_overlap(box, other) for other in around + taken)


def _overlap(one: Edges, other: Edges) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
