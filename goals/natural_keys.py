"""The names by which people and the audit trail know the parts of plans: slugs and numbers, never database keys."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.utils.text import slugify

from goals import models

KEYS: dict[type[Model], Callable[[Any], str]] = {
    models.Plan: lambda plan: plan.slug,
    models.Goal: lambda goal: f"{goal.plan.slug}/{goal.number}",
    models.Measure: lambda measure: f"{measure.goal.plan.slug}/{measure.code}",
    models.Target: lambda target: f"{target.measure.goal.plan.slug}/{target.measure.code}",
    models.Objective: lambda objective: f"{objective.theme.plan.slug}/{objective.number}",
    models.Theme: lambda theme: f"{theme.plan.slug}/{theme.number}",
    models.Priority: lambda priority: f"{key_of(priority.objective)}/{priority.year}",
    models.FocusArea: lambda area: f"{area.plan.slug}/{area.code}",
    models.Event: lambda event: f"{event.plan.slug}/{event.name}",
    models.Statement: lambda statement: f"{statement.plan.slug}/{statement.code}",
    models.Section: lambda section: f"{section.plan.slug}/{section.code}",
    models.Decision: lambda decision: f"{decision.plan.slug}/{decision.code}",
    models.OpenQuestion: lambda question: f"{question.plan.slug}/{question.code}",
    models.Answer: lambda answer: key_of(answer.question),
    models.ObjectiveTarget: lambda target: key_of(target.objective),
    models.ObjectiveSuccession: lambda step: f"{step.plan.slug}/{key_of(step.objective)}",
    models.Succession: lambda step: f"{step.plan.slug}/{key_of(step.goal)}",
}


def slug_of(name: str) -> str:
    """A name as it stands in an address: Danish letters are written out."""
    return slugify(name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa"))


def key_of(row: Model) -> str:
    """Rows of the apps above have a key, a code or a slug of their own."""
    named = KEYS.get(type(row))
    own = (getattr(row, name, None) for name in ("key", "code", "slug", "pk"))
    return named(row) if named else str(next(filter(None, own)))
