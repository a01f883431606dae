"""Where a plan stands: its goals as known at a moment, judged against both targets. Read → judge, nothing stored."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone
from django.utils.dateparse import parse_date

from goals.models import Assessment, Decision, Goal, Measure, Plan, Section, Target
from goals.status.judged_targets import judged_target
from goals.status.milestones import milestones_of, unmeasured, unmeasured_goals
from goals.status.reading_queries import indicator_read, readings_of, with_breaks
from goals.status.readings import Reading
from goals.status.targets import newest_target_query, target_fact
from goals.status.trend import trend_of
from goals.status.types import GoalStatus, MeasureStatus, PlanStatus, Words
from indicators.as_known import made_later, restore_edits, value_at, with_edits_since
from indicators.as_of import rows_at
from indicators.models import Indicator

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
        owner = goals[0].goal.plan if goals else plan
        wanted = not goals or (goal is None and _has_unmeasured(goals))
        others = unmeasured_goals(owner, moment, number=goal) if owner and wanted else ()
    return PlanStatus(owner, goals, moment, others) if owner and (goals or others) else None


def _has_unmeasured(goals: tuple[GoalStatus, ...]) -> bool:
    """What was read beside the measures, so that a plan without such goals costs no query more."""
    return bool(goals[0].measures[0].measure.__dict__["beside_unmeasured"])


def _of_the_current_plan(moment: datetime) -> QuerySet[Measure]:
    now = Case(When(goal__plan__current=True, then=Value("True")), default=Value("False"))
    was_current = value_at(Plan, "goal__plan", "current", moment, now=now)
    return Measure.objects.alias(was_current=was_current).filter(was_current="True")


def goal_statuses(asked: Iterable[Goal], moment: datetime) -> list[GoalStatus]:
    """These goals, of any plans and in this order, those without measures too; in two queries."""
    goals = list(asked)
    with rows_at(moment):
        by_goal = _measure_statuses(Measure.objects.filter(goal__in=[goal.pk for goal in goals]), moment)
    milestones = milestones_of([goal for goal in goals if goal.kind == Goal.Kind.MILESTONE], moment)
    return [GoalStatus(goal, by_goal.get(goal.pk, ()), milestones.get(goal.pk)) for goal in goals]


def _measure_statuses(chosen: QuerySet[Measure], moment: datetime) -> dict[int, tuple[MeasureStatus, ...]]:
    """Goal id → its measures."""
    measures = list(_as_known(chosen, moment))
    for measure in measures:
        for ref in READ_WITH:
            restore_edits(measure, ref)
    read = with_breaks(measures, readings_of(measures, moment), [m.pk for m in measures if _looks_back(m)])
    for measure in measures:
        measure.indicator = indicator_read(measure)
    statuses = [_measure_status(m, reading, moment) for m, reading in zip(measures, read, strict=True)]
    grouped = groupby(statuses, key=lambda status: status.measure.goal_id)
    return {goal: tuple(group) for goal, group in grouped}


def _looks_back(measure: "WithAnnotations[Measure, ReadBeside]") -> bool:
    """Whether a target has a period's figure as its baseline."""
    facts = (measure.original_target, measure.revised_target)
    return any(fact["baseline_period"] is not None for fact in facts if fact)


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
        .exclude(against_indicator__visibility=Indicator.Visibility.INTERNAL)
        .select_related("goal__plan", "goal__section", "indicator", "area", "against", "against_indicator")
        .annotate(
            original_target=newest_target_query(Target.Kind.ORIGINAL, moment),
            revised_target=newest_target_query(Target.Kind.REVISED, moment),
            assessment=_newest_assessment(moment),
            decided_on=_newest_decision(moment),
            beside_unmeasured=Exists(unmeasured(OuterRef("goal__plan"))),
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
    measure: "WithAnnotations[Measure, ReadBeside]", reading: Reading, moment: datetime
) -> MeasureStatus:
    day = timezone.localtime(moment).date()
    facts = [target_fact(measure.original_target), target_fact(measure.revised_target)]
    original, revised = (judged_target(measure, fact, reading, day) for fact in facts)
    pick = (revised if revised.target else original).pick
    trend = trend_of(measure, reading.history, pick, facts)
    decided_on = parse_date(measure.decided_on or "")
    words = _words(measure.assessment)
    return MeasureStatus(measure, reading.history, pick, original, revised, trend, words, decided_on, reading)


def _words(facts: dict[str, Any] | None) -> Words | None:
    if not facts:
        return None
    written = datetime.fromisoformat(facts["made_at"])
    made_at = written if timezone.is_aware(written) else written.replace(tzinfo=UTC)
    return Words(**facts | {"made_at": made_at, "demo": bool(facts["demo"])})
