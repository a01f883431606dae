"""Short Danish sentences made from the numbers, by fixed rules. Every number in a sentence is a number in the data."""

from collections import Counter
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from goals import judging
from goals.judging import Verdict
from goals.status import GoalStatus, Judged, MeasureStatus, PlanStatus
from indicators import formats, periods
from indicators.models import Indicator

SENTENCE_WORDS = {
    Verdict.MET: "nået",
    Verdict.NEAR: "tæt på",
    Verdict.MISSED: "ikke nået",
    Verdict.NOT_DUE: "afventer tal",
    Verdict.NO_DATA: "kan ikke vurderes",
}
JUDGED = (Verdict.MET, Verdict.NEAR, Verdict.MISSED)
ARROWS = {"up": "↑", "down": "↓", "flat": "→"}
TREND_WORDS = {
    "better": "Bedre",
    "worse": "Dårligere",
    "unchanged": "Uændret",
    "up": "Stigning",
    "down": "Fald",
    "unknown": "Ingen tal året før",
}


def headline(status: PlanStatus) -> str:
    """Counts goals, not measures: "7 af 10 mål er nået efter tillægget"."""
    if not any(goal.original in JUDGED or goal.revised in JUDGED for goal in status.goals):
        return "Målene kan endnu ikke vurderes"
    if status.revised_known:
        return f"{_met([goal.revised for goal in status.goals])} mål er nået efter tillægget"
    return f"{_met([goal.original for goal in status.goals])} mål er nået"


def lede(status: PlanStatus) -> str:
    """How the goals stand against the original plan, and how many there were."""
    verdicts = [goal.original for goal in status.goals if goal.original != Verdict.NO_TARGET]
    if not verdicts:
        return "Planen har ingen oprindelige mål med tal."
    counts = Counter(verdicts)
    first = f"{counts[Verdict.MET]} af {len(verdicts)} mål er nået"
    others = [
        _counted(verdict, counts[verdict]) for verdict in SENTENCE_WORDS if counts[verdict] and verdict != Verdict.MET
    ]
    return f"Målt mod den oprindelige plan: {formats.listed([first, *others])}."


def _met(verdicts: list[Verdict]) -> str:
    judged = [verdict for verdict in verdicts if verdict != Verdict.NO_TARGET]
    return f"{judged.count(Verdict.MET)} af {len(judged)}"


def _counted(verdict: Verdict, count: int) -> str:
    verb = "" if verdict in (Verdict.NO_DATA, Verdict.NOT_DUE) else "er "
    return f"{count} {verb}{SENTENCE_WORDS[verdict]}"


def finding(goal: GoalStatus) -> str:
    """The goal page's title: what was found, in at most about ten words."""
    if not goal.measures:
        return goal.goal.title
    if len(goal.measures) == 1:
        return _finding_of_one(goal.measures[0])
    parts = [f"{_subject(measure)} {_outcome(measure)}" for measure in sorted(goal.measures, key=_worst_last)]
    return _capital(" – ".join(parts))


def _finding_of_one(measure: MeasureStatus) -> str:
    original, revised = measure.original.verdict, measure.revised.verdict
    if revised == Verdict.NO_TARGET or measure.same_target:
        return f"Målet {_reached(measure.original)}"
    if original in (Verdict.NO_TARGET, Verdict.NO_DATA):
        return f"Det nye mål {_reached(measure.revised)}"
    if original == revised == Verdict.MET:
        return "Både det oprindelige og det nye mål er nået"
    if revised == Verdict.MET:
        return f"Det nye mål er nået, det oprindelige {'er tæt på' if original == Verdict.NEAR else 'er ikke'}"
    return f"Det nye mål {_reached(measure.revised)}"


def _reached(judged: Judged) -> str:
    words = {
        Verdict.MET: "er nået",
        Verdict.NEAR: "er tæt på at være nået",
        Verdict.MISSED: "er ikke nået",
        Verdict.NOT_DUE: "kan endnu ikke vurderes",
        Verdict.NO_DATA: "kan ikke vurderes",
        Verdict.NO_TARGET: "har ingen tal",
    }
    return words[judged.verdict]


def _subject(measure: MeasureStatus) -> str:
    unit = measure.measure.indicator.unit if measure.measure.indicator else ""
    return {"percent": "andelen", "count": "antallet", "rank": "placeringen"}.get(unit, measure.measure.short_name)


def _outcome(measure: MeasureStatus) -> str:
    judged = measure.revised if measure.revised.target else measure.original
    new = "det nye mål" if measure.revised.target and not measure.same_target else "målet"
    if judged.verdict == Verdict.MET:
        return f"når {new}"
    if judged.judgement.gap is None:
        return _reached(judged)
    return f"mangler {gap(measure, judged)}"


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
        return "uændret mål"
    if judged.target.rule == "relative":
        return f"bedre end {formats.number(judged.target.value)}" if judged.target.value is not None else ""
    return f"{judging_noun(judged)} {formats.as_printed(judged.target.printed)}"


def judging_noun(judged: Judged) -> str:
    return "loft" if judged.target and judged.target.rule == "ceiling" else "mål"


