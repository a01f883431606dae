"""A measure's whole history with both targets, for a reader who explores: the same axis and words as the drawing."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from goals.charts.step_scales import axis_ticks, axis_value
from goals.sentences.measure_sentences import axis_note, unknown_start
from goals.status.targets import TargetFact
from goals.status.types import MeasureStatus
from indicators import periods
from indicators.charts import svg
from indicators.charts.plotly_figure import Caption, TargetLine, about, lines_figure, with_unit
from indicators.translation import translated

UNKNOWN_START = timedelta(days=61)  # how much of the line is dotted where nobody knows its first day


def target_figure(status: MeasureStatus, day: date) -> dict:
    """As a plotly figure (a dict), as known on `day`."""
    measure, histories = status.measure, {str(status.measure.area): status.history}
    targets = _targets(status)
    values = [point.value for point in status.history.points if point.value is not None]
    ticks = svg.extend_ticks(axis_ticks(status), values) if values else []
    marks = {tick: axis_value(status, tick) for tick in ticks}
    what = _("Mål {number}: {name}").format(number=measure.number, name=translated(measure.short_name))
    lines = about(status.indicator, histories, day)
    if said := unknown_start(status):
        lines.append(said)
    caption = Caption(
        title=with_unit(what, status.indicator),
        lines=lines,
        axis=axis_note(status, marks[ticks[0]]) if ticks else "",
        file=f"maal-{measure.number}-{day.isoformat()}",
    )
    return lines_figure(status.indicator, histories, caption, marks, targets)


def _targets(status: MeasureStatus) -> list[TargetLine]:
    plan, original, revised = status.measure.goal.plan, status.original.target, status.revised.target
    lines = []
    if original and original.value is not None:
        lines.append(TargetLine(_("Oprindeligt mål"), original.value, plan.period_start, plan.period_end, "dash"))
    if revised and revised.value is not None:
        lines.append(_new_target(status, revised, revised.value))
    return lines


def _new_target(status: MeasureStatus, revised: TargetFact, value: Decimal) -> TargetLine:
    name, plan = _("Nyt mål"), status.measure.goal.plan
    if revised.valid_from:
        return TargetLine(name, value, revised.valid_from, plan.period_end, "solid")
    points = [p for p in status.history.points if periods.first_day(p.period) >= plan.period_start]
    beside = [p.value for p in points if p.value is not None]
    above = sum(number > value for number in beside) < sum(number < value for number in beside)
    name, first = f"{name} {_('(dato ikke oplyst)')}", revised.period_start
    return TargetLine(name, value, first + UNKNOWN_START, plan.period_end, "solid", first, above)
