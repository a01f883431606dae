"""Pages of the audit trail: the history of one thing, and all that concerns a person."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import audit, audit_trail
from accounts.access import StaffRequest, requires
from accounts.audit_words import KINDS
from accounts.roles import Permission


@requires(Permission.READ_INTERNAL, Permission.READ_AUDIT)
@require_safe
def of_object(request: StaffRequest, kind: str, key: str) -> HttpResponse:
    may_see = kind in audit_trail.OPEN_KINDS or request.user.may(Permission.READ_AUDIT)
    if kind not in KINDS or not may_see:
        raise Http404
    context = {"kind": KINDS[kind], "key": key, "entries": audit_trail.trail_of(kind, key), "most": audit_trail.MOST}
    return render(request, "accounts/history.html", context)


@requires(Permission.READ_AUDIT)
@require_safe
@transaction.atomic
def search(request: StaffRequest) -> HttpResponse:
    """Looking somebody up is itself written down."""
    words = request.GET.get("person", "").strip()[:254]
    found = audit_trail.trail_concerning(words) if words else []
    if words:
        audit.record(verb="searched", kind="audit", key=words[:200], by=request.user, about=words)
    context = {"words": words, "entries": found, "most": audit_trail.MOST}
    return render(request, "accounts/audit.html", context)
