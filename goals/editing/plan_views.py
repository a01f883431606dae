"""Pages on which an editor changes a plan: get, ask, act."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest
from goals.editing import plan_changes
from goals.editing.answer_forms import FORMS, AnswerForm
from goals.editing.answers import answer_question, newest_answer
from goals.editing.contributing import contributing
from goals.editing.copy_objectives import last_wordings
from goals.editing.copy_plan import NOTHING_TO_COPY, copy_plan, publish_plan
from goals.editing.form_page import EditPage, add_row, edit, edit_row, editor, page_of
from goals.editing.plan_forms import CopyForm, FocusAreaForm, GoalForm, MeasureForm, PlanForm, PublishForm
from goals.editing.target_changes import measures_about, newest_target_seen, set_target
from goals.editing.target_form import TargetForm
from goals.models import FocusArea, Goal, Measure, OpenQuestion, Plan, Target
from indicators import formats
from indicators.translation import translated

COPY_LEDE = gettext_lazy(
    "Mål, målepunkter, fokusområder, temaer og målsætninger kopieres; indsatserne følger med, når planen udgives. "
    "Sig for hvert mål og hver målsætning, hvad der bliver af dem. Kladden ser kun redaktører, til den er udgivet."
)
PUBLISH_LEDE = gettext_lazy("Fra i dag kan alle se planen. Den kan ikke trækkes tilbage, men den kan rettes.")
TARGET_LEDE = gettext_lazy("De tidligere mål bliver stående og kan altid ses. Det nye gælder fra i dag.")


@editor
@require_safe
def plan(request: StaffRequest, slug: str) -> HttpResponse:
    """All that can be changed in the plan, a draft's too."""
    found = get_object_or_404(Plan.objects.select_related("follows"), slug=slug)
    context = {
        "plan": found,
        "goals": found.goals.select_related("section").prefetch_related("measures__targets"),
        "themes": found.themes.prefetch_related(Prefetch("objectives", last_wordings(found))),
        "focus_areas": found.focus_areas.all(),
        "initiatives": found.initiatives.all(),
        "contributing": contributing(found),
        "questions": found.open_questions.prefetch_related("answers"),
        "successions": found.successions.select_related("goal", "successor"),
        "objective_successions": found.objective_successions.select_related("objective", "successor"),
    }
    return render(request, "editing/plan.html", context)


@editor
def plan_facts(request: StaffRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Plan, slug=slug)
    return edit_row(request, found, PlanForm, page_of(found, _("Ret planens oplysninger")))


@editor
def copy(request: StaffRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Plan, slug=slug, kind=Plan.Kind.PLAN)
    goals, objectives = list(found.goals.all()), list(last_wordings(found))
    year = found.year + 1
    opening = {"year": year, "title": f"Beskæftigelsesplan {year}"}

    def act(said: dict[str, Any]) -> None:
        copy_plan(plan=found, year=said["year"], title=said["title"], outcomes=form.outcomes, by=request.user)

    form = CopyForm(request.POST or None, initial=opening, goals=goals, objectives=objectives)
    page = page_of(
        found, _("Kopiér til et nyt år"), lede=COPY_LEDE if goals or objectives else NOTHING_TO_COPY,
        button=_("Lav kladden"), done=_("Kladden er lavet."), aside="editing/followers.html",
        facts={"followers": found.followers.order_by("year")},
    )  # fmt: skip
    answer = edit(request, page, form, act, lambda: CopyForm(goals=goals, objectives=objectives))
    made = answer.status_code == 302  # the draft's own page, not that of the plan it was made of
    return redirect("rediger-plan", f"beskaeftigelsesplan-{form.cleaned_data['year']}") if made else answer


@editor
def publish(request: StaffRequest, slug: str) -> HttpResponse:
    draft = get_object_or_404(Plan, slug=slug, known_from=None)
    lede = " ".join(map(str, [PUBLISH_LEDE, *_what_follows(draft)]))
    page = page_of(draft, _("Udgiv planen"), lede=lede, button=_("Udgiv"), done=_("Planen er udgivet."))

    def act(said: dict[str, Any]) -> None:
        publish_plan(plan=draft, current=said["current"], by=request.user)

    return edit(request, page, PublishForm(request.POST or None), act, PublishForm)


def _what_follows(draft: Plan) -> Iterator[str]:
    """What else than the plan's own pages becomes another by publishing it."""
    follows, count = draft.follows, contributing(draft).count()
    if follows and draft.themes.exists() and follows.themes.exists():
        text = _(
            "Siderne Målsætninger og Indsatser viser fra %(day)s dens målsætninger i stedet for dem i %(plan)s, "
            "som stadig kan ses på den plans egen side."
        )
        first_day = max(draft.period_start, timezone.localdate())
        yield text % {"day": formats.long_date(first_day), "plan": follows.title}
    if count:
        text = ngettext(
            "%(count)d indsats fra tidligere planer følger med.",
            "%(count)d indsatser fra tidligere planer følger med.",
            count,
        )
        yield text % {"count": count}


