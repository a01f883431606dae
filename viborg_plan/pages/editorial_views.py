"""The editors' page: what stands still, what waits for somebody, and whether each source has delivered."""

from collections import Counter
from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, requires
from accounts.roles import Permission
from goals.pages.freshness import freshness
from goals.status.plan_status import plan_status
from indicators import formats
from indicators.http.csv_file import csv_response
from indicators.ingest.source_status import SourceState, Standing, source_states
from indicators.models import ImportRun
from viborg_plan.pages.editorial_files import as_rows, workbook_response
from viborg_plan.pages.editorial_gaps import GapList, gaps

LISTED = 10
SHAPES = {
    Standing.OK: "met",
    Standing.OUTDATED: "near",
    Standing.FAILED: "missed",
    Standing.HELD: "unknown",
    Standing.NONE: "unknown",
}
LATE = {Standing.FAILED, Standing.OUTDATED}
State = ImportRun.State


@requires(Permission.READ_INTERNAL)
@require_safe
def editing(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    status, states = plan_status(None, now), source_states()
    found = gaps(status, now, request.GET.get("ansvarlig", ""))
    held = list(ImportRun.objects.filter(state=State.HELD))
    context = {
        "told_of_sources": headline(states),
        "sources": [(state, SHAPES[state.state]) for state in states],
        "freshness": freshness(status) if status else None,
        "gaps": found,
        "may_approve": request.user.may(Permission.APPROVE),
        "may_answer": request.user.may(Permission.EDIT_PLANS),
        "held": held,
        "late_sources": sum(state.state in LATE for state in states),
        "recent": ImportRun.objects.select_related("batch__undone_by").exclude(state=State.DRAFT)[:LISTED],
        "may_report": request.user.may(Permission.MAKE_REPORTS),
        "may_import": request.user.may(Permission.IMPORT_FIGURES),
        "may_open": request.user.may(Permission.IMPORT_FIGURES) or request.user.may(Permission.APPROVE),
    }
    return render(request, "portal/editing.html", context)


@requires(Permission.READ_INTERNAL)
@require_safe
def gaps_csv(request: StaffRequest) -> HttpResponse:
    return csv_response("redaktion.csv", as_rows(_asked_for(request), request.build_absolute_uri("/").rstrip("/")))


@requires(Permission.READ_INTERNAL)
@require_safe
def gaps_xlsx(request: StaffRequest) -> HttpResponse:
    return workbook_response("redaktion.xlsx", _asked_for(request), request.build_absolute_uri("/").rstrip("/"))


def _asked_for(request: StaffRequest) -> list[GapList]:
    now = timezone.now()
    return gaps(plan_status(None, now), now, request.GET.get("ansvarlig", "")).lists


def headline(states: Iterable[SourceState]) -> str:
    """What needs somebody, worst first."""
    count = Counter(state.state for state in states)
    words = [text.format(count=count[kind]) for kind, text in _told(count) if count[kind]]
    if not words:
        return _("Alle kilder har leveret, som de skal")
    return _("Af {total} kilder: {states}").format(total=count.total(), states=formats.listed(words))


def _told(count: Counter) -> list[tuple[Standing, str]]:
    failed, held, outdated, none = (
        count[kind] for kind in (Standing.FAILED, Standing.HELD, Standing.OUTDATED, Standing.NONE)
    )
    return [
        (Standing.FAILED, ngettext("{count} er fejlet", "{count} er fejlet", failed)),
        (Standing.HELD, ngettext("{count} er holdt tilbage", "{count} er holdt tilbage", held)),
        (Standing.OUTDATED, ngettext("{count} er forældet", "{count} er forældede", outdated)),
        (Standing.NONE, ngettext("{count} har ingen tal endnu", "{count} har ingen tal endnu", none)),
    ]
