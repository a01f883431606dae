"""The funnel with its labels, and all that stands on the page about it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from indicators import formats, funnel_words, funnels
from indicators.dot_charts import LETTER, Label
from indicators.dots import FROM_BELOW
from indicators.drawing import Pair
from indicators.funnel_words import Few
from indicators.funnels import MOSTLY, Funnel, Member
from indicators.wording import translated

NAMES = {MOSTLY: "95 %", funnels.NEARLY_ALWAYS: "99,8 %"}


@dataclass(frozen=True)
class Placed:
    """A dot: its member, where it stands, and what a screen reader says of it."""

    member: Member
    x: float
    y: float
    name: str


@dataclass(frozen=True)
class FunnelChart:
    funnel: Funnel
    dots: list[Placed]
    shares: list[Label]
    sizes: list[Label]
    words: list[Label]
    own: Label


def told(found: Few | None) -> dict[str, Any] | None:
    """By the place where it stands on the page."""
    if found is None:
        return None
    by_size = sorted(found.members, key=lambda member: (member.size, member.name))
    return {
        "few": found,
        "finding": funnel_words.finding(found),
        "outside": funnel_words.outside(found),
        "extreme": funnel_words.extreme(found),
        "country": funnel_words.share(found, found.share),
        "chart_name": funnel_words.chart_name(found),
        "charts": [(size, _draw(found, box)) for size, box in funnels.boxes()],
        "rows": [_row(found, member) for member in by_size],
    }


def _row(found: Few, member: Member) -> dict[str, Any]:
    return {
        "member": member,
        "size": formats.number(member.size),
        "share": funnel_words.share(found, member.share),
        "expected": funnel_words.expected(found, member),
        "verdict": funnel_words.verdict(found, member),
    }


def _draw(found: Few, box: funnels.Box) -> FunnelChart:
    drawn = funnels.funnel(found.members, found.share, box)
    placed = sorted(drawn.places, key=lambda place: FROM_BELOW.index(place[0].kind), reverse=True)
    own = next(place for member, place in drawn.places if member == found.own)
    unit = found.comparison.indicator.unit
    return FunnelChart(
        funnel=drawn,
        dots=[Placed(member, x, y, funnel_words.dot_name(found, member)) for member, (x, y) in placed],
        shares=[Label(box.left - 6, y, formats.measured(value, unit), "end") for value, y in drawn.shares],
        sizes=[Label(x, box.bottom + 18, formats.number(size)) for size, x in drawn.sizes],
        words=[*_ends(drawn), *_highest(found, drawn), _country(found, drawn)],
        own=_own(found, own, box),
    )


def _ends(drawn: Funnel) -> list[Label]:
    """Which of 100 lie within: under the head of the inner upper curve, beyond that of the outer one."""
    return [
        Label(x + 6, y + 28, formats.as_printed(NAMES[errors]), "end")
        if errors == MOSTLY
        else Label(x + 16, y + 6, formats.as_printed(NAMES[errors]), "start")
        for errors, (x, y) in drawn.ends.items()
    ]


def _highest(found: Few, drawn: Funnel) -> list[Label]:
    """The name of the one that the words are about, unless it is one's own, which has a label."""
    x, y = next(place for member, place in drawn.places if member == found.highest)
    return [] if found.highest == found.own else [Label(x + 8, y + 4, found.highest.name, "start")]


def _country(found: Few, drawn: Funnel) -> Label:
    text = f"{_('Landet')} {funnel_words.share(found, found.share)}"
    return Label(drawn.box.right + 6, drawn.centre + 4, text, "start")


def _own(found: Few, place: Pair, box: funnels.Box) -> Label:
    x, y = place
    text = f"{translated(found.own.name)} {funnel_words.share(found, found.own.share)}"
    half = len(text) * LETTER / 2
    return Label(min(x, box.right - half), min(y + 20, box.bottom - 4), text)
