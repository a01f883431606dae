"""What an editor adds to a plan: goals, measures, focus areas, themes, objectives and new wordings of them."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from goals.editing.audited_change import EditRefused, StaleEdit, change, create, state_of
from goals.models import FocusArea, Goal, Measure, Objective, Plan, Priority, Theme
from goals.models.plans import Confidence
from goals.natural_keys import slug_of

WORDING = ["name", "valid_from", "valid_to"]


@transaction.atomic
def add_goal(*, plan: Plan, facts: dict[str, Any], by: User, reason: str = "") -> Goal:
    Plan.objects.select_for_update().get(pk=plan.pk)
    number = (Goal._base_manager.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0) + 1
    return create(model=Goal, facts=facts | {"plan": plan, "number": number}, by=by, reason=reason)


@transaction.atomic
def add_measure(*, goal: Goal, facts: dict[str, Any], by: User, reason: str = "") -> Measure:
    """A goal's first measure has no letter; those after it are b, c and so on."""
    Goal.objects.select_for_update().get(pk=goal.pk)
    count = goal.measures.count()
    part = chr(ord("a") + count) if count else ""
    own = {"goal": goal, "code": f"m{goal.number:02d}{part}", "part": part}
    return create(model=Measure, facts=facts | own, by=by, reason=reason)


@transaction.atomic
def add_focus_area(*, plan: Plan, facts: dict[str, Any], by: User, reason: str = "") -> FocusArea:
    code, position = (
        slug_of(facts["name"])[:40],
        plan.focus_areas.count(),
    )
    if not code or FocusArea._base_manager.filter(plan=plan, code=code).exists():
        raise EditRefused("name", _("Planen har allerede et fokusområde med det navn."))
    own = {"plan": plan, "introduced_by": plan, "code": code, "position": position}
    return create(model=FocusArea, facts=facts | own, by=by, reason=reason)


@transaction.atomic
def add_theme(*, plan: Plan, facts: dict[str, Any], by: User, reason: str = "") -> Theme:
    Plan.objects.select_for_update().get(pk=plan.pk)
    number = (Theme._base_manager.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0) + 1
    return create(model=Theme, facts=facts | {"plan": plan, "number": number}, by=by, reason=reason)


@transaction.atomic
def add_objective(*, plan: Plan, facts: dict[str, Any], by: User, reason: str = "") -> Objective:
    """Whether it has priority in the plan's year is unknown until somebody says so."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    if Objective.objects.filter(theme__plan=plan, number=facts["number"]).exists():
        raise EditRefused("number", _("Planen har allerede en målsætning med det nummer. Giv den en ny ordlyd."))
    made = create(model=Objective, facts=facts, by=by, reason=reason)
    create(model=Priority, facts={"objective": made, "year": plan.year, "prioritised": None}, by=by, reason=reason)
    return made


@transaction.atomic
def reword_objective(
    *, objective: Objective, name: str, valid_from: date, by: User, reason: str = "", seen: str | None = None
) -> Objective:
    """The objective in other words from a day on. The wording before it holds until the day before, and stays."""
    locked = Objective.objects.select_for_update().get(pk=objective.pk)
    if seen is not None and seen != state_of(locked, WORDING):
        raise StaleEdit
    if locked.valid_to is not None or (locked.valid_from and valid_from <= locked.valid_from):
        raise EditRefused("valid_from", _("Der gælder allerede en anden ordlyd den dag. Vælg en senere dag."))
    facts = {
        "theme": locked.theme, "number": locked.number, "number_confidence": locked.number_confidence,
        "name": name.strip(), "valid_from": valid_from,
    }  # fmt: skip
    change(row=locked, facts={"valid_to": valid_from - timedelta(days=1)}, by=by, reason=reason)
    reworded = create(model=Objective, facts=facts, by=by, reason=reason)
    _carry_over(locked, reworded, by)
    return reworded


@transaction.atomic
def prioritise(
    *, objective: Objective, answers: dict[int, bool | None], by: User, reason: str = "", seen: str | None = None
) -> list[int]:
    """Whether it was prioritised, by year, in all its wordings; unknown stays unknown. Gives the years that changed."""
    Objective.objects.select_for_update().get(pk=objective.pk)
    if seen is not None and seen != priorities_seen(objective):
        raise StaleEdit
    before = {priority.year: priority.prioritised for priority in objective.priorities.all()}
    for wording in objective.theme.objectives.filter(number=objective.number):
        stored = {priority.year: priority for priority in wording.priorities.all()}
        for year, answer in answers.items():
            _say(wording, stored.get(year), year, answer, by, reason)
    return [year for year, answer in answers.items() if before.get(year) != answer]


def _say(wording: Objective, stored: Priority | None, year: int, answer: bool | None, by: User, reason: str) -> None:
    sure = Confidence.UNKNOWN if answer is None else Confidence.CERTAIN
    if stored is None and answer is not None:
        facts = {"objective": wording, "year": year, "prioritised": answer, "confidence": sure}
        create(model=Priority, facts=facts, by=by, reason=reason)
    elif stored is not None and stored.prioritised != answer:
        change(row=stored, facts={"prioritised": answer, "confidence": sure}, by=by, reason=reason)


def priorities_seen(objective: Objective) -> str:
    return ",".join(f"{p.year}:{p.prioritised}" for p in objective.priorities.order_by("year"))


def _carry_over(old: Objective, new: Objective, by: User) -> None:
    """What is done for an objective is done for all its wordings, and so is how it was prioritised."""
    for priority in old.priorities.all():
        facts = {"year": priority.year, "prioritised": priority.prioritised, "confidence": priority.confidence}
        create(model=type(priority), facts=facts | {"objective": new}, by=by)
    for link in old.links.all():
        facts = {"kind": link.kind, "confidence": link.confidence, "alternative": link.alternative}
        create(model=type(link), facts=facts | {"initiative": link.initiative, "objective": new}, by=by)
