"""A reading held against one target on a day: which figure it speaks of, whether that is due, and the verdict."""

from datetime import date, timedelta
from decimal import Decimal

from goals import judging
from goals.judging import Judgement, Pick, Verdict
from goals.models import Measure, Target
from goals.status.readings import Reading, rounded
from goals.status.targets import TargetFact, at_step, from_baseline, rule_of
from goals.status.types import Judged
from indicators import periods
from indicators.models import Indicator
from indicators.queries.histories import Point

AT_THE_END = (Target.Basis.LAST, Target.Basis.TOTAL)  # only the last figure tells


def judged_target(measure: Measure, target: TargetFact | None, reading: Reading, day: date) -> Judged:
    """The verdict, with the number that is judged and the figure it is of."""
    if target and target.path:
        target = _newest_step_due(measure, target, day)
    if target and target.rule == Target.Rule.CHANGE:
        target = _with_baseline(measure, target, reading)
    if target and target.rounded and measure.indicator:
        reading = rounded(reading, measure.indicator.decimals)
    first, last = window(measure, target)
    pick = judging.pick(reading.history.points, first, last)
    return _judged(measure, target, reading, pick, day)


def window(measure: Measure, target: TargetFact | None) -> tuple[int, int]:
    """The months the target speaks of: the plan's, unless it says so itself."""
    plan = measure.goal.plan
    first, last = (periods.of(one.year, one.month) for one in (plan.period_start, plan.period_end))
    if target is None:
        return first, last
    return first if target.first is None else target.first, last if target.due is None else target.due


def _newest_step_due(measure: Measure, target: TargetFact, day: date) -> TargetFact:
    """The step whose last figure is expected by the day; before that the first one, which is not due."""
    expected = [_expected(measure, _last_period(measure, step.due)) for step in target.path]
    return at_step(target, max((n for n, one in enumerate(expected) if judging.is_due(day, one)), default=0))


def _with_baseline(measure: Measure, target: TargetFact, reading: Reading) -> TargetFact:
    """Typed, or the reading of the baseline's period as it is known; a break since leaves nothing to compare."""
    if target.baseline_period is None:
        return from_baseline(target, target.baseline, "no_yardstick")
    newest = judging.pick(reading.history.points, *window(measure, target)).settled
    until = newest.period if newest else window(measure, target)[1]
    if any(target.baseline_period < period <= until for period in reading.breaks):
        return from_baseline(target, None, "break")
    point = next((p for p in reading.history.points if p.period == target.baseline_period), None)
    return from_baseline(target, point.value if point and not point.provisional else None, "no_yardstick")


def _judged(measure: Measure, target: TargetFact | None, reading: Reading, pick: Pick[Point], day: date) -> Judged:
    rule = rule_of(measure, target)
    if target and not rule:
        return Judged(target, Judgement(Verdict.NO_DATA, reason="contradiction"), None, pick)
    first, last = window(measure, target)
    due = judging.is_due(day, _first_expected(measure, target))
    told = target is not None and (due or not target.path)  # of a path that has not begun nothing is judged
    value = _judged_value(measure.indicator, target, reading, pick, (first, last)) if target and told else None
    why = reading.why_none(first, last) if pick.settled is None else "no_value"
    return Judged(target, judging.judge(value, rule, due=due, why=why), value, pick)


def _judged_value(
    indicator: Indicator | None, target: TargetFact, reading: Reading, pick: Pick[Point], months: tuple[int, int]
) -> Decimal | None:
    if indicator is None:
        return None
    (first, last), step = months, _step(indicator)
    return judging.judged_value(
        reading.history.points, pick.settled, target.basis, first=first, last=last, step=step, length=_length(indicator)
    )


def _first_expected(measure: Measure, target: TargetFact | None) -> date:
    """The day the first figure the target can be judged on is expected: the last one's where only that counts."""
    first, last = window(measure, target)
    if target and (target.path or target.basis in AT_THE_END):
        return _expected(measure, _last_period(measure, last))
    return _expected(measure, first)


def _expected(measure: Measure, period: int) -> date:
    """The day a period's figure is expected to be settled: with its publication lag after the period has ended.

    One period later where the newest figure is never final.
    """
    indicator = measure.indicator
    if indicator is None:
        return measure.goal.plan.period_start
    end = period + _step(indicator) * (2 if indicator.newest_is_provisional else 1)
    return date(*periods.year_month(end), 1) + timedelta(days=indicator.publication_lag)


def _last_period(measure: Measure, month: int) -> int:
    """The last period that has ended with the month."""
    return month + 1 - _step(measure.indicator) if measure.indicator else month


def _step(indicator: Indicator) -> int:
    return periods.STEPS[periods.Frequency(indicator.frequency)]


def _length(indicator: Indicator) -> int:
    """How many months one figure is of."""
    if indicator.accumulation == Indicator.Accumulation.ROLLING_12:
        return 12
    return periods.LENGTHS[periods.Frequency(indicator.frequency)]
