"""Goals without a measure as known at a moment: milestones, done by a day or not, and goals that are words alone."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from goals import judging
from goals.models import Goal, Plan, Progress
from goals.status.types import GoalStatus, MilestoneStatus
from indicators.as_known import as_known, is_now, made_later


def unmeasured(plan: Plan | OuterRef) -> QuerySet[Goal]:
    return Goal.objects.filter(plan=plan).exclude(kind=Goal.Kind.MEASURED)


def unmeasured_goals(plan: Plan, moment: datetime, *, number: int | None = None) -> tuple[GoalStatus, ...]:
    """The plan's, in order of their numbers, or the one with the number."""
    if plan.known_from is None or plan.known_from > timezone.localtime(moment).date():
        return ()
    rows = unmeasured(plan).exclude(made_later(Goal, "pk", moment)).select_related("plan", "section")
    chosen = rows if number is None else rows.filter(number=number)
    goals = as_known(chosen.order_by("number"), None if is_now(moment) else moment)
    milestones = milestones_of([goal for goal in goals if goal.kind == Goal.Kind.MILESTONE], moment)
    return tuple(GoalStatus(goal, (), milestones.get(goal.pk)) for goal in goals)


def milestones_of(goals: Sequence[Goal], moment: datetime) -> dict[int, MilestoneStatus]:
    """Goal id → how far it is, by the reports known at the moment; a query where there are milestones."""
    if not goals:
        return {}
    day = timezone.localtime(moment).date()
    reports = list(Progress.objects.filter(goal__in=[goal.pk for goal in goals], known_from__lte=day))
    return {goal.pk: _milestone(goal, [r for r in reports if r.goal_id == goal.pk], day) for goal in goals}


def _milestone(goal: Goal, reports: list[Progress], day: date) -> MilestoneStatus:
    done, counts = _done_on(goal, reports), [report.count for report in reports if report.count is not None]
    return MilestoneStatus(judging.judge_milestone(goal.due, done, day), done, counts[-1] if counts else None)


def _done_on(goal: Goal, reports: Iterable[Progress]) -> date | None:
    """The day that was reported; of so many of N the day on which it became known that all are."""
    for report in reports:
        if report.done_on or (goal.wanted and report.count is not None and report.count >= goal.wanted):
            return report.done_on or report.known_from
    return None
