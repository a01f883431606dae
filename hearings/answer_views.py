"""Where a hearing's point is answered: get, ask, act."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import StaffRequest, requires
from accounts.roles import Permission
from goals.editing.audited_change import EditRefused, StaleEdit
from goals.editing.form_page import EditPage, edit
from goals.texts.versions import Stale, TextRefused
from goals.workflow import MoveRefused
from hearings.actions import answer_parties, answer_point
from hearings.forms import AnswerForm
from hearings.models import Point
from hearings.workflow import State


@requires(Permission.EDIT_PLANS, Permission.APPROVE)
@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, slug: str, code: str) -> HttpResponse:
    whole = Point.objects.select_related("hearing__plan", "party", "passage")
    point = get_object_or_404(whole, hearing__slug=slug, code=code)

    def form(data: Any = None) -> AnswerForm:
        return AnswerForm(data, point=point, newest=point.answers.first(), parties=answer_parties(request.user))

    def act(said: dict[str, Any]) -> None:
        _answer(point, said, request)

    return edit(request, _page(point), form(request.POST or None), act, form)


def _answer(point: Point, said: dict[str, Any], request: StaffRequest) -> None:
    """In the words of the editors' forms for what is refused."""
    facts = {name: value for name, value in said.items() if name not in ("seen", "step")}
    seen = int(said["seen"]) if said["seen"].isdecimal() else None
    try:
        answer_point(point=point, state=State(said["step"]), seen=seen, by=request.user, **facts)
    except TextRefused as refused:
        raise EditRefused(refused.field, refused.reason[:1].upper() + refused.reason[1:]) from None
    except MoveRefused as refused:
        raise EditRefused("step", str(refused)) from None
    except Stale:
        raise StaleEdit from None


def _page(point: Point) -> EditPage:
    hearing = point.hearing
    back = reverse("hoering", args=[hearing.slug])
    return EditPage(
        title=_("Svar på høringspunkt %(code)s") % {"code": point.code},
        lede=point.summary,
        back=f"{back}#{point.code}",
        crumbs=[(reverse("plan", args=[hearing.plan.slug]), hearing.plan.title), (back, hearing.title)],
        aside="hearings/beside_answer.html",
        facts={"point": point, "answers": list(point.answers.all())},
        done=_("Svaret på %(code)s er gemt.") % {"code": point.code},
    )
