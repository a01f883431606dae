"""One way through every form of the editors': refuse beside the field, show the effect, save, or tell of a clash."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import StaffRequest, requires
from accounts.roles import Permission
from goals.editing.audited_change import EditRefused, StaleEdit, change
from goals.editing.form_base import Day, RowForm, Styled
from goals.models import Plan
from goals.status.verdict_changes import effect_of
from indicators import formats

editor = requires(Permission.EDIT_PLANS)  # stands before every view of the editors'
REFUSED, CLASH = 422, 409
Act = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True)
class EditPage:
    """What the page is called, where it leads back to, and what is shown beside the form."""

    title: str
    back: str
    crumbs: list[tuple[str, str]]  # address and name
    lede: str = ""
    button: str = ""
    done: str = ""  # what is said once it is saved; empty: that the correction is
    judged: Plan | None = None  # the plan whose verdicts a change may move: its effect is shown before it is saved
    aside: str = ""  # template of what stands beside the form
    facts: dict[str, Any] = field(default_factory=dict)  # for that template


def edit(request: StaffRequest, page: EditPage, form: Styled, act: Act, fresh: Callable[[], Styled]) -> HttpResponse:
    """`act` does what the form says, and gives an empty list if that changed nothing; `fresh`: as it would open now."""
    if request.method != "POST" or "ret" in request.POST:
        return _show(request, page, form)
    if not form.is_valid():
        return _show(request, page, form, status=REFUSED)
    try:
        if page.judged and "gem" not in request.POST:
            effect = effect_of(lambda: act(form.cleaned_data), page.judged)
            said = [_told(shown, shown) for shown in form.visible_fields() if shown.value()]
            context = {"page": page, "form": form, "effect": effect, "said": said}
            return render(request, "editing/confirm.html", context)
        made = act(form.cleaned_data)
    except EditRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        return _show(request, page, form, status=REFUSED)
    except StaleEdit:
        return _clash(request, page, form, fresh())
    if made == []:
        messages.info(request, _("Intet var ændret."))
    else:
        messages.success(request, page.done or _("Rettelsen er gemt."))
    return redirect(page.back)


def edit_row(request: StaffRequest, row: Any, kind: type[RowForm], page: EditPage, **more: Any) -> HttpResponse:
    """Change the fields of a row that the form has."""

    def fresh() -> RowForm:
        row.refresh_from_db()
        return kind(row=row, **more)

    def act(said: dict[str, Any]) -> list[str]:
        facts = {name: said[name] for name in kind.names()}
        return change(row=row, facts=facts, by=request.user, reason=said["reason"], seen=said["seen"])

    return edit(request, page, kind(request.POST, row=row, **more) if request.POST else fresh(), act, fresh)


def add_row(request: StaffRequest, page: EditPage, form: RowForm, add: Any, **owner: Any) -> HttpResponse:
    def act(said: dict[str, Any]) -> Any:
        facts = {name: said[name] for name in form.names()}
        return add(facts=facts, by=request.user, reason=said["reason"], **owner)

    return edit(request, page, form, act, lambda: form)


def page_of(plan: Plan, title: str, **more: Any) -> EditPage:
    back = reverse("rediger-plan", args=[plan.slug])
    return EditPage(title=title, back=back, crumbs=[(reverse("redaktion"), _("Redaktion")), (back, plan.title)], **more)


def _clash(request: StaffRequest, page: EditPage, form: Styled, now: Styled) -> HttpResponse:
    """Nothing was saved and nothing typed is lost: what stands now is shown beside what was written."""
    shown = [_told(form[name], now[name]) for name in form.fields if _differs(form[name], now[name])]
    form.catch_up(now["seen"].initial)
    return _show(request, page, form, status=CLASH, clash=shown, clashed=True)


def _told(asked: Any, said: Any) -> tuple[str, str, bool]:
    """Of a field its label, what is said in it, and whether that is the plan's words, which stay Danish."""
    return asked.label, _in_words(said), "lang" in said.field.widget.attrs


def _differs(ours: BoundField, theirs: BoundField) -> bool:
    return not theirs.is_hidden and theirs.name != "reason" and _in_words(ours) != _in_words(theirs)


def _in_words(bound: Any) -> str:
    """The field's value as people read it."""
    value = bound.value()
    if isinstance(bound.field, Day) and (day := bound.field.to_python(value)):
        return formats.long_date(day)
    value = [str(getattr(item, "pk", item)) for item in value] if isinstance(value, list) else value
    names = {str(key): str(name) for key, name in getattr(bound.field, "choices", [])}
    if isinstance(value, list):
        return ", ".join(names.get(item, item) for item in value) or "–"
    text = str(getattr(value, "pk", "" if value is None else value))
    return names.get(text, text) or "–"


def _show(request: StaffRequest, page: EditPage, form: Styled, status: int = 200, **more: Any) -> HttpResponse:
    if form.is_bound:
        form.hide_private()
    return render(request, "editing/form.html", {"page": page, "form": form} | more, status=status)
