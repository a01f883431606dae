"""Pages of the committee's papers: get, ask, render."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import StaffRequest, is_staff, requires
from accounts.roles import Permission
from indicators.as_of import as_of, day_in
from indicators.formats import long_date
from reports import file_formats, queries
from reports.actions import record_paper
from reports.agenda import agenda_text, known_line
from reports.paper import Paper, paper_of


def meetings(request: HttpRequest) -> HttpResponse:
    """The papers that have been made; or the way to the paper of any day."""
    known = as_of(request)
    if wanted := request.GET.get("dag", "").strip():
        return redirect("moede", day=day_in(wanted))
    return render(
        request, "reports/meetings.html", {"papers": queries.listed_papers(known.moment), "forms": file_formats.NAMES}
    )


def paper(request: HttpRequest, day: date) -> HttpResponse:
    found = _known_paper(request, day)
    made = queries.papers(as_of(request).moment).filter(meeting=day, plan=found.plan.pk).first()
    may_make = is_staff(request) and request.user.may(Permission.MAKE_REPORTS)
    context = {
        "paper": found,
        "agenda": agenda_text(found),
        "made": made,
        "forms": file_formats.NAMES,
        "may_make": may_make,
    }
    return render(request, "reports/paper.html", context)


@requires(Permission.MAKE_REPORTS)
@require_POST
def make(request: StaffRequest, day: date) -> HttpResponse:
    """Puts the paper on the list of those that were made."""
    made = record_paper(day=day, by=request.user)
    told = _("Bilaget til mødet %(day)s står nu på listen over bilag.")
    messages.success(request, told % {"day": long_date(made.day)})
    return redirect("moede", day=day)


def file(request: HttpRequest, day: date, form: str) -> HttpResponse:
    if form not in file_formats.NAMES:
        raise Http404(_("Bilaget findes som pdf, docx og xlsx."))
    found = _known_paper(request, day)
    response = HttpResponse(file_formats.file_bytes(found, form), content_type=file_formats.KINDS[form])
    response["Content-Disposition"] = f'inline; filename="{file_formats.file_name(found, form)}"'
    return response


def print_footer(request: HttpRequest, day: date) -> HttpResponse:
    """The one rule of style that holds data: what stands at the foot of every printed page."""
    rule = f'@page {{ @bottom-left {{ content: "{known_line(day)}"; font: 8pt "IBM Plex Sans"; }} }}\n'
    return HttpResponse(rule, content_type="text/css; charset=utf-8")


def _known_paper(request: HttpRequest, day: date) -> Paper:
    """On an earlier day than its own a paper was not there."""
    if as_of(request).today < day_in(day.isoformat()):
        raise Http404(_("Bilaget fandtes ikke den dag."))
    return paper_of(day)
