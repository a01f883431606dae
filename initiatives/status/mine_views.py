"""`/mine/`: one's own due statuses, one after the other."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StaffRequest, requires
from accounts.actions import keep_title
from accounts.roles import Permission
from goals.texts.team_measures import team_measures
from goals.texts.versions import Stale, TextRefused
from goals.workflow import MoveRefused, State
from indicators import periods
from indicators.translation import translated_html
from initiatives.models import Initiative, StatusUpdate
from initiatives.status.coverage import coverage_of, reported
from initiatives.status.due import DueItem, cadence, due_items, item_of
from initiatives.status.form import StatusForm, entry, sent
from initiatives.status.write import write_status

REFUSED, CONFLICT = 422, 409
writer = requires(Permission.WRITE_STATUS)


@writer
@require_safe
def mine(request: StaffRequest) -> HttpResponse:
    items = _items_of(request)
    opened = next((item for item in items if not item.handed_in), None)
    return _page(request, opened, items=items)


@writer
@require_http_methods(["GET", "POST"])
def mine_item(request: StaffRequest, slug: str, month: str) -> HttpResponse:
    """Any month of the team's own initiatives, so that what was begun on its last day is not lost the day after."""
    own = get_object_or_404(Initiative, slug=slug, team=request.user.team_id or 0)
    item = item_of(own, _period(month))
    return _save(request, item) if request.method == "POST" else _page(request, item)


def _save(request: StaffRequest, item: DueItem) -> HttpResponse:
    form = StatusForm(sent(request.POST, item, request.user))
    if not form.is_valid():
        return _page(request, item, form, status=REFUSED)
    draft = "draft" in request.POST
    try:
        made = write_status(
            initiative=item.initiative, period=item.period, **form.cleaned_data, draft=draft, by=request.user
        )
    except (TextRefused, MoveRefused) as refused:
        form.refuse(refused)
        return _page(request, item, form, status=REFUSED)
    except Stale:
        return _page(request, item_of(item.initiative, item.period), form, status=CONFLICT)
    keep_title(title=made.author_role, by=request.user)
    return _to_the_next(request, item, made)


def _to_the_next(request: StaffRequest, item: DueItem, made: StatusUpdate) -> HttpResponse:
    """The next that is missing: those that stand below first, then from the top."""
    told = {"name": translated_html(item.initiative.name), "state": State(made.state).label}
    messages.success(request, format_html(_("{name} er gemt: {state}."), **told))
    items = _items_of(request)
    here = next((place for place, other in enumerate(items) if _same(other, item)), 0)
    missing = [other for other in items[here:] + items[:here] if not other.handed_in and not _same(other, item)]
    following = missing[0].address if missing else reverse("mine")
    if request.headers.get("Accept") == "application/json":  # the page's script goes there itself
        return JsonResponse({"next": following})
    return redirect(following)


def _page(
    request: StaffRequest, opened: DueItem | None, form: StatusForm | None = None,
    *, items: list[DueItem] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    items = _items_of(request) if items is None else items
    today = timezone.localdate()
    period = cadence().due_period(today)
    counted = list(reported(timezone.now()).order_by("code"))
    context = {
        "items": [(item, _same(item, opened)) for item in items],
        "opened": opened,
        "aside": opened and not any(_same(item, opened) for item in items),
        "entry": entry(opened, request.user, form, conflict=status == CONFLICT) if opened else None,
        "done": sum(item.handed_in for item in items),
        "period": period,
        "month": periods.named(period, periods.Frequency.MONTH),
        "coverage": coverage_of(counted),
        "behind": [i for i in counted if i.behind and i.team_id == request.user.team_id],
        "deadline": cadence().deadline(period),
        "today": today,
        "approval": settings.STATUS_APPROVAL,
        "measures": team_measures(request.user.team),
    }
    return render(request, "initiatives/mine.html", context, status=status)


def _items_of(request: StaffRequest) -> list[DueItem]:
    team = request.user.team
    return due_items(timezone.localdate(), team) if team else []


def _same(item: DueItem, other: DueItem | None) -> bool:
    return other is not None and (item.initiative.pk, item.period) == (other.initiative.pk, other.period)


def _period(month: str) -> int:
    """A month that has begun; anything else is no page."""
    try:
        frequency, period = periods.parse(month)
    except ValueError:
        raise Http404 from None
    today = timezone.localdate()
    if frequency != periods.Frequency.MONTH or period > periods.of(today.year, today.month):
        raise Http404
    return period
