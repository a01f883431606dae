"""The funnel plot with its labels, and all that stands on the page about it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from indicators import formats
from indicators.charts import svg
from indicators.charts.dot_strip import LETTER, edges
from indicators.charts.dot_strip_layout import FROM_BELOW
from indicators.charts.svg import Label, Pair
from indicators.pages.compare import funnel_limits, funnel_sentences
from indicators.pages.compare.funnel_limits import MOSTLY, Funnel, FunnelBox, Member
from indicators.pages.compare.funnel_sentences import FunnelData
from indicators.translation import translated

NAMES = {MOSTLY: "95 %", funnel_limits.NEARLY_ALWAYS: "99,8 %"}


@dataclass(frozen=True)
class FunnelDot:
    """A dot: its member, where it stands, what a screen reader says of it, and its turn from the smallest on."""

    member: Member
    x: float
    y: float
    name: str
    turn: int


@dataclass(frozen=True)
class FunnelChart:
    """A funnel plot in coordinates, with all its labels."""

    funnel: Funnel
    dots: list[FunnelDot]
    shares: list[Label]
    sizes: list[Label]
    words: list[Label]
    own: Label


def funnel_context(data: FunnelData | None) -> dict[str, Any] | None:
    """By the place where it stands on the page."""
    if data is None:
        return None
    return {
        "few": data,
        "finding": funnel_sentences.funnel_finding(data),
        "outside": funnel_sentences.outside(data),
        "left_out": funnel_sentences.left_out(data),
        "extreme": funnel_sentences.extreme(data),
        "country": funnel_sentences.share(data, data.share),
        "chart_name": funnel_sentences.funnel_chart_name(data),
        "charts": svg.at_both_sizes(lambda box: _draw(data, box), funnel_limits.WIDE, funnel_limits.NARROW),
        "rows": [_row(data, member) for member in data.by_size],
    }


def _row(data: FunnelData, member: Member) -> dict[str, Any]:
    return {
        "member": member,
        "size": formats.number(member.size),
        "share": funnel_sentences.share(data, member.share),
        "expected": funnel_sentences.expected(data, member),
        "verdict": funnel_sentences.verdict(data, member),
    }


def _draw(data: FunnelData, box: FunnelBox) -> FunnelChart:
    drawn = funnel_limits.funnel(data.members, data.share, box)
    placed = sorted(drawn.places, key=lambda place: FROM_BELOW.index(place[0].kind), reverse=True)
    own = next(place for member, place in drawn.places if member == data.own)
    unit = data.comparison.indicator.unit
    return FunnelChart(
        funnel=drawn,
        dots=[_placed(data, member, place) for member, place in placed],
        shares=[Label(box.left - 6, y, formats.measured(value, unit), "end") for value, y in drawn.shares],
        sizes=_sizes(drawn),
        words=[*_ends(drawn), *_highest(data, drawn), _country(data, drawn)],
        own=_own(data, own, box),
    )


def _sizes(drawn: Funnel) -> list[Label]:
    """A number under each stroke that has room for it."""
    labels: list[Label] = []
    end = 0.0
    for size, x in drawn.sizes:
        half = len(text := formats.number(size)) * LETTER / 2
        if x - half > end:
            labels.append(Label(x, drawn.box.bottom + 18, text))
            end = x + half + LETTER
    return labels


def _placed(data: FunnelData, member: Member, place: Pair) -> FunnelDot:
    return FunnelDot(member, *place, funnel_sentences.dot_name(data, member), data.by_size.index(member))


def _ends(drawn: Funnel) -> list[Label]:
    """Which of 100 lie within: under the inner upper curve, where it has room, beyond the head of the outer one."""
    labels = []
    for errors, curve in drawn.upper.items():
        text, (x, y) = formats.as_printed(NAMES[errors]), curve[0]
        if errors == MOSTLY:
            x, y = next((place for place in curve if place[0] >= x + len(text) * LETTER), curve[-1])
            labels.append(Label(x, y + 17, text, "end"))
        else:
            labels.append(Label(x + 16, y + 6, text, "start"))
    return labels


def _highest(data: FunnelData, drawn: Funnel) -> list[Label]:
    """The name of the one that the words are about, where no curve or dot is; one's own has a label of its own."""
    x, y = next(place for member, place in drawn.places if member == data.highest)
    name = data.highest.name
    around = [Label(x + 8, y + 4, name, "start"), Label(x, y + 16, name), Label(x, y - 8, name)]
    others = [place for member, place in drawn.places if member != data.highest]
    taken = [*others, *(place for curve in drawn.upper.values() for place in curve)]
    free = [label for label in around if not any(_covers(label, place) for place in taken)]
    return [] if data.highest == data.own else free[:1]


def _covers(label: Label, place: Pair) -> bool:
    left, top, right, bottom = edges(label)
    return left - LETTER <= place[0] <= right + LETTER and top <= place[1] <= bottom


def _country(data: FunnelData, drawn: Funnel) -> Label:
    text = f"{_('Landet')} {funnel_sentences.share(data, data.share)}"
    return Label(drawn.box.right + 6, drawn.centre + 4, text, "start")


def _own(data: FunnelData, place: Pair, box: FunnelBox) -> Label:
    x, y = place
    text = f"{translated(data.own.name)} {funnel_sentences.share(data, data.own.share)}"
    half = len(text) * LETTER / 2
    return Label(min(x, box.right - half), min(y + 20, box.bottom - 4), text)
