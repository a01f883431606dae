"""The funnel with its labels, and all that stands on the page about it."""

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
class Placed:
    """A dot: its member, where it stands, what a screen reader says of it, and its turn from the smallest on."""

    member: Member
    x: float
    y: float
    name: str
    turn: int


@dataclass(frozen=True)
class FunnelChart:
    funnel: Funnel
    dots: list[Placed]
    shares: list[Label]
    sizes: list[Label]
    words: list[Label]
    own: Label


def told(found: FunnelData | None) -> dict[str, Any] | None:
    """By the place where it stands on the page."""
    if found is None:
        return None
    return {
        "few": found,
        "finding": funnel_sentences.finding(found),
        "outside": funnel_sentences.outside(found),
        "left_out": funnel_sentences.left_out(found),
        "extreme": funnel_sentences.extreme(found),
        "country": funnel_sentences.share(found, found.share),
        "chart_name": funnel_sentences.chart_name(found),
        "charts": svg.at_both_sizes(lambda box: _draw(found, box), funnel_limits.WIDE, funnel_limits.NARROW),
        "rows": [_row(found, member) for member in found.by_size],
    }


def _row(found: FunnelData, member: Member) -> dict[str, Any]:
    return {
        "member": member,
        "size": formats.number(member.size),
        "share": funnel_sentences.share(found, member.share),
        "expected": funnel_sentences.expected(found, member),
        "verdict": funnel_sentences.verdict(found, member),
    }


def _draw(found: FunnelData, box: FunnelBox) -> FunnelChart:
    drawn = funnel_limits.funnel(found.members, found.share, box)
    placed = sorted(drawn.places, key=lambda place: FROM_BELOW.index(place[0].kind), reverse=True)
    own = next(place for member, place in drawn.places if member == found.own)
    unit = found.comparison.indicator.unit
    return FunnelChart(
        funnel=drawn,
        dots=[_placed(found, member, place) for member, place in placed],
        shares=[Label(box.left - 6, y, formats.measured(value, unit), "end") for value, y in drawn.shares],
        sizes=_sizes(drawn),
        words=[*_ends(drawn), *_highest(found, drawn), _country(found, drawn)],
        own=_own(found, own, box),
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


def _placed(found: FunnelData, member: Member, place: Pair) -> Placed:
    return Placed(member, *place, funnel_sentences.dot_name(found, member), found.by_size.index(member))


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


def _highest(found: FunnelData, drawn: Funnel) -> list[Label]:
    """The name of the one that the words are about, where no curve or dot is; one's own has a label of its own."""
    x, y = next(place for member, place in drawn.places if member == found.highest)
    name = found.highest.name
    around = [Label(x + 8, y + 4, name, "start"), Label(x, y + 16, name), Label(x, y - 8, name)]
    others = [place for member, place in drawn.places if member != found.highest]
    taken = [*others, *(place for curve in drawn.upper.values() for place in curve)]
    free = [label for label in around if not any(_covers(label, place) for place in taken)]
    return [] if found.highest == found.own else free[:1]


def _covers(label: Label, place: Pair) -> bool:
    left, top, right, bottom = edges(label)
    return left - LETTER <= place[0] <= right + LETTER and top <= place[1] <= bottom


def _country(found: FunnelData, drawn: Funnel) -> Label:
    text = f"{_('Landet')} {funnel_sentences.share(found, found.share)}"
    return Label(drawn.box.right + 6, drawn.centre + 4, text, "start")


def _own(found: FunnelData, place: Pair, box: FunnelBox) -> Label:
    x, y = place
    text = f"{translated(found.own.name)} {funnel_sentences.share(found, found.own.share)}"
    half = len(text) * LETTER / 2
    return Label(min(x, box.right - half), min(y + 20, box.bottom - 4), text)