def gap(measure: MeasureStatus, judged: Judged) -> str:
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
        return "på målet" if judged.target.rule != "relative" else "på samme plads"
    persons = persons_in_words(measure, judged)
    return f"{gap(measure, judged)} {side(judged)}{f', {persons}' if persons else ''}"


def side(judged: Judged) -> str:
    above = judged.judgement.gap > 0
    if judged.target.rule == "relative":
        return "dårligere" if above else "bedre"
    return "over" if above else "under"


def persons_in_words(measure: MeasureStatus, judged: Judged) -> str:
    """ "ca. 40 personer", where the plan document says how many the share is of."""
    people = judging.in_persons(judged.judgement.gap, measure.measure.population)
    if people is None or measure.measure.indicator.unit != Indicator.Unit.PERCENT:
        return ""
    return f"ca.{formats.NBSP}{formats.difference(people, 'count')}"


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
        return f"fra {formats.measured(measure.year_ago.value, indicator.unit)}"
    decimals, unit = decimals_for(indicator, trend.change), indicator.unit
    return formats.difference(trend.change, unit, decimals, short=short, signed=True, counted=counted(indicator))


def trend_sentence(measure: MeasureStatus) -> str:
    """ "↑ dårligere end juli 2019 (+0,2 procentpoint)"."""
    trend, indicator = measure.trend, measure.measure.indicator
    if trend.change is None or measure.latest is None:
        return "kan ikke opgøres: der er ingen værdi for samme periode året før"
    before = periods.danish(measure.latest.period - 12, indicator.frequency).removeprefix("4 kvartaler til og med ")
    words = {
        "better": f"bedre end {before}",
        "worse": f"dårligere end {before}",
        "unchanged": f"uændret siden {before}",
        "up": f"højere end {before}, som loftet tager højde for",
        "down": f"lavere end {before}",
    }
    return f"{ARROWS[trend.movement]} {words[trend.direction]} ({trend_change(measure)})"


def required(measure: MeasureStatus, today: date) -> str:
    """What must happen for each target to be met when the plan's period ends.

    Empty when that cannot be said, or when the period has ended.
    """
    if today > measure.measure.goal.plan.period_end:
        return ""
    changes = [_required_change(measure, judged) for judged in _targets(measure)]
    return f"{'; '.join(filter(None, changes))}." if any(changes) else ""


def _targets(measure: MeasureStatus) -> list[Judged]:
    """The new target first; one alone where both say the same."""
    if measure.same_target:
        return [measure.revised]
    return [judged for judged in (measure.revised, measure.original) if judged.target]


def _required_change(measure: MeasureStatus, judged: Judged) -> str:
    target, latest = judged.target, measure.latest
    if latest is None or target is None or target.value is None or target.rule == "relative":
        return ""
    goal = formats.as_printed(target.printed)
    if judged.verdict == Verdict.MET:
        return f"ingen for at nå {goal}"
    end = measure.measure.goal.plan.period_end
    change = judging.required_change(latest.value, target.value, periods.of(end.year, end.month) - latest.period)
    if not change:
        return ""
    indicator = measure.measure.indicator
    decimals = min(formats.decimals_of(change), 2)
    amount = formats.difference(change, indicator.unit, decimals, counted=counted(indicator))
    way = "falde" if change < 0 else "stige"
    return f"skal {way} {amount} pr. måned for at nå {goal} i {periods.MONTHS[end.month - 1]}"


def rule_in_words(goal: GoalStatus) -> list[str]:
    """ "Sådan vurderer vi": the rule with this goal's own inputs."""
    lines = [_rule_of(measure) for measure in goal.measures]
    if len(goal.measures) > 1:
        lines.append("Et mål med flere målepunkter er kun nået, når alle er det; ellers får det det dårligste af dem.")
    return lines


def _rule_of(measure: MeasureStatus) -> str:
    lower = measure.measure.better == "lower"
    side = "på eller under" if lower else "på eller over"
    name = f"Mål {measure.measure.number}: {'lavere' if lower else 'højere'} er bedre. "
    if measure.first_target is None:
        return name + "Planen sætter intet mål med tal."
    if measure.first_target.rule == "relative":
        return name + "Nået, når placeringen er bedre end udgangspunktet; samme plads er ikke nok."
    limits = [_limit(measure, judged) for judged in _targets(measure)]
    tolerance = formats.number(
        measure.measure.tolerance_percent, formats.decimals_of(measure.measure.tolerance_percent)
    )
    near = f"Tæt på, når der højst mangler {tolerance}{formats.NBSP}% af målet ({'; '.join(limits)})."
    return f"{name}Nået, når værdien er {side} målet. {near}"


def _limit(measure: MeasureStatus, judged: Judged) -> str:
    target, indicator = judged.target, measure.measure.indicator
    share = target.value * measure.measure.tolerance_percent / 100
    lower = measure.measure.better == "lower"
    limit = target.value + (share if lower else -share)
    if indicator.unit != Indicator.Unit.PERCENT:  # whole persons: the last one that still counts as near
        limit = limit.to_integral_value(ROUND_FLOOR if lower else ROUND_CEILING)
    text = formats.measured(limit, indicator.unit, min(formats.decimals_of(limit), 3))
    return f"til og med {text} for {formats.as_printed(target.printed)}"
