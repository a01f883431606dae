"""Where the words of a step chart go, so that they touch neither lines nor each other. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.charts.step_scales import StepScales
from goals.status.targets import TargetFact
from indicators import formats, periods
from indicators.charts.svg import Box, Label
from indicators.queries.histories import Point

ORIGINAL = {
    "value": gettext_lazy("Opr. mål {printed}"),
    "ceiling": gettext_lazy("Opr. loft {printed}"),
    "under": gettext_lazy("Opr. mål under {printed}"),
    "over": gettext_lazy("Opr. mål over {printed}"),
}
REVISED = {
    "value": gettext_lazy("Nyt mål {printed}"),
    "ceiling": gettext_lazy("Nyt loft {printed}"),
    "under": gettext_lazy("Nyt mål under {printed}"),
    "over": gettext_lazy("Nyt mål over {printed}"),
}
REACH = 44  # px that a word in a drawing may stretch to each side
CHARACTER = 5.8  # px, of the words beside the marker on average
WIDEST = 6.2  # px, of words that must end within the plot
DOT = 3.5  # px, the radius of a point
LINE = 15  # px from one line of words to the next
ABOVE, UNDER = (-12, -26), (20, 34)  # px from a point to the foot of its words
BEYOND = -40  # above other words that stand above the point


def away_from(taken: Iterable[float], y: float, box: Box, *, peak: bool) -> float:
    """The first place beside `y` whose words stand clear of all that is taken, else the clearest.

    At a peak words go above the point, in a dip under it, so that the line does not run through them.
    """
    offsets = (*ABOVE, *UNDER, BEYOND) if peak else (*UNDER, *ABOVE, BEYOND)
    inside = [offset for offset in offsets if box.top < y + offset < box.bottom - 2]
    distances = {offset: min((abs(y + offset - 4 - other) for other in taken), default=LINE) for offset in inside}
    clear = [offset for offset, distance in distances.items() if distance >= 8]
    best = clear[0] if clear else max(distances, key=distances.__getitem__, default=ABOVE[0])
    return round(y + best, 1)


def last_year_label(scales: StepScales) -> Label | None:
    """At the point of last year's line that is furthest from this year's."""
    this_year = {p.period: scales.place(p)[1] for p in scales.shown}
    free = [p for p in scales.before if p.period + 12 in this_year]
    if len(free) < 2:
        return None

    def room(point: Point) -> float:
        return abs(scales.place(point, 12)[1] - this_year[point.period + 12])

    widest = max(free[:-3] or free, key=room)  # the newest months have words of their own
    x, y = scales.place(widest, 12)
    above = this_year[widest.period + 12] > y
    text = str(scales.plan.period_start.year - 1) if scales.plan.within_a_year else _("året før")
    return Label(max(x, scales.box.left + 18), y - 7 if above else y + 16, text)


def average_label(scales: StepScales, other: Label | None) -> Label | None:
    """Above or under the average's line, where other lines and words leave it the most room."""
    places = [
        (room, Label(x, y - 7 if above else y + 15, _("gennemsnit")))
        for x, y in scales.averages()[1:-2]
        for above in (True, False)
        if (room := _room(scales, x, y, other, above=above)) > 0
    ]
    return max(places, key=lambda place: place[0])[1] if places else None


def _room(scales: StepScales, x: float, y: float, other: Label | None, *, above: bool) -> float:
    """How far it is on that side to the next line, word or edge, as far as the word reaches."""
    near = [*scales.lines(), *([(other.x, other.y), (other.x, other.y - 12)] if other else [])]
    heights = [there for beside, there in near if abs(beside - x) <= max(scales.step, REACH)]
    heights += [scales.up(target) for target in scales.targets]
    heights += [scales.box.top, scales.box.bottom]
    return min((abs(there - y) for there in heights if (there < y) == above), default=0)


def point_labels(scales: StepScales, settled: list[Point], hollow: Point | None) -> tuple[Label | None, Label | None]:
    """The words at the newest point, and at the provisional one clear of them."""
    newest = settled[-1] if settled else None
    ends = [scales.place(p)[1] for p in (newest, hollow) if p]
    first = _point_label(scales, newest, scales.value(newest.value), ends[1:], peak=True) if newest else None
    taken = ends[:1] + ([first.y - 9, first.y + 1] if first else [])
    falling = len(ends) == 2 and ends[1] > ends[0]
    return first, _point_label(scales, hollow, _("foreløbig"), taken, peak=not falling) if hollow else None


