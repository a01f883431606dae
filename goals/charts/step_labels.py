"""Where the words of a step chart go, so that they touch neither lines nor each other. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.status.targets import TargetFact
from indicators import formats

ORIGINAL = {
    "value": gettext_lazy("Opr. mål {printed}"),
    "ceiling": gettext_lazy("Opr. loft {printed}"),
    "relative": gettext_lazy("Opr. mål under {printed}"),
}
REVISED = {
    "value": gettext_lazy("Nyt mål {printed}"),
    "ceiling": gettext_lazy("Nyt loft {printed}"),
    "relative": gettext_lazy("Nyt mål under {printed}"),
}
LINE = 15  # px from one line of words to the next
ABOVE, UNDER = (-12, -26), (20, 34)  # px from a point to the foot of its words
BEYOND = -40  # above other words that stand above the point


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str


def away_from(taken: Iterable[float], y: float, box: dict[str, int], *, peak: bool) -> float:
    """The first place beside `y` whose words stand clear of all that is taken, else the clearest.

    At a peak words go above the point, in a dip under it, so that the line does not run through them.
    """
    offsets = (*ABOVE, *UNDER, BEYOND) if peak else (*UNDER, *ABOVE, BEYOND)
    inside = [offset for offset in offsets if box["top"] < y + offset < box["bottom"] - 2]
    distances = {offset: min((abs(y + offset - 4 - other) for other in taken), default=LINE) for offset in inside}
    clear = [offset for offset, distance in distances.items() if distance >= 8]
    best = clear[0] if clear else max(distances, key=distances.__getitem__, default=ABOVE[0])
    return round(y + best, 1)


def marker_words(revised: TargetFact) -> str:
    """Beside the line of a new target's first day: a supplement is named by its adoption where that is the day."""
    if not revised.by_supplement:
        text = _("Nyt mål fra {day}")
    elif revised.valid_from == revised.adopted_on:
        text = _("Tillæg vedtaget {day}")
    else:
        text = _("Tillæg gælder fra {day}")
    return text.format(day=formats.short_date(revised.valid_from))


Placed = tuple[TargetFact | None, float | None]


def target_labels(x: float, original: Placed, revised: Placed) -> list[tuple[str, Label]]:
    """(style, words) at the lines' right ends: the new target's words away from the original's."""
    labels: list[tuple[str, Label]] = []
    (first, first_y), (second, second_y) = original, revised
    close = first_y is not None and second_y is not None and abs(first_y - second_y) < LINE
    if second and second_y is not None:
        above = first_y is None or second_y <= first_y
        labels += _stacked(x, second_y + (0 if not close else (-3 if above else 9)), second, above)
    if first and first_y is not None:
        under = second_y is None or first_y >= second_y
        shift = 0 if not close else (12 if under else -5)
        labels.append(("", Label(x, round(first_y + 4 + shift, 1), _said(first, ORIGINAL))))
    return labels


def _stacked(x: float, y: float, target: TargetFact, above: bool) -> list[tuple[str, Label]]:
    """The new target, and beyond it that its date is not known."""
    notes = [] if target.valid_from else [_("Tillæg 2020"), _("(dato ikke oplyst)")]
    name = ("t-strong", _said(target, REVISED))
    rows = [*(("", note) for note in notes), name] if above else [name, *(("", note) for note in notes)]
    top = y + 4 - LINE * len(notes) if above else y + 4
    return [(style, Label(x, round(top + LINE * place, 1), text)) for place, (style, text) in enumerate(rows)]


def _said(target: TargetFact, texts: dict[str, str]) -> str:
    return texts[target.rule].format(printed=_printed(target))


def _printed(target: TargetFact) -> str:
    if target.rule == "relative" and target.value is not None:
        return formats.number(target.value)
    return formats.as_printed(target.printed)
