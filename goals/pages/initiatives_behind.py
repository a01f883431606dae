"""The initiatives behind goals and objectives, read through the reverse relation that `initiatives.Link` gives them.

Goals import nothing of the app above: what they know of it are the relations listed in tests/test_architecture.py.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from goals.models import Goal, Objective
from indicators.as_known import as_known


@dataclass(frozen=True)
class GoalInitiative:
    """An initiative behind a goal, and its newest public status; None where none was known."""

    initiative: Any
    update: Any | None


def initiatives_behind(goal: Goal, moment: datetime, past: datetime | None = None) -> list[GoalInitiative]:
    """The initiatives linked to the goal with their newest status as known, by the initiatives' own relation."""
    links = goal.links.filter(initiative__plan__known_from__lte=timezone.localdate(moment))
    known = as_known(links.select_related("initiative").prefetch_related("initiative__status_updates"), past)
    initiatives = as_known([link.initiative for link in known], past)
    return [GoalInitiative(initiative, initiative.status_at(moment)) for initiative in initiatives]


def links_known(day: date) -> Prefetch:
    """To prefetch of objectives: their links to initiatives of plans known on the day, in the document's order."""
    links = Objective.links.rel.related_model._base_manager
    known = links.filter(initiative__plan__known_from__lte=day).order_by("pk").select_related("initiative")
    return Prefetch("links", known)
