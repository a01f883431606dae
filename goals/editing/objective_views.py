"""Pages on which an editor changes a plan's themes and objectives."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import StaffRequest
from goals.editing import plan_changes
from goals.editing.audited_change import state_of
from goals.editing.form_page import add_row, edit, edit_row, editor, page_of
from goals.editing.objective_forms import ObjectiveForm, PriorityForm, ThemeForm, WordingForm
from goals.models import Objective, Plan, Theme

WORDING_LEDE = gettext_lazy("Den nuværende ordlyd gælder til dagen før og kan stadig ses som kendt en tidligere dag.")


@editor
def new_theme(request: StaffRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Plan, slug=slug)
    page = page_of(found, _("Nyt tema"), done=_("Temaet er tilføjet."))
    return add_row(request, page, ThemeForm(request.POST or None), plan_changes.add_theme, plan=found)


@editor
def theme(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    found = get_object_or_404(Theme.objects.select_related("plan"), plan__slug=slug, number=number)
    return edit_row(request, found, ThemeForm, page_of(found.plan, _("Ret temaet %(name)s") % {"name": found.name}))


@editor
def new_objective(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    """In a theme; the next free number in it is suggested."""
    found = get_object_or_404(Theme.objects.select_related("plan"), plan__slug=slug, number=number)
    taken = set(Objective.objects.filter(theme__plan=found.plan).values_list("number", flat=True))
    free = next(said for n in range(1, 1000) if (said := f"{found.number}.{n}") not in taken)
    form = ObjectiveForm(request.POST or None, plan=found.plan, initial={"theme": found, "number": free})
    title = _("Ny målsætning i temaet %(name)s") % {"name": found.name}
    page = page_of(found.plan, title, done=_("Målsætningen er tilføjet."))
    return add_row(request, page, form, plan_changes.add_objective, plan=found.plan)


@editor
def objective(request: StaffRequest, slug: str, number: str) -> HttpResponse:
    found = _last_wording(slug, number)

    def fresh() -> WordingForm:
        found.refresh_from_db()
        return WordingForm(initial={"name": found.name, "seen": state_of(found, plan_changes.WORDING)})

    def act(said: dict[str, Any]) -> Objective:
        return plan_changes.reword_objective(objective=found, by=request.user, **said)

    title = _("Ny ordlyd af målsætning %(number)s") % {"number": found.number}
    page = page_of(found.theme.plan, title, lede=WORDING_LEDE)
    return edit(request, page, WordingForm(request.POST) if request.POST else fresh(), act, fresh)


@editor
def priorities(request: StaffRequest, slug: str, number: str) -> HttpResponse:
    found = _last_wording(slug, number)
    years = sorted({found.theme.plan.year} | set(found.priorities.values_list("year", flat=True)))

    def fresh() -> PriorityForm:
        words = {None: "", True: "ja", False: "nej"}
        said = {f"year-{p.year}": words[p.prioritised] for p in found.priorities.all()}
        return PriorityForm(years=years, initial=said | {"seen": plan_changes.priorities_seen(found)})

    def act(said: dict[str, Any]) -> list[int]:
        own = {name: said[name] for name in ("reason", "seen")}
        return plan_changes.prioritise(objective=found, answers=form.answers, by=request.user, **own)

    form = PriorityForm(request.POST, years=years) if request.POST else fresh()
    title = _("Var målsætning %(number)s prioriteret?") % {"number": found.number}
    return edit(request, page_of(found.theme.plan, title, lede=found.name), form, act, fresh)


def _last_wording(slug: str, number: str) -> Objective:
    whole = Objective.objects.select_related("theme__plan")
    return get_object_or_404(whole, theme__plan__slug=slug, number=number, valid_to=None)
