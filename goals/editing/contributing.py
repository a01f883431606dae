"""Initiatives of other plans that serve a plan's goals and objectives: those it goes on with, and those it will."""

from typing import Any

from django.db.models import Q, QuerySet

from goals.models import Plan


def contributing(plan: Plan) -> QuerySet[Any]:
    """Of a draft those that will be tied to it when it is published."""
    if plan.known_from:
        served = Q(links__goal__plan=plan) | Q(links__objective__theme__plan=plan)
    else:
        goals = plan.successions.exclude(successor=None).values("goal")
        objectives = plan.objective_successions.exclude(successor=None).values("objective")
        served = Q(links__goal__in=goals) | Q(links__objective__in=objectives)
    others = plan.initiatives.model.objects.filter(served).exclude(plan=plan)
    return others.select_related("plan").distinct().order_by("plan__year", "position")
