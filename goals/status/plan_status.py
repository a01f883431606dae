"""Where a plan stands: its goals as known at a moment, judged against both targets. Read → judge, nothing stored."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone
from django.utils.dateparse import parse_date

from goals import judging
from goals.judging import Judgement, Pick, Verdict
from goals.models import Assessment, Decision, Goal, Measure, Plan, Section, Target
from goals.status.targets import TargetFact, newest_target_query, rule_of, target_fact
from goals.status.trend import trend_of
from goals.status.types import GoalStatus, Judged, MeasureStatus, PlanStatus, Words
from indicators import periods
from indicators.as_known import made_later, restore_edits, value_at, with_edits_since
from indicators.as_of import rows_at
from indicators.models import Indicator
from indicators.queries.histories import History, SeriesKey, histories

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

# What is read with a measure, each as it was: path to it → its model.
READ_WITH = {"": Measure, "goal": Goal, "goal__plan": Plan, "goal__section": Section, "indicator": Indicator}


def plan_status(plan: Plan | None, moment: datetime, *, goal: int | None = None) -> PlanStatus | None:
    """All goals of the plan (or the one numbered `goal`), judged as known at the moment, in two queries.

    Without a plan: the one marked as current. None when it has no goals with measures, or was not known then.
    """
    with rows_at(moment):
        chosen = Measure.objects.filter(goal__plan=plan) if plan else _of_the_current_plan(moment)
        by_goal = _measure_statuses(chosen if goal is None else chosen.filter(goal__number=goal), moment)
    goals = tuple(GoalStatus(group[0].measure.goal, group) for group in by_goal.values())
    return PlanStatus(goals[0].goal.plan, goals, moment) if goals else None


def _of_the_current_plan(moment: datetime) -> QuerySet[Measure]:
    now = Case(When(goal__plan__current=True, then=Value("True")), default=Value("False"))
    was_current = value_at(Plan, "goal__plan", "current", moment, now=now)
    return Measure.objects.alias(was_current=was_current).filter(was_current="True")


def goal_statuses(goals: Iterable[Goal], moment: datetime) -> list[GoalStatus]:
    """These goals, of any plans and in this order, those without measures too; in two queries."""
    with rows_at(moment):
        by_goal = _measure_statuses(Measure.objects.filter(goal__in=[goal.pk for goal in goals]), moment)
    return [GoalStatus(goal, by_goal.get(goal.pk, ())) for goal in goals]


def _measure_statuses(chosen: QuerySet[Measure], moment: datetime) -> dict[int, tuple[MeasureStatus, ...]]:
    """Goal id → its measures."""
    measures = list(_as_known(chosen, moment))
    for measure in measures:
        for ref in READ_WITH:
            restore_edits(measure, ref)
    keys = [series_key(measure) for measure in measures]
    read = histories([key for key in keys if key], moment=moment)
    own = [read.get(key) if key else None for key in keys]
    statuses = [_measure_status(m, history, moment) for m, history in zip(measures, own, strict=True)]
    grouped = groupby(statuses, key=lambda status: status.measure.goal_id)
    return {goal: tuple(group) for goal, group in grouped}


def series_key(measure: Measure) -> SeriesKey | None:
    """The one series the measure reads: a sub-group's values can never stand for the whole."""
    if not (measure.indicator and measure.area):
        return None
    return SeriesKey(measure.indicator.code, measure.area.code, measure.breakdown)


class ReadBeside(TypedDict):
    """What one query reads with a measure, as JSON of the database."""

    original_target: dict[str, Any] | None
    revised_target: dict[str, Any] | None
    assessment: dict[str, Any] | None
    decided_on: str | None


def _as_known(measures: QuerySet[Measure], moment: datetime) -> "Iterable[WithAnnotations[Measure, ReadBeside]]":
    day = timezone.localtime(moment).date()
    return (
        with_edits_since(measures, moment, READ_WITH)
        .filter(goal__plan__known_from__lte=day)
        .exclude(made_later(Measure, "pk", moment))
        .exclude(indicator__visibility=Indicator.Visibility.INTERNAL)
        .select_related("goal__plan", "goal__section", "indicator", "area")
        .annotate(
            original_target=newest_target_query(Target.Kind.ORIGINAL, moment),
            revised_target=newest_target_query(Target.Kind.REVISED, moment),
            assessment=_newest_assessment(moment),
            decided_on=_newest_decision(moment),
        )
        .order_by("goal__number", "goal", "part")
    )


