"""The dot strip: one dot an area, stacked where values meet. Values in, coordinates out. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import count
from math import floor

from indicators.charts import svg
from indicators.charts.svg import Scale

OWN, GROUP, OTHER = FROM_BELOW = ("own", "group", "other")


@dataclass(frozen=True)
class StripBox:
    """The room of a strip, in px; `pitch` is the distance between dots in a stack, the least between stacks."""

    width: int
    left: int
    right: int
    pitch: float
    radius: float


WIDE = StripBox(width=660, left=14, right=646, pitch=13, radius=5.5)
NARROW = StripBox(width=358, left=12, right=346, pitch=8, radius=3.4)
TOP, UNDER = 62, 42  # room for the labels above the highest stack, and for the axis below


@dataclass(frozen=True)
class Dot:
    """An area's dot in px; `kind` is one of FROM_BELOW."""

    area: str
    kind: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class AxisValue:
    """A round value on the strip's axis, and where it stands."""

    x: float
    value: Decimal


@dataclass(frozen=True)
class Strip:
    """Lengths in px of `width` × `height`. `step` is what one stack spans, in the values' unit."""

    width: int
    height: float
    left: int
    right: int
    base: float
    ticks: list[AxisValue]
    dots: list[Dot]
    step: Decimal
    scale: Scale


def strip(
    values: Sequence[tuple[str, str, Decimal]], box: StripBox, *, decimals: int, also: Decimal | None = None
) -> Strip:
    """`values` are (area, kind, value) in the order a reader moves through them; `also` must be on the axis too."""
    numbers = [float(value) for *_, value in values] + ([float(also)] if also is not None else [])
    ticks = svg.ticks(min(numbers), max(numbers))
    along = Scale(float(ticks[0]), float(ticks[-1]), box.left, box.right)
    step = step_for(ticks[-1] - ticks[0], box, decimals)
    stacks = _stacks(values, step)
    base = round(TOP + max(map(len, stacks.values())) * box.pitch, 1)
    return Strip(
        width=box.width,
        height=base + UNDER,
        left=box.left,
        right=box.right,
        base=base,
        ticks=[AxisValue(along(tick), tick) for tick in ticks],
        dots=_dots(values, stacks, along, base, box),
        step=step,
        scale=along,
    )


def step_for(span: Decimal, box: StripBox, decimals: int) -> Decimal:
    """The finest round step whose stacks do not touch: the values' own, or 2, 5, 10 … times it."""
    most = floor((box.right - box.left) / (2 * box.radius + 1))
    return next(step for step in _steps(decimals) if span / step <= most)


def _steps(decimals: int) -> Iterator[Decimal]:
    for power in count(-decimals):
        yield from (Decimal(factor).scaleb(power) for factor in (1, 2, 5))


def _stacks(values: Sequence[tuple[str, str, Decimal]], step: Decimal) -> dict[Decimal, list[str]]:
    """Areas by the middle of their stack, from the bottom: one's own, then the group, then the others."""
    stacks: dict[Decimal, list[str]] = {}
    for area, _, value in sorted(values, key=lambda dot: FROM_BELOW.index(dot[1])):
        middle = (value / step).to_integral_value(ROUND_HALF_UP) * step
        stacks.setdefault(middle, []).append(area)
    return stacks


def _dots(
    values: Sequence[tuple[str, str, Decimal]],
    stacks: dict[Decimal, list[str]],
    along: Scale,
    base: float,
    box: StripBox,
) -> list[Dot]:
    places = {
        area: (along(middle), round(base - box.pitch * (height + 0.5), 1))
        for middle, stack in stacks.items()
        for height, area in enumerate(stack)
    }
    return [Dot(area, kind, *places[area], box.radius + (1 if kind == OWN else 0)) for area, kind, _ in values]
