"""Short sentences made from the numbers, by fixed rules, whole in every language.

Every number in a sentence is a number in the data.
"""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from goals import judging
from goals.judging import Verdict
from goals.sentences import shown_numbers
from goals.sentences.shown_numbers import difference_decimals
from goals.status.types import GoalStatus, Judged, MeasureStatus, PlanStatus
from indicators import formats, periods
from indicators.models import Indicator
from indicators.translation import translated

JUDGED = (Verdict.MET, Verdict.NEAR, Verdict.MISSED)
ARROWS = {"up": "↑", "down": "↓", "flat": "→"}
TREND_WORDS = {
    "better": gettext_lazy("Bedre"),
    "worse": gettext_lazy("Dårligere"),
    "unchanged": gettext_lazy("Uændret"),
    "up": gettext_lazy("Stigning"),
    "down": gettext_lazy("Fald"),
    "unknown": gettext_lazy("Ingen tal året før"),
}
MET_OF = ngettext_lazy("%(met)s af %(total)s mål er nået", "%(met)s af %(total)s mål er nået", "total")
MET_AFTER_SUPPLEMENT = ngettext_lazy(
    "%(met)s af %(total)s mål er nået efter tillægget", "%(met)s af %(total)s mål er nået efter tillægget", "total"
)
MET_AFTER_REVISION = ngettext_lazy(
    "%(met)s af %(total)s mål er nået mod de nye mål", "%(met)s af %(total)s mål er nået mod de nye mål", "total"
)
REACHED = {
    Verdict.MET: gettext_lazy("{target} er nået"),
    Verdict.NEAR: gettext_lazy("{target} er tæt på at være nået"),
    Verdict.MISSED: gettext_lazy("{target} er ikke nået"),
    Verdict.NOT_DUE: gettext_lazy("{target} kan endnu ikke vurderes"),
    Verdict.NO_DATA: gettext_lazy("{target} kan ikke vurderes"),
    Verdict.NO_TARGET: gettext_lazy("{target} har intet mål"),
}


def headline(status: PlanStatus) -> str:
    """Counts goals, not measures: "7 af 10 mål er nået efter tillægget"."""
    if not any(goal.original in JUDGED or goal.revised in JUDGED for goal in status.counted):
        return _("Målene kan endnu ikke vurderes")
    return _met(_against(status), [goal.newest for goal in status.counted])


def _against(status: PlanStatus) -> Any:
    if status.supplemented:
        return MET_AFTER_SUPPLEMENT
    return MET_AFTER_REVISION if status.revised_known else MET_OF


def lede(status: PlanStatus) -> str:
    """How the goals stand against the original plan, and how many there were."""
    verdicts: list[Verdict] = [goal.original for goal in status.counted if goal.original != Verdict.NO_TARGET]
    if not verdicts:
        return _("Planen har ingen oprindelige mål med tal.")
    first = _met(MET_OF, verdicts)
    others = [text.format(count=count) for text, count in _others(Counter(verdicts)) if count]
    return _("Målt mod den oprindelige plan: {counts}.").format(counts=formats.listed([first, *others]))


def _met(text: Any, verdicts: list[Verdict]) -> str:
    """Goals without a target are in no count."""
    judged = [verdict for verdict in verdicts if verdict != Verdict.NO_TARGET]
    return text % {"met": judged.count(Verdict.MET), "total": len(judged)}


def _others(counts: Counter) -> list[tuple[str, int]]:
    near, missed = counts[Verdict.NEAR], counts[Verdict.MISSED]
    waiting, unknown = counts[Verdict.NOT_DUE], counts[Verdict.NO_DATA]
    return [
        (ngettext("{count} er tæt på", "{count} er tæt på", near), near),
        (ngettext("{count} er ikke nået", "{count} er ikke nået", missed), missed),
        (ngettext("{count} afventer tal", "{count} afventer tal", waiting), waiting),
        (ngettext("{count} kan ikke vurderes", "{count} kan ikke vurderes", unknown), unknown),
    ]