@editor
def new_goal(request: StaffRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Plan, slug=slug)
    form = GoalForm(request.POST or None, plan=found)
    page = page_of(found, pgettext("et mål mere i en plan", "Nyt mål"), done=_("Målet er tilføjet."))
    return add_row(request, page, form, plan_changes.add_goal, plan=found)


@editor
def goal(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    found = _goal(slug, number)
    title = _("Ret mål %(number)s") % {"number": found.number}
    return edit_row(request, found, GoalForm, page_of(found.plan, title), plan=found.plan)


@editor
def new_measure(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    found = _goal(slug, number)
    opening = {"better": "lower", "reads": Measure.Reads.FIGURE, "subject": "", "name": found.title}
    title = _("Nyt målepunkt for mål %(number)s") % {"number": found.number}
    page = page_of(found.plan, title, done=_("Målepunktet er tilføjet."))
    return add_row(
        request, page, MeasureForm(request.POST or None, initial=opening), plan_changes.add_measure, goal=found
    )


@editor
def measure(request: StaffRequest, slug: str, number: int, code: str) -> HttpResponse:
    """How near counts as near, which way is better and what is read: each may move a verdict."""
    found = _measure(slug, number, code)
    page = page_of(
        found.goal.plan, _("Ret målepunkt %(name)s") % {"name": translated(found.short_name)}, judged=found.goal.plan
    )
    return edit_row(request, found, MeasureForm, page)


@editor
def target(request: StaffRequest, slug: str, number: int, code: str) -> HttpResponse:
    """A new target; the earlier ones stand beside the form and stay."""
    found = _measure(slug, number, code)
    plan = found.goal.plan
    targets = list(found.targets.select_related("document").order_by("-known_from", "-id"))
    page = page_of(
        plan, _("Nyt måltal for %(number)s %(name)s") % {"number": found.number, "name": translated(found.short_name)},
        judged=plan, aside="editing/targets.html", facts={"measure": found}, lede=TARGET_LEDE,
        done=_("Det nye måltal er gemt."),
    )  # fmt: skip

    def fresh() -> TargetForm:
        return TargetForm(plan=plan, initial=_opening(targets, plan) | {"seen": newest_target_seen(found)})

    def act(said: dict[str, Any]) -> Target:
        decision = {name: said[name] for name in ("meeting", "text", "case_number", "link")}
        promise = {name: said[name] for name in Target.PROMISE}
        facts = {name: said[name] for name in said if name not in decision | promise}
        return set_target(measure=found, decision=decision, promise=promise, by=request.user, **facts)

    return edit(request, page, TargetForm(request.POST, plan=plan) if request.POST else fresh(), act, fresh)


def _opening(targets: list[Target], plan: Plan) -> dict[str, Any]:
    """What held last is where an editor begins; the first target of all is the original one."""
    if not targets:
        return {"kind": Target.Kind.ORIGINAL, "rule": Target.Rule.VALUE, "document": plan, "basis": Target.Basis.NEWEST}
    newest = targets[0]
    names = (*Target.PROMISE, "document")
    kind = Target.Kind.REVISED if plan.known_from else newest.kind
    return {name: getattr(newest, name) for name in names} | {"kind": kind}


@editor
def new_focus_area(request: StaffRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Plan, slug=slug)
    form = FocusAreaForm(request.POST or None)
    page = page_of(found, _("Nyt fokusområde"), done=_("Fokusområdet er tilføjet."))
    return add_row(request, page, form, plan_changes.add_focus_area, plan=found)


@editor
def focus_area(request: StaffRequest, slug: str, code: str) -> HttpResponse:
    found = get_object_or_404(FocusArea.objects.select_related("plan"), plan__slug=slug, code=code)
    return edit_row(request, found, FocusAreaForm, page_of(found.plan, _("Ret fokusområde")))


@editor
def answer(request: StaffRequest, slug: str, code: str) -> HttpResponse:
    question = get_object_or_404(OpenQuestion.objects.select_related("plan__supplements"), plan__slug=slug, code=code)
    kind = FORMS[question.settles]
    facts = {"answers": list(question.answers.all()), "measures": measures_about(question)}
    page = EditPage(
        title=question.text, back=reverse("redaktion"), crumbs=[(reverse("redaktion"), _("Redaktion"))],
        judged=question.plan.supplements or question.plan, aside="editing/answers.html", facts=facts,
        done=_("Svaret er gemt."),
    )  # fmt: skip

    def fresh() -> AnswerForm:
        return kind(initial={"seen": newest_answer(question)})

    def act(said: dict[str, Any]) -> None:
        own = {name: said[name] for name in ("text", "source", "seen")}
        answer_question(question=question, by=request.user, settled=form.settled, **own)

    form = kind(request.POST) if request.POST else fresh()
    return edit(request, page, form, act, fresh)


def _goal(slug: str, number: int) -> Goal:
    return get_object_or_404(Goal.objects.select_related("plan"), plan__slug=slug, number=number)


def _measure(slug: str, number: int, code: str) -> Measure:
    measures = Measure.objects.select_related("goal__plan")
    return get_object_or_404(measures, goal__plan__slug=slug, goal__number=number, code=code)