def _newest_assessment(moment: datetime) -> Subquery:
    names = [name for name in Words.__dataclass_fields__ if name != "made_at"]
    facts = JSONObject(made_at=Cast("made_at", CharField()), **{name: F(name) for name in names})
    known = Assessment.objects.public(moment).filter(measure=OuterRef("pk"))
    return Subquery(known.order_by("-made_at").values(facts=facts)[:1])


def _newest_decision(moment: datetime) -> Subquery:
    then = value_at(Decision, "pk", "meeting", moment, now=Cast("meeting", CharField()))
    known = Decision.objects.filter(goal=OuterRef("goal"), known_from__lte=timezone.localtime(moment).date())
    return Subquery(known.annotate(then=then).exclude(then=None).order_by("-then").values("then")[:1])


def _measure_status(
    measure: "WithAnnotations[Measure, ReadBeside]", history: History | None, moment: datetime
) -> MeasureStatus:
    history = history or History(SeriesKey("", "", ""), synthetic=False, points=())
    start, end = measure.goal.plan.period_start, measure.goal.plan.period_end
    pick = judging.pick(history.points, periods.of(start.year, start.month), periods.of(end.year, end.month))
    day = timezone.localtime(moment).date()
    targets = [target_fact(measure.original_target), target_fact(measure.revised_target)]
    original, revised = (_judged(measure, target, history, pick, day) for target in targets)
    trend = trend_of(measure, history, pick, targets)
    decided_on = parse_date(measure.decided_on or "")
    return MeasureStatus(measure, history, pick, original, revised, trend, _words(measure.assessment), decided_on)


def _first_expected(measure: Measure, target: TargetFact | None) -> date:
    """The day the first settled figure the target can be judged on is expected: the last one's where only that counts.

    One period and its publication lag after the start; one period later where the newest figure is never final.
    """
    indicator, plan = measure.indicator, measure.goal.plan
    if indicator is None:
        return plan.period_start
    step = _step(indicator)
    start = periods.of(plan.period_start.year, plan.period_start.month)
    if target and target.basis == Target.Basis.LAST:
        start = periods.of(plan.period_end.year, plan.period_end.month) + 1 - step
    end = start + step * (2 if indicator.newest_is_provisional else 1)
    return date(*periods.year_month(end), 1) + timedelta(days=indicator.publication_lag)


def _step(indicator: Indicator) -> int:
    return periods.STEPS[periods.Frequency(indicator.frequency)]


def _judged(measure: Measure, target: TargetFact | None, history: History, pick: Pick, day: date) -> Judged:
    rule = rule_of(measure, target)
    if target and not rule:
        return Judged(target, Judgement(Verdict.NO_DATA, reason="contradiction"))
    value = _judged_value(measure, measure.indicator, target, history, pick) if target and measure.indicator else None
    due = judging.is_due(day, _first_expected(measure, target))
    judgement = judging.judge(value, rule, due=due, only_provisional=pick.only_provisional)
    return Judged(target, judgement, value)


def _judged_value(
    measure: Measure, indicator: Indicator, target: TargetFact, history: History, pick: Pick
) -> Decimal | None:
    plan = measure.goal.plan
    first = periods.of(plan.period_start.year, plan.period_start.month)
    last = periods.of(plan.period_end.year, plan.period_end.month)
    step, length = _step(indicator), _length(indicator)
    return judging.judged_value(
        history.points, pick.settled, target.basis, first=first, last=last, step=step, length=length
    )


def _length(indicator: Indicator) -> int:
    """How many months one figure is of."""
    if indicator.accumulation == Indicator.Accumulation.ROLLING_12:
        return 12
    return periods.LENGTHS[periods.Frequency(indicator.frequency)]


def _words(facts: dict[str, Any] | None) -> Words | None:
    if not facts:
        return None
    written = datetime.fromisoformat(facts["made_at"])
    made_at = written if timezone.is_aware(written) else written.replace(tzinfo=UTC)
    return Words(**facts | {"made_at": made_at, "demo": bool(facts["demo"])})
