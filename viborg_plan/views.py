"""The front page, the page about the numbers, and the ways out: what draws on every part of the portal."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goals import rows, sentences
from goals.status import plan_status
from indicators.known import known_on
from initiatives.queries import status_coverage
from viborg_plan.glossary import GLOSSARY


def front(request: HttpRequest) -> HttpResponse:
    known = known_on(request)
    status = plan_status(None, known.moment)
    context = {"status": status}
    if status:
        context |= {
            "headline": sentences.headline(status),
            "lede": sentences.lede(status),
            "freshness": rows.freshness(status),
            "coverage": status_coverage(known.moment),
            "sections": rows.by_section(status),
        }
    return render(request, "portal/front.html", context)


def about_the_numbers(request: HttpRequest) -> HttpResponse:
    known_on(request)  # refuses a day that cannot be used, as every page does
    return render(request, "portal/about.html", {"glossary": GLOSSARY})


def accessibility_statement(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(settings.WAS_URL)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(
        request,
        "portal/error.html",
        {"title": "Forespørgslen kunne ikke læses", "text": str(exception or "")},
        status=400,
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    text = "Siden findes ikke, eller den fandtes ikke på den valgte dag."
    return render(request, "portal/error.html", {"title": "Siden blev ikke fundet", "text": text}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    text = "Der er sket en fejl hos os. Den er noteret; prøv igen om lidt."
    return render(request, "portal/error.html", {"title": "Noget gik galt", "text": text}, status=500)
