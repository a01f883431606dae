"""Pages of hearings: get, ask, render."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import is_staff
from hearings import summary
from hearings.actions import answer_parties
from hearings.models import Answer, Hearing
from indicators.as_known import as_known, put_back
from indicators.as_of import as_of


def hearings(request: HttpRequest) -> HttpResponse:
    known = as_of(request)
    found = as_known(Hearing.objects.whole(known.moment), known.past)
    context = {"hearings": [(hearing, summary.of_hearing(hearing)) for hearing in found]}
    return render(request, "hearings/hearings.html", context)


def hearing(request: HttpRequest, slug: str) -> HttpResponse:
    known = as_of(request)
    found = get_object_or_404(Hearing.objects.whole(known.moment), slug=slug)
    put_back([found], known.past)
    may_answer = is_staff(request) and bool(answer_parties(request.user))
    context = {
        "hearing": found,
        "summary": summary.of_hearing(found),
        "may_answer": may_answer,
        "waiting": Answer.objects.waiting(found) if may_answer else (),
    }
    return render(request, "hearings/hearing.html", context)
