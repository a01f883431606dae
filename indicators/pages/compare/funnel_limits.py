"""The control limits of a funnel plot: how far from the country's share few people may lie by chance alone. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import log10, sqrt

from indicators.charts import svg
from indicators.charts.svg import Box, Pair, Scale

MOSTLY, NEARLY_ALWAYS = 1.96, 3.09  # standard errors within which 95 and 99.8 of 100 lie by chance alone
SIZES = (10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000)
STEPS = 60  # places along a curve


@dataclass(frozen=True)
class Member:
    """An area, its share in per cent, and of how many; `kind` is one of FROM_BELOW in dot_strip_layout."""

    code: str
    name: str
    kind: str
    share: Decimal
    size: int


@dataclass(frozen=True)
class FunnelBox(Box):
    """The room of a funnel plot; `radius` is a dot's, in px."""

    radius: float


WIDE = FunnelBox(width=660, height=278, left=44, right=560, top=16, bottom=252, radius=4.5)
NARROW = FunnelBox(width=358, height=258, left=40, right=260, top=16, bottom=232, radius=3.2)


@dataclass(frozen=True)
class Funnel:
    """`curves` are (polyline, how many standard errors it stands for)."""

    box: FunnelBox
    centre: float
    curves: list[tuple[str, float]]
    upper: dict[float, list[Pair]]  # the upper curve of that many standard errors, from the smallest size on
    places: list[tuple[Member, Pair]]
    shares: list[tuple[Decimal, float]]
    sizes: list[tuple[int, float]]


def limits(share: Decimal, size: float, errors: float) -> tuple[float, float]:
    """Between which per cents a group of that size lies, if its people are like all others."""
    part = float(share) / 100
    reach = errors * sqrt(part * (1 - part) / size) * 100
    return max(float(share) - reach, 0.0), min(float(share) + reach, 100.0)


def beyond(member: Member, share: Decimal, errors: float) -> int:
    """-1 below the limits, 1 above, 0 within."""
    low, high = limits(share, member.size, errors)
    return (member.share > high) - (member.share < low)


def funnel(members: Iterable[Member], share: Decimal, box: FunnelBox) -> Funnel:
    members = list(members)
    ticks = svg.ticks(0, max([float(member.share) for member in members] + [float(share)]))
    up = Scale(0, float(ticks[-1]), box.bottom, box.top)
    sizes = [log10(member.size) for member in members]
    along = Scale(min(sizes), max(sizes), box.left + 8, box.right)
    sides = [(errors, side) for errors in (MOSTLY, NEARLY_ALWAYS) for side in (0, 1)]
    curves = {(errors, side): _curve(share, errors, side, along, up) for errors, side in sides}
    return Funnel(
        box=box,
        centre=up(share),
        curves=[(svg.line(curve), errors) for (errors, _), curve in curves.items()],
        upper={errors: curve for (errors, side), curve in curves.items() if side and curve},
        places=[(member, (along(log10(member.size)), up(member.share))) for member in members],
        shares=[(tick, up(tick)) for tick in ticks],
        sizes=[(size, along(log10(size))) for size in SIZES if min(sizes) <= log10(size) <= max(sizes)],
    )


def _curve(share: Decimal, errors: float, side: int, along: Scale, up: Scale) -> list[Pair]:
    """One limit from the smallest size to the largest, without what lies outside the drawing."""
    steps = (along.low + (along.high - along.low) * step / STEPS for step in range(STEPS + 1))
    values = [(along(step), limits(share, 10**step, errors)[side]) for step in steps]
    return [(x, up(limit)) for x, limit in values if 0 < limit <= up.high]
