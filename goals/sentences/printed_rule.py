"""The rule by which a goal is judged, in words and with the goal's own inputs ("Sådan vurderer vi")."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _

from goals import judging
from goals.sentences import measure_sentences
from goals.status.targets import rule_of
from goals.status.types import GoalStatus, Judged, MeasureStatus
from indicators import formats
from indicators.models import Indicator


def rule_in_words(goal: GoalStatus) -> list[str]:
    """ "Sådan vurderer vi": the rule with this goal's own inputs."""
    lines = [_rule_of(measure) for measure in goal.measures]
    if len(goal.measures) > 1:
        lines.append(
            _(
                "Et mål med flere målepunkter er kun nået, når alle er det; ellers får det det dårligste af dem, i "
                "denne orden: ikke nået, kan ikke vurderes, afventer tal, tæt på."
            )
        )
    indicators = [measure.indicator for measure in goal.measures if measure.measure.indicator]
    return [*lines, *dict.fromkeys(_unchanged_when(indicator) for indicator in indicators)]


def _unchanged_when(indicator: Indicator) -> str:
    """The trend's threshold, as the indicator states it."""
    if not indicator.trend_threshold:
        return _("Tendensen er uændret, når tallet er det samme som året før.")
    limit, decimals = indicator.trend_threshold, formats.decimals_of(indicator.trend_threshold)
    amount = formats.difference(limit, indicator.unit, decimals, counted=measure_sentences.counted(indicator))
    return _("Tendensen er uændret, når ændringen siden samme periode året før er under {amount}.").format(
        amount=amount
    )


def _rule_of(measure: MeasureStatus) -> str:
    lower = measure.measure.better == "lower"
    name = _("Mål {number}: lavere er bedre.") if lower else _("Mål {number}: højere er bedre.")
    return f"{name.format(number=measure.measure.number)} {_met_when(measure, lower)}"


def _met_when(measure: MeasureStatus, lower: bool) -> str:
    if measure.first_target is None:
        return _("Planen sætter intet mål med tal.")
    if measure.first_target.beats_yardstick:
        return _better_than(measure)
    return f"{_reached_when(measure.first_target.strict, lower)} {_near_when(measure)}"


def _reached_when(strict: bool, lower: bool) -> str:
    if strict:
        return _("Nået, når værdien er under målet.") if lower else _("Nået, når værdien er over målet.")
    return _("Nået, når værdien er på eller under målet.") if lower else _("Nået, når værdien er på eller over målet.")


def _better_than(measure: MeasureStatus) -> str:
    if measure.measure.indicator and measure.measure.indicator.unit == Indicator.Unit.RANK:
        return _(
            "Nået, når placeringen er bedre end udgangspunktet; samme plads er ikke nok, og ingen plads er tæt på."
        )
    return _("Nået, når værdien er bedre end udgangspunktet; samme værdi er ikke nok, og ingen værdi er tæt på.")


def _near_when(measure: MeasureStatus) -> str:
    told = measure_sentences.targets(measure)
    limits = [limit for judged in told if (limit := _limit(measure, judged))]
    if limits:
        return _("Tæt på, når der kun mangler lidt ({limits}).").format(limits="; ".join(limits))
    if any(judged.stated.near for judged in told):
        return _("Ingen afrundet værdi er tæt på.")
    return _("Ingen værdi er tæt på.")


def _limit(measure: MeasureStatus, judged: Judged) -> str:
    """The last value that is still near to the target: "til og med 8,652 % for 8,4 %"; empty where none is."""
    lower, indicator = measure.measure.better == "lower", measure.measure.indicator
    rule = rule_of(measure.measure, judged.target)
    if rule is None or (limit := judging.near_limit(rule)) is None:
        return ""
    towards = ROUND_FLOOR if lower else ROUND_CEILING
    if rule.decimals is not None:  # the value is rounded before it is judged: the last rounded one that is near
        limit = limit.quantize(Decimal(1).scaleb(-rule.decimals), rounding=towards)
        if limit == rule.value:
            return ""
    if indicator and indicator.unit != Indicator.Unit.PERCENT:  # whole persons: the last one that still is near
        limit = limit.to_integral_value(towards)
    text = formats.measured(limit, indicator.unit if indicator else "", min(formats.decimals_of(limit), 7))
    said = _("til og med {limit} for {target}") if lower else _("ned til og med {limit} for {target}")
    return said.format(limit=text, target=formats.as_printed(judged.stated.printed))
