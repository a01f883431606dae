"""Verdicts that differ between two views of a plan: two days, or before and after a change that is being considered."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goals.judging import Verdict
from goals.models import Plan
from goals.status.plan_status import plan_status
from goals.status.types import GoalStatus, Judged, MeasureStatus, PlanStatus


@dataclass(frozen=True)
class VerdictChange:
    """A measure whose verdict against one of its targets is another than it was."""

    measure: MeasureStatus
    before: MeasureStatus | None  # None: the plan was not known on the first day
    against: str
    was: str
    now: Verdict
    value_before: Decimal | None = None  # the numbers that were judged
    value: Decimal | None = None

    @property
    def averaged(self) -> bool:
        """Whether another number than the newest figure is judged."""
        latest = self.measure.latest
        return latest is not None and self.value is not None and self.value != latest.value


def verdict_changes(then: PlanStatus | None, now: PlanStatus | None) -> list[VerdictChange]:
    before = {measure.measure.pk: measure for measure in then.measures} if then else {}
    return [
        change
        for measure in (now.measures if now else [])
        for change in _of_measure(before.get(measure.measure.pk), measure)
    ]


def changed_goals(then: PlanStatus | None, now: PlanStatus | None) -> list[GoalStatus]:
    """The goals whose own verdict, against either target, is another: a measure's may change and its goal's stay."""
    before = {goal.goal.pk: _verdicts(goal) for goal in then.goals} if then else {}
    untold = (Verdict.NO_TARGET, Verdict.NO_TARGET)
    return [goal for goal in (now.goals if now else ()) if before.get(goal.goal.pk, untold) != _verdicts(goal)]


def _verdicts(goal: GoalStatus) -> tuple[Verdict, Verdict]:
    return goal.original, goal.revised


def _of_measure(before: MeasureStatus | None, now: MeasureStatus) -> list[VerdictChange]:
    pairs = [
        (_("oprindeligt mål"), before.original if before else None, now.original),
        (_("nyt mål"), before.revised if before else None, now.revised),
    ]
    return [
        VerdictChange(now, before, name, _word(was), is_now.verdict, was.value if was else None, is_now.value)
        for name, was, is_now in pairs
        if _word(was) != _word(is_now)
    ]


def _word(judged: Judged | None) -> str:
    """Before there was a plan, there was no target."""
    return str((judged.verdict if judged else Verdict.NO_TARGET).label)


@dataclass(frozen=True)
class Effect:
    """What a change would do to the verdicts of its plan."""

    changes: list[VerdictChange]
    judged: int  # measures with a verdict, changed or not
    draft: bool  # of a draft nothing is judged yet


def effect_of(act: Callable[[], Any], plan: Plan) -> Effect:
    """Tried in earnest, looked at and taken back: what is shown, and refused, is what saving does."""
    with transaction.atomic():
        before = plan_status(plan, timezone.now())
        act()
        after = plan_status(plan, timezone.now())
        transaction.set_rollback(True)
    return Effect(verdict_changes(before, after), len(after.measures) if after else 0, plan.known_from is None)
