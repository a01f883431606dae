"""What the verdict would be by each edition of the benchmark, where the plan does not say which one it means."""

from django.utils.translation import gettext as _

from goals import judging
from goals.status.targets import rule_of
from goals.status.types import MeasureStatus
from indicators import formats, periods
from indicators.queries.histories import Point


def edition_effect(measure: MeasureStatus) -> str:
    """ "43: nået · 49: ikke nået", by the editions known of the plan's year; empty where all come to the same."""
    rule = rule_of(measure.measure, measure.revised.target or measure.original.target)
    judged = [(point, judging.judge(point.value, rule).verdict) for point in _editions(measure)]
    if len({verdict for _point, verdict in judged}) < 2:
        return ""
    decimals = measure.indicator.decimals
    verdicts = [f"{formats.number(p.value or 0, decimals)}: {verdict.label.lower()}" for p, verdict in judged]
    frequency = measure.indicator.frequency
    ends = formats.listed([periods.named_by_end(point.period, frequency) for point, _verdict in judged])
    text = _("Svaret afgør dommen. {verdicts} (udgaverne til og med {ends}).")
    return text.format(verdicts=" · ".join(verdicts), ends=ends)


def _editions(measure: MeasureStatus) -> list[Point]:
    indicator, plan = measure.measure.indicator, measure.measure.goal.plan
    if indicator is None or indicator.frequency != periods.Frequency.ROLLING_QUARTERS:
        return []
    first, last = (periods.of(day.year, day.month) for day in (plan.period_start, plan.period_end))
    within = [point for point in measure.history.points if first <= point.period <= last]
    return [point for point in within if point.value is not None and not point.provisional]
