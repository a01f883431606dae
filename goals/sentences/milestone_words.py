"""A goal without a measure in words: how far a milestone is, and that words alone are not judged."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.status.types import GoalStatus, MilestoneStatus
from indicators import formats


def milestone_in_words(goal: GoalStatus) -> str:
    """ "Gjort 2. januar 2021, 2 dage for sent", "23 af 38, senest 31. december 2020", "Målet er ord uden tal"."""
    if goal.milestone is None:
        return _("Målet er ord uden tal og bliver ikke vurderet.")
    said = [_how_far(goal, goal.milestone), _until_when(goal, goal.milestone)]
    return f"{', '.join(filter(None, said))}."


def _how_far(goal: GoalStatus, milestone: MilestoneStatus) -> str:
    if milestone.done_on:
        return _("Gjort {day}").format(day=formats.long_date(milestone.done_on))
    if goal.goal.wanted:
        return _("{count} af {wanted}").format(count=milestone.count or 0, wanted=goal.goal.wanted)
    return _("Ikke gjort endnu")


def _until_when(goal: GoalStatus, milestone: MilestoneStatus) -> str:
    if goal.goal.due is None:
        return _("der er ikke sat en dag")
    if milestone.judgement.reason == "late":
        days = int(milestone.judgement.gap or 0)
        return ngettext("{days} dag for sent", "{days} dage for sent", days).format(days=days)
    return _("senest {day}").format(day=formats.long_date(goal.goal.due))
