"""Pages of hearings: get, ask, render."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from goals.history import as_known
from hearings import summary
from hearings.models import Hearing
from indicators.known import known_on


def hearings(request: HttpRequest) -> HttpResponse:
    found = list(Hearing.objects.whole(known_on(request).moment))
    context = {"hearings": [(hearing, summary.of_hearing(hearing)) for hearing in found]}
    return render(request, "hearings/hearings.html", context)


def hearing(request: HttpRequest, slug: str) -> HttpResponse:
    known = known_on(request)
    found = get_object_or_404(Hearing.objects.whole(known.moment), slug=slug)
    as_known([found.plan], known.past)
    context = {"hearing": found, "summary": summary.of_hearing(found)}
    return render(request, "hearings/hearing.html", context)