def _point_label(scales: StepScales, point: Point, text: str, taken: list[float], *, peak: bool) -> Label:
    """Above or under the point, where it is furthest from lines and other words."""
    x, y = scales.place(point)
    lines = [scales.up(target) for target in scales.targets]
    lines += [scales.place(p)[1] for p in scales.before if p.period + 12 == point.period]
    words = f"{periods.named_shortest(point.period, scales.indicator.frequency)} {text}"
    middle, over = _clear_of_earlier(scales, point, len(words) * CHARACTER / 2)
    rising = middle > x and any(scales.place(p)[1] < y for p in scales.shown if p.period > point.period)
    return Label(middle, away_from(lines + taken + over, y, scales.box, peak=peak and not rising), words)


def _clear_of_earlier(scales: StepScales, point: Point, half: float) -> tuple[float, list[float]]:
    """The middle of words that are twice as wide, moved off earlier points where there is room to the right.

    And the upper and lower edges of the points that they would still lie over.
    """
    x, right = scales.x(point.period), scales.box.right
    earlier = [scales.place(other) for other in scales.shown if other.period < point.period]
    crowded = any(x - there <= half for there, _ in earlier)
    middle = round(x + half - 4, 1) if crowded and x + 2 * half <= right else min(x, right - 40)
    over = [y for there, y in earlier if abs(there - middle) <= half]
    return middle, [edge for y in over for edge in (y - DOT, y + DOT)]


def marker(scales: StepScales, revised: TargetFact | None) -> Label | None:
    """Only at a known date: no line is drawn where no date is known."""
    if not revised or not revised.valid_from:
        return None
    return Label(scales.x_of(revised.valid_from), scales.box.top, marker_words(revised, revised.valid_from))


def marker_shift(scales: StepScales, marker: Label) -> float:
    """Right of the line, or as far to the left as it takes to end within the plot."""
    room = scales.box.right - marker.x - len(marker.text) * WIDEST
    return round(min(room, 4), 1)


def marker_words(revised: TargetFact, first_day: date) -> str:
    """Beside the line of a new target's first day: a supplement is named by its adoption where that is the day."""
    if not revised.by_supplement:
        text = _("Nyt mål fra {day}")
    elif first_day == revised.adopted_on:
        text = _("Tillæg vedtaget {day}")
    else:
        text = _("Tillæg gælder fra {day}")
    return text.format(day=formats.short_date(first_day))


Placed = tuple[TargetFact | None, float | None]


def target_labels(x: float, original: Placed, revised: Placed, better: str) -> list[tuple[str, Label]]:
    """(style, words) at the lines' right ends: the new target's words away from the original's."""
    labels: list[tuple[str, Label]] = []
    (first, first_y), (second, second_y) = original, revised
    close = first_y is not None and second_y is not None and abs(first_y - second_y) < LINE
    if second and second_y is not None:
        above = first_y is None or second_y <= first_y
        labels += _stacked(x, second_y + (0 if not close else (-3 if above else 9)), second, above, better)
    if first and first_y is not None:
        under = second_y is None or first_y >= second_y
        shift = 0 if not close else (12 if under else -5)
        labels.append(("", Label(x, round(first_y + 4 + shift, 1), _target_words(first, ORIGINAL, better))))
    return labels


def _stacked(x: float, y: float, target: TargetFact, above: bool, better: str) -> list[tuple[str, Label]]:
    """The new target, and beyond it that its date is not known."""
    supplement = [_("Tillæg {year}").format(year=target.period_start.year)] if target.by_supplement else []
    notes = [] if target.valid_from else [*supplement, _("(dato ikke oplyst)")]
    name = ("t-strong", _target_words(target, REVISED, better))
    rows = [*(("", note) for note in notes), name] if above else [name, *(("", note) for note in notes)]
    top = y + 4 - LINE * len(notes) if above else y + 4
    return [(style, Label(x, round(top + LINE * place, 1), text)) for place, (style, text) in enumerate(rows)]


def _target_words(target: TargetFact, texts: Mapping[str, Any], better: str) -> str:
    word = "ceiling" if target.rule == "ceiling" else "value"
    if target.beats_yardstick:
        word = "over" if better == "higher" else "under"
    return str(texts[word]).format(printed=_printed(target))


def _printed(target: TargetFact) -> str:
    if target.beats_yardstick and target.value is not None:
        return formats.number(target.value, formats.decimals_of(target.value))
    return formats.as_printed(target.printed)
