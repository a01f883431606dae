"""Plans from year to year: a draft of the plan before, what becomes of each of its parts, and its publication."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from goals.editing.audited_change import EditRefused, Row, change, create
from goals.editing.copy_objectives import Outcomes, copy_objectives, go_on_with_initiatives, last_wordings
from goals.editing.target_changes import last_target
from goals.models import FocusArea, Goal, GoalFocus, Measure, Plan, Section, Succession, Target

# Number of a goal (int) or of an objective (str) → what becomes of it, and a remark.
Outcome = Succession.Outcome
NOTHING_TO_COPY = gettext_lazy(
    "Planen har hverken mål eller målsætninger, så der er intet at kopiere. Tilføj dem først."
)
MEASURE_FIELDS = [
    "code", "part", "name", "short_name", "subject", "better", "indicator", "area", "breakdown", "reads",
    "against", "against_indicator", "with_own", "denominator", "footnote_mark", "footnote", "ambiguity", "team",
]  # fmt: skip


@transaction.atomic
def copy_plan(*, plan: Plan, year: int, title: str, outcomes: Outcomes, by: User) -> Plan:
    """A draft for the year. Goals go on with their measures; those that go on unchanged with their target too.

    Themes and objectives go on beside them. Initiatives are not copied: they go on with what they serve.
    """
    if is_empty(plan):
        raise EditRefused("", str(NOTHING_TO_COPY))
    slug = f"beskaeftigelsesplan-{year}"
    if Plan.objects.filter(slug=slug).exists():
        raise EditRefused("year", _("Der er allerede en plan for %(year)s.") % {"year": year})
    facts = {
        "slug": slug, "title": title, "kind": Plan.Kind.PLAN, "year": year, "follows": plan, "known_from": None,
        "summary": "", "document": title, "period_start": date(year, 1, 1), "period_end": date(year, 12, 31),
    }  # fmt: skip
    draft = create(model=Plan, facts=facts, by=by)
    sections = {section.pk: _copy(Section, section, by, plan=draft) for section in plan.sections.all()}
    copies = {goal: _copy_goal(goal, draft, sections, by) for goal in plan.goals.all() if _goes_on(outcomes, goal)}
    for goal in plan.goals.all():
        _say_what_became(goal, draft, copies.get(goal), outcomes, by)
    for area in plan.focus_areas.all():
        _copy_focus_area(area, draft, copies, by)
    copy_objectives(plan, draft, outcomes, by)
    return draft


def is_empty(plan: Plan) -> bool:
    return not plan.goals.exists() and not last_wordings(plan).exists()


def _goes_on(outcomes: Outcomes, goal: Goal) -> bool:
    return goal.number in outcomes and outcomes[goal.number][0] != Outcome.DROPPED


def _copy(model: type[Row], row: Row, by: User, **other: Any) -> Row:
    names = [f.name for f in model._meta.concrete_fields if not f.primary_key and f.name not in other]
    return create(model=model, facts={name: getattr(row, name) for name in names} | other, by=by)


def _copy_goal(goal: Goal, draft: Plan, sections: dict[int, Section], by: User) -> Goal:
    copied = _copy(Goal, goal, by, plan=draft, section=sections.get(goal.section_id) if goal.section_id else None)
    for measure in goal.measures.all():
        facts = {name: getattr(measure, name) for name in MEASURE_FIELDS}
        create(model=Measure, facts=facts | {"goal": copied}, by=by)
    return copied


def _say_what_became(goal: Goal, draft: Plan, copied: Goal | None, outcomes: Outcomes, by: User) -> None:
    outcome, note = outcomes[goal.number]
    facts = {"plan": draft, "goal": goal, "outcome": outcome, "successor": copied, "note": note}
    create(model=Succession, facts=facts, by=by)
    if copied and outcome == Outcome.CONTINUED:
        for old, new in zip(goal.measures.all(), copied.measures.all(), strict=True):
            _carry_on(old, new, draft, by)


def _carry_on(old: Measure, new: Measure, draft: Plan, by: User) -> None:
    """The target that held last becomes the new plan's own."""
    target = last_target(old, Target.Kind.REVISED) or last_target(old, Target.Kind.ORIGINAL)
    if target is None:
        return
    facts = {name: getattr(target, name) for name in Target.PROMISE}
    reason = _("Videreført fra %(plan)s.") % {"plan": old.goal.plan.title}
    own = {"measure": new, "kind": Target.Kind.ORIGINAL, "document": draft, "reason": reason}
    create(model=Target, facts=facts | own | {"known_from": timezone.localdate()}, by=by, reason=reason)


def _copy_focus_area(area: FocusArea, draft: Plan, copies: dict[Goal, Goal], by: User) -> None:
    copied = _copy(FocusArea, area, by, plan=draft, introduced_by=draft)
    copied.target_groups.set(area.target_groups.all())
    for tie in GoalFocus.objects.filter(focus_area=area, goal__in=copies):
        GoalFocus.objects.create(goal=copies[tie.goal], focus_area=copied, confidence=tie.confidence)


@transaction.atomic
def publish_plan(*, plan: Plan, current: bool, by: User) -> None:
    """From today everybody sees it. It stays to be seen; what is wrong is corrected as in any plan."""
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if locked.known_from is not None:
        raise EditRefused("", _("Planen er allerede udgivet."))
    if is_empty(locked):
        raise EditRefused("", _("Planen har hverken mål eller målsætninger endnu."))
    if current and not locked.goals.filter(measures__isnull=False).exists():
        raise EditRefused("current", _("Forsiden viser mål med målepunkter, og dem har planen ingen af."))
    if current:
        for other in Plan.objects.filter(current=True):
            change(row=other, facts={"current": False}, by=by)
    change(row=plan, facts={"known_from": timezone.localdate()} | ({"current": True} if current else {}), by=by)
    for step in plan.successions.exclude(successor=None).select_related("goal", "successor"):
        if step.successor:
            _go_on_with_initiatives(step.goal, step.successor, by)
    go_on_with_initiatives(plan, by)


def _go_on_with_initiatives(goal: Goal, successor: Goal, by: User) -> None:
    """Only now: until the plan is published, no initiative's page may name its goals."""
    for link in goal.links.all():
        facts = {"initiative": link.initiative, "goal": successor, "kind": link.kind, "confidence": link.confidence}
        create(model=type(link), facts=facts, by=by)
