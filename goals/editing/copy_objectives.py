"""A plan's themes and objectives taken on to the next plan's draft, and their initiatives when it is published."""

from collections.abc import Mapping

from django.db.models import QuerySet

from accounts.models import User
from goals.editing.audited_change import create
from goals.models import Objective, ObjectiveSuccession, ObjectiveTarget, Plan, Priority, Succession, Theme
from goals.models.plans import Confidence

Outcomes = Mapping[int | str, tuple[str, str]]  # a goal's number or an objective's → what becomes of it, and a remark


def last_wordings(plan: Plan) -> QuerySet[Objective]:
    """The plan's objectives as they are worded last; one whose last wording has ended goes no further."""
    return Objective.objects.filter(theme__plan=plan, valid_to=None)


def copy_objectives(plan: Plan, draft: Plan, outcomes: Outcomes, by: User) -> None:
    """With the themes they stand in. A theme goes on unless all that stood in it is dropped."""
    wordings = list(last_wordings(plan).prefetch_related("targets", "priorities"))
    for theme in plan.themes.all():
        own = [objective for objective in wordings if objective.theme_id == theme.pk]
        kept = [objective for objective in own if outcomes[objective.number][0] != Succession.Outcome.DROPPED]
        copied = _copy_theme(theme, draft, by) if kept or not own else None
        for objective in own:
            successor = _copy_objective(objective, copied, draft.year, by) if copied and objective in kept else None
            outcome, note = outcomes[objective.number]
            facts = {"plan": draft, "objective": objective, "outcome": outcome, "successor": successor, "note": note}
            create(model=ObjectiveSuccession, facts=facts, by=by)


def _copy_theme(theme: Theme, draft: Plan, by: User) -> Theme:
    facts = {name: getattr(theme, name) for name in ("number", "name", "vision", "note")}
    return create(model=Theme, facts=facts | {"plan": draft}, by=by)


def _copy_objective(objective: Objective, theme: Theme, year: int, by: User) -> Objective:
    """In the same words, with the numbers those words name and what is known of its priority.

    Whether the new year gives it priority is unknown until somebody says so.
    """
    names = ("number", "name", "valid_from", "number_confidence")
    copied = create(model=Objective, facts={n: getattr(objective, n) for n in names} | {"theme": theme}, by=by)
    for target in objective.targets.all():
        facts = {n: getattr(target, n) for n in ("value", "unit", "year", "what", "better", "note", "position")}
        create(model=ObjectiveTarget, facts=facts | {"objective": copied}, by=by)
    answers = {p.year: (p.prioritised, p.confidence) for p in objective.priorities.all()}
    for known_year, (prioritised, confidence) in sorted((answers | {year: (None, Confidence.UNKNOWN)}).items()):
        facts = {"objective": copied, "year": known_year, "prioritised": prioritised, "confidence": confidence}
        create(model=Priority, facts=facts, by=by)
    return copied


def go_on_with_initiatives(plan: Plan, by: User) -> None:
    """What served an objective serves what became of it, in all its wordings."""
    steps = plan.objective_successions.exclude(successor=None).select_related("objective", "successor__theme")
    for step in steps:
        if step.successor is None:
            continue
        wordings = list(step.successor.theme.objectives.filter(number=step.successor.number))
        for link in step.objective.links.all():
            facts = {name: getattr(link, name) for name in ("initiative", "kind", "confidence", "alternative")}
            for wording in wordings:
                create(model=type(link), facts=facts | {"objective": wording}, by=by)
