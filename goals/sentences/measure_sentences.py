"""Short sentences made from the numbers, by fixed rules, whole in every language.

Every number in a sentence is a number in the data.
"""

from collections import Counter
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goals import judging
from goals.judging import Verdict
from goals.status.targets import rule_of
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
REACHED = {
    Verdict.MET: gettext_lazy("{target} er nået"),
    Verdict.NEAR: gettext_lazy("{target} er tæt på at være nået"),
    Verdict.MISSED: gettext_lazy("{target} er ikke nået"),
    Verdict.NOT_DUE: gettext_lazy("{target} kan endnu ikke vurderes"),
    Verdict.NO_DATA: gettext_lazy("{target} kan ikke vurderes"),
    Verdict.NO_TARGET: gettext_lazy("{target} har ingen tal"),
}


def headline(status: PlanStatus) -> str:
    """Counts goals, not measures: "7 af 10 mål er nået efter tillægget"."""
    if not any(goal.original in JUDGED or goal.revised in JUDGED for goal in status.goals):
        return _("Målene kan endnu ikke vurderes")
    if status.revised_known:
        return _("{met} af {total} mål er nået efter tillægget").format(**_met([goal.revised for goal in status.goals]))
    return _("{met} af {total} mål er nået").format(**_met([goal.original for goal in status.goals]))


def lede(status: PlanStatus) -> str:
    """How the goals stand against the original plan, and how many there were."""
    verdicts = [goal.original for goal in status.goals if goal.original != Verdict.NO_TARGET]
    if not verdicts:
        return _("Planen har ingen oprindelige mål med tal.")
    first = _("{met} af {total} mål er nået").format(**_met(verdicts))
    others = [text.format(count=count) for text, count in _others(Counter(verdicts)) if count]
    return _("Målt mod den oprindelige plan: {counts}.").format(counts=formats.listed([first, *others]))


def _met(verdicts: list[Verdict]) -> dict[str, int]:
    judged = [verdict for verdict in verdicts if verdict != Verdict.NO_TARGET]
    return {"met": judged.count(Verdict.MET), "total": len(judged)}


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
    if revised == Verdict.NO_TARGET or measure.same_target:
        return _reached(measure.original, _("Målet"))
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


def target_in_words(judged: Judged, same_target: bool = False) -> str:
    """Under a status: "mål 8,4 %", "loft 10,9 %", "bedre end 48", "uændret mål"."""
    if judged.target is None:
        return ""
    if same_target:
        return _("uændret mål")
    if judged.target.rule == "relative":
        return _("bedre end {place}").format(place=formats.number(judged.target.value)) if judged.target.value else ""
    text = _("loft {printed}") if judged.target.rule == "ceiling" else _("mål {printed}")
    return text.format(printed=formats.as_printed(judged.target.printed))


def targets_in_words(measure: MeasureStatus) -> list[str]:
    """For the name of a drawing: "oprindeligt mål 7,5 %", "nyt mål 8,4 %"."""
    texts = ((_("oprindeligt mål {printed}"), measure.original), (_("nyt mål {printed}"), measure.revised))
    return [text.format(printed=formats.as_printed(j.target.printed)) for text, j in texts if j.target]


def gap_without_sign(measure: MeasureStatus, judged: Judged) -> str:
    """The distance without its sign: "0,3 procentpoint"."""
    indicator, distance = measure.measure.indicator, judged.judgement.gap
    return formats.difference(distance, indicator.unit, decimals_for(indicator, distance), counted=counted(indicator))


def counted(indicator: Indicator) -> str:
    """What a difference of counts is a difference of; full-time persons are called persons."""
    return "" if "personer" in indicator.unit_name else indicator.unit_name


def gap_in_words(measure: MeasureStatus, judged: Judged) -> str:
    """ "0,9 procentpoint over", "på målet"; for a rank the places to the yardstick."""
    distance = judged.judgement.gap
    if distance is None:
        return ""
    if distance == 0:
        return _("på målet") if judged.target.rule != "relative" else _("på samme plads")
    persons = persons_in_words(measure, judged)
    return f"{_beside(judged).format(distance=gap_without_sign(measure, judged))}{f', {persons}' if persons else ''}"


def _beside(judged: Judged) -> str:
    above = judged.judgement.gap > 0
    if judged.target.rule == "relative":
        return _("{distance} dårligere") if above else _("{distance} bedre")
    return _("{distance} over") if above else _("{distance} under")


def persons_in_words(measure: MeasureStatus, judged: Judged) -> str:
    """ "ca. 40 personer", where the plan document says how many the share is of."""
    people = judging.in_persons(judged.judgement.gap, measure.measure.population)
    if people is None or measure.measure.indicator.unit != Indicator.Unit.PERCENT:
        return ""
    return _("ca.\u00a0{persons}").format(persons=formats.difference(people, "count"))


