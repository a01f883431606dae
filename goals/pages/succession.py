"""What became of the plan before: its goals continued, changed or dropped, and objectives from year to year.

What the documents do not say is "afklares"; a goal that was dropped keeps its page and its last status.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals.models import Goal, Objective, ObjectiveSuccession, Plan, Priority, Succession
from goals.status.plan_status import goal_statuses
from goals.status.types import GoalStatus
from indicators.as_known import as_known

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

UNKNOWN = _("afklares")
BETWEEN_YEARS: "dict[tuple[bool | None, bool | None], StrOrPromise]" = {
    (True, True): _("fortsat prioriteret"),
    (True, False): _("ikke længere prioriteret"),
    (False, True): _("ny prioritet"),
    (False, False): _("heller ikke før prioriteret"),
}


@dataclass(frozen=True)
class GoalStep:
    """A goal of the plan before, its last status, and its outcome in this one."""

    status: GoalStatus
    outcome: "StrOrPromise"
    successor: Goal | None
    note: str

    @property
    def goal(self) -> Goal:
        return self.status.goal

    @property
    def open(self) -> bool:
        return self.outcome == UNKNOWN


@dataclass(frozen=True)
class ObjectiveStep:
    """An objective of the plan before, and its outcome in this one."""

    objective: Objective
    outcome: "StrOrPromise"
    successor: Objective | None
    note: str

    @property
    def open(self) -> bool:
        return self.outcome == UNKNOWN


@dataclass(frozen=True)
class Following:
    before: Plan
    steps: list[GoalStep]
    new_goals: list[Goal]
    objectives: "list[tuple[StrOrPromise, int]]"  # how many objectives took which way
    years: tuple[int, int]
    objective_steps: list[ObjectiveStep]
    new_objectives: list[Objective]

    @property
    def unknown(self) -> int:
        return sum(step.open for step in self.steps)

    @property
    def unknown_objectives(self) -> int:
        return sum(step.open for step in self.objective_steps)


def following(plan: Plan, moment: datetime, past: datetime | None = None) -> Following | None:
    """None for a plan that follows none, or none that was known."""
    before = plan.follows
    if before is None or not before.known_from or before.known_from > timezone.localtime(moment).date():
        return None
    steps = as_known(plan.successions.select_related("successor__plan"), past)
    stated = {step.goal_id: step for step in steps}
    goals, own = (as_known(p.goals.select_related("plan"), past) for p in (before, plan))
    taken = {step.successor_id for step in stated.values()}
    objective_steps, new_objectives = _objectives_from(before, plan, timezone.localtime(moment).date())
    return Following(
        before=before,
        steps=[_step(status, stated.get(status.goal.pk)) for status in goal_statuses(goals, moment)],
        new_goals=[goal for goal in own if goal.pk not in taken],
        objectives=_objectives(plan, before.year, moment),
        years=(before.year, plan.year),
        objective_steps=objective_steps,
        new_objectives=new_objectives,
    )


def _step(status: GoalStatus, stated: Succession | None) -> GoalStep:
    if stated is None:
        return GoalStep(status, UNKNOWN, None, "")
    return GoalStep(status, stated.get_outcome_display(), stated.successor, stated.note)


def _objectives_from(before: Plan, plan: Plan, day: date) -> tuple[list[ObjectiveStep], list[Objective]]:
    """Told by number, since either plan may have put one in other words since. Nothing where there were none."""
    earlier = list(Objective.objects.valid_on(day).filter(theme__plan=before).select_related("theme__plan"))
    if not earlier:
        return [], []
    said = plan.objective_successions.select_related("objective", "successor__theme__plan")
    stated = {step.objective.number: step for step in said}
    taken = {step.successor.number for step in stated.values() if step.successor}
    now = Objective.objects.valid_on(day).filter(theme__plan=plan).exclude(number__in=taken)
    return [_objective_step(o, stated.get(o.number)) for o in earlier], list(now.select_related("theme__plan"))


def _objective_step(objective: Objective, stated: ObjectiveSuccession | None) -> ObjectiveStep:
    if stated is None:
        return ObjectiveStep(objective, UNKNOWN, None, "")
    return ObjectiveStep(objective, stated.get_outcome_display(), stated.successor, stated.note)


def _objectives(plan: Plan, year_before: int, moment: datetime) -> "list[tuple[StrOrPromise, int]]":
    day = timezone.localtime(moment).date()
    found = Objective.objects.valid_on(day).filter(theme__plan=plan).prefetch_related("priorities")
    counts = Counter(_way(objective.priorities.all(), year_before, plan.year) for objective in found)
    return sorted(counts.items(), key=lambda way: (way[0] == UNKNOWN, str(way[0])))


def _way(priorities: Iterable[Priority], before: int, now: int) -> "StrOrPromise":
    """Only two known answers make a way; one unknown leaves it open."""
    answers = {priority.year: priority.prioritised for priority in priorities}
    return BETWEEN_YEARS.get((answers.get(before), answers.get(now)), UNKNOWN)
