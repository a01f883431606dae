"""Krævet ændring pr. måned: what must happen for the targets to be met when the plan's period ends, in words."""

from datetime import date
from decimal import ROUND_UP, Decimal

from django.utils.translation import gettext as _

from goals import judging
from goals.judging import Verdict, contradicts
from goals.sentences import measure_sentences
from goals.sentences.shown_numbers import WHOLE_PERIOD
from goals.status.targets import TargetFact
from goals.status.types import Judged, MeasureStatus
from indicators import formats, periods
from indicators.models import Indicator


def required(measure: MeasureStatus, today: date) -> str:
    """For each target. Empty when it cannot be said, or when the months it speaks of are over."""
    told = [judged for judged in measure_sentences.targets(measure) if today <= _end(measure, judged.stated)]
    changes = [_change(measure, judged) for judged in told]
    return f"{'; '.join(filter(None, changes))}." if any(changes) else ""


def _end(measure: MeasureStatus, target: TargetFact) -> date:
    """The last day the target speaks of: the plan's, unless it says so itself."""
    return measure.measure.goal.plan.period_end if target.due is None else periods.last_day(target.due)


def _change(measure: MeasureStatus, judged: Judged) -> str:
    target, latest = judged.stated, measure.latest
    if latest is None or not _one_month_can_say(target, measure.measure.better):
        return ""
    goal = formats.as_printed(target.printed)
    if judged.verdict == Verdict.MET or _is_there(measure, judged.aim):
        return _("ingen for at nå {target}").format(target=goal)
    end = _end(measure, target)
    change = judging.required_change(latest.value, judged.aim, periods.of(end.year, end.month) - latest.period)
    if not change:
        return ""
    text = (
        _("skal falde {amount} pr. måned for at nå {target} i {month}")
        if change < 0
        else _("skal stige {amount} pr. måned for at nå {target} i {month}")
    )
    amount, month = _enough(change, measure.indicator), periods.named(periods.of(end.year, end.month), "M")
    return text.format(amount=amount, target=goal, month=month)


def _is_there(measure: MeasureStatus, target: Decimal) -> bool:
    """Whether the newest figure would meet the target: then nobody is asked to move it, least of all for the worse."""
    value = measure.figure.value
    if value is None:
        return False
    return value <= target if measure.measure.better == "lower" else value >= target


def _one_month_can_say(target: TargetFact, better: str) -> bool:
    """Of an average, a sum, or a place that must be bettered, no single month can."""
    if contradicts(target.rule, better):
        return False
    return target.value is not None and not target.beats_yardstick and target.basis not in WHOLE_PERIOD


def _enough(change: Decimal, indicator: Indicator) -> str:
    """Rounded up, since less a month would not lead to the target; of persons and spells only whole ones can change."""
    whole = indicator.unit == Indicator.Unit.COUNT and abs(change) >= 1
    pace = change.quantize(Decimal(1) if whole else Decimal("0.01"), rounding=ROUND_UP)
    return formats.difference(
        pace, indicator.unit, formats.decimals_of(pace), counted=measure_sentences.counted(indicator)
    )