def decimals_for(indicator: Indicator, value: Decimal) -> int:
    """The indicator's decimals, or more where the value has them: a distance is never rounded to nothing.

    An average of counts is told in whole ones, as long as that leaves something.
    """
    if indicator.unit == Indicator.Unit.COUNT and abs(value) >= 1:
        return indicator.decimals
    return max(indicator.decimals, min(formats.decimals_of(value), 2))


def trend_change(measure: MeasureStatus, *, short: bool = False) -> str:
    """ "+0,5 procentpoint", for a rank "fra nr. 52"."""
    trend, indicator = measure.trend, measure.measure.indicator
    if trend.change is None or indicator is None:
        return ""
    if indicator.unit == Indicator.Unit.RANK and measure.year_ago:
        return _("fra {place}").format(place=formats.measured(measure.year_ago.value, indicator.unit))
    decimals, unit = decimals_for(indicator, trend.change), indicator.unit
    return formats.difference(trend.change, unit, decimals, short=short, signed=True, counted=counted(indicator))


def trend_sentence(measure: MeasureStatus) -> str:
    """ "↑ dårligere end juli 2019 (+0,2 procentpoint)"."""
    trend, indicator = measure.trend, measure.measure.indicator
    if trend.change is None or measure.latest is None:
        return _("kan ikke opgøres: der er ingen værdi for samme periode året før")
    words = {
        "better": _("bedre end {before}"),
        "worse": _("dårligere end {before}"),
        "unchanged": _("uændret siden {before}"),
        "up": _("højere end {before}, som loftet tager højde for"),
        "down": _("lavere end {before}"),
    }
    said = words[trend.direction].format(before=periods.named_by_end(measure.latest.period - 12, indicator.frequency))
    return f"{ARROWS[trend.movement]} {said} ({trend_change(measure)})"


def axis_note(measure: MeasureStatus, start: str) -> str:
    """Under a drawing: where its axis starts, and which way is better."""
    text = (
        _("Aksen starter ved {start}; lavere er bedre.")
        if measure.measure.better == "lower"
        else _("Aksen starter ved {start}; højere er bedre.")
    )
    return text.format(start=start)


def targets(measure: MeasureStatus) -> list[Judged]:
    """The new target first; one alone where both say the same."""
    if measure.same_target:
        return [measure.revised]
    return [judged for judged in (measure.revised, measure.original) if judged.target]


def rule_in_words(goal: GoalStatus) -> list[str]:
    """ "Sådan vurderer vi": the rule with this goal's own inputs."""
    lines = [_rule_of(measure) for measure in goal.measures]
    if len(goal.measures) > 1:
        lines.append(
            _("Et mål med flere målepunkter er kun nået, når alle er det; ellers får det det dårligste af dem.")
        )
    return lines


def _rule_of(measure: MeasureStatus) -> str:
    lower = measure.measure.better == "lower"
    name = _("Mål {number}: lavere er bedre.") if lower else _("Mål {number}: højere er bedre.")
    return f"{name.format(number=measure.measure.number)} {_met_when(measure, lower)}"


def _met_when(measure: MeasureStatus, lower: bool) -> str:
    if measure.first_target is None:
        return _("Planen sætter intet mål med tal.")
    if measure.first_target.rule == "relative":
        return _("Nået, når placeringen er bedre end udgangspunktet; samme plads er ikke nok.")
    percent = measure.measure.tolerance_percent
    near = _("Tæt på, når der højst mangler {tolerance} af målet ({limits}).").format(
        tolerance=formats.measured(percent, "percent", formats.decimals_of(percent)),
        limits="; ".join(filter(None, (_limit(measure, judged) for judged in targets(measure)))),
    )
    met = _("Nået, når værdien er på eller under målet.") if lower else _("Nået, når værdien er på eller over målet.")
    return f"{met} {near}"


def _limit(measure: MeasureStatus, judged: Judged) -> str:
    """The last value that is still near to the target: "til og med 8,652 % for 8,4 %"; empty where none is."""
    lower, indicator = measure.measure.better == "lower", measure.measure.indicator
    rule = rule_of(measure.measure, judged.target)
    limit = judging.near_limit(rule) if rule else None
    if limit is None:
        return ""
    if indicator.unit != Indicator.Unit.PERCENT:  # whole persons: the last one that still counts as near
        limit = limit.to_integral_value(ROUND_FLOOR if lower else ROUND_CEILING)
    text = formats.measured(limit, indicator.unit, min(formats.decimals_of(limit), 3))
    said = _("til og med {limit} for {target}") if lower else _("ned til og med {limit} for {target}")
    return said.format(limit=text, target=formats.as_printed(judged.target.printed))
