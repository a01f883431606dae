"""`/godkend/`: where an approver reads what was handed in, and says yes or sends it back. And closing months."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StaffRequest, requires
from accounts.civil_numbers import masked
from accounts.roles import Permission
from goals.texts.closed_months import close_period, open_period
from goals.texts.versions import Stale, TextRefused, approve, send_back
from goals.workflow import MoveRefused
from indicators import periods
from indicators.translation import translated_html
from initiatives.status.approval_queue import MODELS, months, versions_for, waiting

UNPROCESSABLE = 422
approver = requires(Permission.APPROVE)


@approver
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    return render(request, "initiatives/queue.html", {"waiting": waiting(request.user)})


@approver
@require_POST
def decide(request: StaffRequest, kind: str, number: int) -> HttpResponse:
    """About one version, by its number; if a newer one has come, the list shows that instead."""
    if kind not in MODELS:
        raise Http404
    version = get_object_or_404(versions_for(kind, request.user), pk=number)
    note = request.POST.get("note", "")
    try:
        if "approve" in request.POST:
            approve(version, by=request.user)
            messages.success(request, format_html(_("{text} er godkendt."), text=translated_html(version.subject)))
        else:
            send_back(version, note=note, by=request.user)
            messages.success(request, format_html(_("{text} er sendt tilbage."), text=translated_html(version.subject)))
    except TextRefused as refused:
        return _refused(request, f"{kind}-{number}", refused, note)
    except (Stale, MoveRefused) as refused:
        messages.error(request, str(refused))
    return redirect("godkend")


def _refused(request: StaffRequest, key: str, refused: TextRefused, note: str) -> HttpResponse:
    context = {
        "waiting": waiting(request.user),
        "refused": key,
        "reason": refused.reason,
        "note": masked(note),
    }
    return render(request, "initiatives/queue.html", context, status=UNPROCESSABLE)


@requires(Permission.MAKE_REPORTS)
@require_http_methods(["GET", "POST"])
def close_months(request: StaffRequest) -> HttpResponse:
    refused = ""
    if request.method == "POST":
        try:
            _close_or_open(request)
            return redirect("maaneder")
        except (TextRefused, MoveRefused) as error:
            refused = getattr(error, "reason", str(error))
    context = {"months": months(timezone.localdate()), "refused": refused}
    return render(request, "initiatives/months.html", context, status=UNPROCESSABLE if refused else 200)


def _close_or_open(request: StaffRequest) -> None:
    try:
        period = periods.parse(request.POST.get("month", ""))[1]
    except ValueError:
        raise TextRefused("month", _("Vælg en af månederne på listen.")) from None
    reason = request.POST.get("reason", "")
    if "open" in request.POST:
        open_period(period=period, reason=reason, by=request.user)
    else:
        close_period(period=period, reason=reason, by=request.user)
