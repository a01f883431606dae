"""What the numbers say, in a few Danish sentences: of a plan and of a goal, for pages and reports.

Made by fixed rules: every number in a sentence is a number in the data, formatted as everywhere else.
"""

from collections import Counter

from goals import basis_words, sentences
from goals.judging import Verdict
from goals.models import Target
from goals.status import GoalStatus, Judged, MeasureStatus, PlanStatus
from indicators import formats, periods

OPEN = (Verdict.MISSED, Verdict.NEAR, Verdict.NO_DATA, Verdict.NOT_DUE)  # in the order they are named
TREND_COUNTS = {  # of one measure, and of more
    "better": ("bedre", "bedre"),
    "worse": ("dårligere", "dårligere"),
    "up": ("højere, som loftet tager højde for", "højere, som loftet tager højde for"),
    "down": ("lavere", "lavere"),
    "unchanged": ("uændret", "uændrede"),
    "unknown": ("uden tal året før", "uden tal året før"),
}


def of_plan(status: PlanStatus) -> list[str]:
    """Which goals are not met, and how the measures moved."""
    return [*_not_met(status), *_movement(status.measures)]


def _not_met(status: PlanStatus) -> list[str]:
    against = "efter tillægget" if status.revised_known else "efter planen"
    numbers = {verdict: [g.goal.number for g in status.goals if g.newest == verdict] for verdict in OPEN}
    said = [
        f"{_verdict(verdict)}: mål {formats.listed([str(n) for n in found])}"
        for verdict, found in numbers.items()
        if found
    ]
    return [f"{'. '.join(said)} ({against})."] if said else [f"Alle {len(status.goals)} mål er nået {against}."]


def _verdict(verdict: Verdict) -> str:
    words = sentences.SENTENCE_WORDS[verdict]
    return words[:1].upper() + words[1:]


def _movement(measures: list[MeasureStatus]) -> list[str]:
    counts = Counter(measure.trend.direction for measure in measures)
    said = [
        f"{counts[direction]} {one if counts[direction] == 1 else many}"
        for direction, (one, many) in TREND_COUNTS.items()
        if counts[direction]
    ]
    return [f"Siden samme periode året før er af {len(measures)} målepunkter {formats.listed(said)}."] if said else []


def of_goal(goal: GoalStatus) -> list[str]:
    """Every measure's value, its distance to both targets, and how it moved."""
    return [sentence for measure in goal.measures for sentence in of_measure(measure)]


def of_measure(measure: MeasureStatus) -> list[str]:
    if measure.latest is None:
        return [f"{_what(measure)}: der er ingen endelige tal i planens periode."]
    return [f"{_what(measure)}, {_period(measure)}: {_value(measure)}.", *_distances(measure), *_change(measure)]


def _what(measure: MeasureStatus) -> str:
    return f"{measure.measure.subject}, {measure.measure.area}"


def _period(measure: MeasureStatus) -> str:
    return periods.danish(measure.latest.period, measure.measure.indicator.frequency)


def _value(measure: MeasureStatus) -> str:
    indicator = measure.measure.indicator
    return formats.measured(measure.latest.value, indicator.unit, indicator.decimals)


def _distances(measure: MeasureStatus) -> list[str]:
    targets = [("det nye mål", measure.revised), ("det oprindelige mål", measure.original)]
    if measure.same_target:
        targets = [("målet, som tillægget ikke ændrede,", measure.original)]
    said = [_distance(measure, judged, name) for name, judged in targets if judged.judgement.gap is not None]
    return [f"{_what_is_judged(measure)} {formats.listed(said)}."] if said else []


def _what_is_judged(measure: MeasureStatus) -> str:
    """The figure just named, or the average that the targets speak of."""
    judged = measure.revised if measure.revised.target else measure.original
    if judged.target is None or judged.target.basis == Target.Basis.NEWEST:
        return "Det er"
    name = basis_words.judged_on(judged)
    return f"{name[:1].upper()}{name[1:]} ({basis_words.judged_value(measure, judged)}) er"


def _distance(measure: MeasureStatus, judged: Judged, name: str) -> str:
    """ "0,3 procentpoint (ca. 40 personer) over det nye mål på 11 %"; a rank is held against the place to beat."""
    if judged.target.rule == "relative":
        return f"{_places(measure, judged)} udgangspunktet for {name}, {formats.measured(judged.target.value, 'rank')}"
    target = f"{name} på {formats.as_printed(judged.target.printed)}"
    if judged.judgement.gap == 0:
        return f"præcis {target}"
    persons = sentences.persons_in_words(measure, judged)
    distance = f"{sentences.gap(measure, judged)}{f' ({persons})' if persons else ''}"
    return f"{distance} {sentences.side(judged)} {target}"


def _places(measure: MeasureStatus, judged: Judged) -> str:
    if judged.judgement.gap == 0:
        return "samme plads som"
    return f"{sentences.gap(measure, judged)} {sentences.side(judged)} end"


def _change(measure: MeasureStatus) -> list[str]:
    trend = measure.trend
    if trend.change is None:
        return []
    return [f"Tendens: {sentences.trend_sentence(measure)}."]
