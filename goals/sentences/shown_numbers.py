"""The number that is judged and its distance to a target, as printed: rounded, but never to another verdict."""

from decimal import ROUND_HALF_UP, Decimal

from goals import judging
from goals.models import Target
from goals.status.targets import rule_of
from goals.status.types import Judged, MeasureStatus
from indicators import formats
from indicators.models import Indicator

AVERAGES = (Target.Basis.AVERAGE, Target.Basis.ROLLING)
WHOLE_PERIOD = (*AVERAGES, Target.Basis.TOTAL)  # many figures make the number that is judged
MOST = 28  # decimals, of an average


def is_average(judged: Judged) -> bool:
    return judged.target is not None and Target.Basis(judged.target.basis) in AVERAGES and judged.value is not None


def value_in_words(measure: MeasureStatus, judged: Judged) -> str:
    """The number that is judged; a dash where there is none."""
    indicator = measure.measure.indicator
    if indicator is None or judged.value is None:
        return "–"
    return formats.measured(judged.value, indicator.unit, decimals_of(measure, judged), indicator.unit_name)


def figure_in_words(measure: MeasureStatus, value: Decimal | None) -> str:
    """A figure of the measure's own series."""
    indicator = measure.measure.indicator
    if indicator is None or value is None:
        return "–"
    return formats.measured(value, indicator.unit, _decimals(measure, value, indicator.decimals), indicator.unit_name)


def distance(measure: MeasureStatus, judged: Judged) -> Decimal:
    """From the target to the value as it is printed, so that the printed numbers add up."""
    gap = judged.judgement.gap or Decimal(0)
    if judged.value is None or judged.target is None or judged.target.value is None or not measure.measure.indicator:
        return gap
    return _rounded(judged.value, decimals_of(measure, judged)) - judged.target.value


def decimals_of(measure: MeasureStatus, judged: Judged) -> int:
    """One more than the figures have where an average is judged: that falls between them, if it is not one of them."""
    own = measure.indicator.decimals
    between = is_average(judged) and not (measure.latest and judged.value == measure.latest.value)
    least = max(own, min(own + 1, 2)) if between else own
    return _decimals(measure, judged.value or Decimal(0), least)


def difference_decimals(indicator: Indicator, value: Decimal) -> int:
    """The indicator's decimals, or those up to two the value has, or as many as show that there is a difference.

    A difference of counts is told in whole ones, as long as that leaves something.
    """
    if indicator.unit == Indicator.Unit.COUNT and abs(value) >= 1:
        return indicator.decimals
    least = max(indicator.decimals, min(formats.decimals_of(value), 2))
    return next((n for n in range(least, MOST) if not value or _rounded(value, n)), least)


def _decimals(measure: MeasureStatus, value: Decimal, least: int) -> int:
    """The fewest, and no fewer than `least`, that leave the value where it is to targets and their near-limits."""
    rules = [
        rule for judged in (measure.original, measure.revised) if (rule := rule_of(measure.measure, judged.target))
    ]
    targets = [rule.value for rule in rules if rule.value is not None]
    lines = [*targets, *(limit for rule in rules if (limit := judging.near_limit(rule)) is not None)]
    least = max([least, *(min(formats.decimals_of(value), formats.decimals_of(target)) for target in targets)])
    for decimals in range(least, MOST):
        shown = _rounded(value, decimals)
        if all(shown.compare(line) == value.compare(line) for line in lines):
            return decimals
    return MOST


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