def goal_finding(goal: GoalStatus) -> str:
    """The goal page's title: what was found, in at most about ten words."""
    if not goal.measures:
        return goal.goal.title
    if len(goal.measures) == 1:
        return _finding_of_one(goal.measures[0])
    return _capital(" – ".join(_outcome(measure) for measure in sorted(goal.measures, key=_worst_last)))


def _finding_of_one(measure: MeasureStatus) -> str:
    original, revised = measure.original.verdict, measure.revised.verdict
    if measure.first_target is None:
        return _("Planen sætter intet mål med tal")
    if revised == Verdict.NO_TARGET or measure.same_target:
        return _reached(measure.holding, _("Målet"))
    if original == revised == Verdict.MET:
        return _("Både det oprindelige og det nye mål er nået")
    if revised == Verdict.MET and original == Verdict.NEAR:
        return _("Det nye mål er nået, det oprindelige er tæt på")
    if revised == Verdict.MET and original not in (Verdict.NO_TARGET, Verdict.NO_DATA):
        return _("Det nye mål er nået, det oprindelige er ikke")
    return _reached(measure.revised, _("Det nye mål"))


def _reached(judged: Judged, target: str) -> str:
    return REACHED[judged.verdict].format(target=target)


def _subject(measure: MeasureStatus) -> str:
    unit = measure.measure.indicator.unit if measure.measure.indicator else ""
    words = {"percent": _("andelen"), "count": _("antallet"), "rank": _("placeringen")}
    return words.get(unit, translated(measure.measure.short_name))


def _outcome(measure: MeasureStatus) -> str:
    judged = measure.revised if measure.revised.target else measure.original
    new = measure.revised.target and not measure.same_target
    subject = _subject(measure)
    if judged.verdict == Verdict.MET:
        return (_("{subject} når det nye mål") if new else _("{subject} når målet")).format(subject=subject)
    if judged.judgement.gap is None:
        return _reached(judged, subject)
    return _("{subject} mangler {distance}").format(subject=subject, distance=gap_without_sign(measure, judged))


def _worst_last(measure: MeasureStatus) -> int:
    judged = measure.revised if measure.revised.target else measure.original
    return 0 if judged.verdict == Verdict.MET else 1


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def yardstick(measure: MeasureStatus, judged: Judged) -> str:
    """The baseline that any better figure beats: "48" of places, "8,4 %" of shares."""
    value, indicator = judged.aim, measure.measure.indicator
    unit = indicator.unit if indicator and indicator.unit == Indicator.Unit.PERCENT else "count"
    return formats.measured(value, unit, formats.decimals_of(value))


def target_in_words(measure: MeasureStatus, judged: Judged, same_target: bool = False) -> str:
    """Under a status: "mål 8,4 %", "loft 10,9 %", "bedre end 48", "uændret mål"."""
    if judged.target is None:
        return ""
    if same_target:
        return _("uændret mål")
    if judged.target.beats_yardstick:
        return (
            _("bedre end {place}").format(place=yardstick(measure, judged)) if judged.target.value is not None else ""
        )
    text = _("loft {printed}") if judged.target.rule == "ceiling" else _("mål {printed}")
    return text.format(printed=formats.as_printed(judged.target.printed))


def targets_in_words(measure: MeasureStatus) -> list[str]:
    """For the name of a drawing: "oprindeligt mål 7,5 %", "nyt mål 8,4 %"."""
    texts = ((_("oprindeligt mål {printed}"), measure.original), (_("nyt mål {printed}"), measure.revised))
    return [text.format(printed=formats.as_printed(j.target.printed)) for text, j in texts if j.target]


def gap_without_sign(measure: MeasureStatus, judged: Judged) -> str:
    """The distance without its sign: "0,3 procentpoint"."""
    indicator, distance = measure.indicator, shown_numbers.distance(measure, judged)
    decimals = max(indicator.decimals, formats.decimals_of(distance))
    return formats.difference(distance, indicator.unit, decimals, counted=counted(indicator))


def counted(indicator: Indicator) -> str:
    """What a difference of counts is a difference of; full-time persons are called persons."""
    return "" if "personer" in indicator.unit_name else indicator.unit_name


