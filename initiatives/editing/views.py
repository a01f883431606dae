"""Pages on which an editor changes initiatives and partners."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import StaffRequest
from goals.editing.form_page import EditPage, add_row, edit, edit_row, editor, page_of
from goals.models import Plan
from initiatives.editing import changes
from initiatives.editing.forms import InitiativeForm, PartnerForm
from initiatives.models import Initiative, Partner


@editor
def initiative(request: StaffRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Initiative.objects.select_related("plan"), slug=slug)

    def fresh() -> InitiativeForm:
        found.refresh_from_db()
        return InitiativeForm(row=found)

    def act(said: dict[str, Any]) -> list[str]:
        facts = {name: said[name] for name in InitiativeForm.names()}
        return changes.change_initiative(
            initiative=found, facts=facts, by=request.user, reason=said["reason"], seen=said["seen"]
        )

    back = reverse("indsats", args=[slug]) if found.plan.known_from else reverse("rediger-plan", args=[found.plan.slug])
    page = _page(_("Ret indsatsen %(name)s") % {"name": found.name}, back, found.plan)
    return edit(request, page, InitiativeForm(request.POST) if request.POST else fresh(), act, fresh)


@editor
def new_initiative(request: StaffRequest, slug: str) -> HttpResponse:
    plan = get_object_or_404(Plan, slug=slug)
    page = page_of(plan, _("Ny indsats"), done=_("Indsatsen er tilføjet."))
    return add_row(request, page, InitiativeForm(request.POST or None), changes.add_initiative, plan=plan)


@editor
def partner(request: StaffRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Partner.objects.select_related("introduced_by"), slug=slug)
    title = _("Ret partneren %(name)s") % {"name": found.name}
    return edit_row(request, found, PartnerForm, _page(title, reverse("partner", args=[slug]), found.introduced_by))


@editor
def new_partner(request: StaffRequest, slug: str) -> HttpResponse:
    """Of a published plan only: a partner has a page of its own as soon as it is there."""
    plan = get_object_or_404(Plan, slug=slug, known_from__isnull=False)
    page = page_of(plan, _("Ny partner"), done=_("Partneren er tilføjet."))
    return add_row(request, page, PartnerForm(request.POST or None), changes.add_partner, plan=plan)


def _page(title: str, back: str, plan: Plan | None) -> EditPage:
    """Leads back to the thing's own page, not to the plan's."""
    crumbs = [(reverse("redaktion"), _("Redaktion"))]
    crumbs += [(reverse("rediger-plan", args=[plan.slug]), plan.title)] if plan else []
    return EditPage(title=title, back=back, crumbs=crumbs)
