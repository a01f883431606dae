"""Pages of hearings: get, ask, render."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import is_staff
from goals.as_known import put_back
from hearings import summary
from hearings.actions import answer_parties
from hearings.models import Answer, Hearing
from indicators.as_of import as_of


def hearings(request: HttpRequest) -> HttpResponse:
    found = list(Hearing.objects.whole(as_of(request).moment))
    context = {"hearings": [(hearing, summary.of_hearing(hearing)) for hearing in found]}
    return render(request, "hearings/hearings.html", context)


def hearing(request: HttpRequest, slug: str) -> HttpResponse:
    known = as_of(request)
    found = get_object_or_404(Hearing.objects.whole(known.moment), slug=slug)
    put_back([found.plan], known.past)
    may_answer = is_staff(request) and bool(answer_parties(request.user))
    context = {
        "hearing": found,
        "summary": summary.of_hearing(found),
        "may_answer": may_answer,
        "waiting": Answer.objects.waiting(found) if may_answer else (),
    }
    return render(request, "hearings/hearing.html", context)