def gap_in_words(measure: MeasureStatus, judged: Judged) -> str:
    """ "0,9 procentpoint over", "på målet"; for a rank the places to the yardstick."""
    distance = judged.judgement.gap
    if distance is None:
        return ""
    if distance == 0:
        if not judged.stated.beats_yardstick:
            return _("på målet")
        return _("på samme plads") if measure.indicator.unit == Indicator.Unit.RANK else _("samme værdi")
    persons = persons_in_words(measure, judged)
    beside = _beside(measure, judged).format(distance=gap_without_sign(measure, judged))
    return f"{beside}, {persons}" if persons else beside


def _beside(measure: MeasureStatus, judged: Judged) -> str:
    above = judged.gap > 0
    if judged.stated.beats_yardstick:
        return _("{distance} bedre") if is_better(measure, judged) else _("{distance} dårligere")
    return _("{distance} over") if above else _("{distance} under")


def is_better(measure: MeasureStatus, judged: Judged) -> bool:
    """Whether the value lies on the better side of the target."""
    return (judged.gap < 0) == (measure.measure.better == "lower")


def persons_in_words(measure: MeasureStatus, judged: Judged) -> str:
    """ "ca. 40 personer", where the plan document says how many the share is of."""
    people = judging.in_persons(judged.judgement.gap, measure.measure.population)
    if not people or measure.indicator.unit != Indicator.Unit.PERCENT:
        return ""
    return _("ca.\u00a0{persons}").format(persons=formats.difference(people, "count"))


def trend_change(measure: MeasureStatus, *, short: bool = False) -> str:
    """ "+0,5 procentpoint", for a rank "fra nr. 52"."""
    trend, indicator = measure.trend, measure.measure.indicator
    if trend.change is None or indicator is None:
        return ""
    if indicator.unit == Indicator.Unit.RANK and measure.year_ago:
        return _("fra {place}").format(place=formats.measured(measure.year_ago.value, indicator.unit))
    decimals, unit = difference_decimals(indicator, trend.change), indicator.unit
    return formats.difference(trend.change, unit, decimals, short=short, signed=True, counted=counted(indicator))


def trend_sentence(measure: MeasureStatus) -> str:
    """ "↑ dårligere end juli 2019 (+0,2 procentpoint)"."""
    trend = measure.trend
    if trend.change is None or measure.latest is None:
        return _("kan ikke opgøres: der er ingen værdi for samme periode året før")
    words = {
        "better": _("bedre end {before}"),
        "worse": _("dårligere end {before}"),
        "unchanged": _("uændret siden {before}"),
        "up": _("højere end {before}, som loftet tager højde for"),
        "down": _("lavere end {before}"),
    }
    before = periods.named_by_end(measure.latest.period - 12, measure.indicator.frequency)
    said = words[trend.direction].format(before=before)
    return f"{ARROWS[trend.movement]} {said} ({trend_change(measure)})"


def axis_note(measure: MeasureStatus, start: str) -> str:
    """Under a drawing: where its axis starts, and which way is better."""
    text = (
        _("Aksen starter ved {start}; lavere er bedre.")
        if measure.measure.better == "lower"
        else _("Aksen starter ved {start}; højere er bedre.")
    )
    return text.format(start=start)


def unknown_start(measure: MeasureStatus) -> str:
    """Of a new target that is drawn from the first month its supplement speaks of, since no day is known."""
    target = measure.revised.target
    if target is None or not target.by_supplement or target.valid_from:
        return ""
    start = periods.named(periods.of(target.period_start.year, target.period_start.month), periods.Frequency.MONTH)
    text = _("Det nye mål er tegnet fra {start}, hvor tillægget begynder; datoen for vedtagelsen er ikke oplyst.")
    return text.format(start=start)


def targets(measure: MeasureStatus) -> list[Judged]:
    """The new target first; one alone where both say the same."""
    if measure.same_target:
        return [measure.revised]
    return [judged for judged in (measure.revised, measure.original) if judged.target]
