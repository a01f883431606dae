"""The front page, the page about the numbers, and the ways out: what draws on every part of the portal."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import is_staff
from goals.pages import goal_table
from goals.sentences import measure_sentences, summaries
from goals.status import open_decisions
from goals.status.plan_status import plan_status
from indicators.as_of import UnusableDate, as_of
from indicators.formats import short_date
from initiatives.status.freshness import freshness_strip
from viborg_plan.pages.changes import between, changes
from viborg_plan.pages.glossary import GLOSSARY

NOT_MET = "ikke-naaet"  # the value of `vis` that leaves out the goals that are met


def front(request: HttpRequest) -> HttpResponse:
    known = as_of(request)
    status = plan_status(None, known.moment)
    only_unmet = request.GET.get("vis") == NOT_MET
    context: dict[str, Any] = {"status": status, "only_unmet": only_unmet}
    if status:
        questions = open_decisions.open_questions(status)
        context |= {
            "headline": measure_sentences.headline(status),
            "lede": measure_sentences.lede(status),
            "freshness": freshness_strip(status, known.moment),
            "unmet": len(status.not_met().goals),
            "sections": goal_table.by_section(status.not_met() if only_unmet else status),
            "unmeasured": goal_table.unmeasured_rows(status.unmeasured),
            "questions": questions,
            "questions_named": open_decisions.count_in_words(status, questions),
            "summary": summaries.of_plan(status),
        }
    return render(request, "portal/front.html", context)


def changed(request: HttpRequest) -> HttpResponse:
    """What is new between two days; a day that cannot be used is answered on the page, with its fields."""
    known = as_of(request)
    context: dict[str, Any] = {"fra": request.GET.get("fra", ""), "til": request.GET.get("til", "")}
    try:
        days = between(request.GET, known.today)
    except UnusableDate as problem:
        return render(request, "portal/changes.html", context | {"problem": problem}, status=400)
    found = changes(days)
    context |= {"fra": short_date(days.first), "til": short_date(days.last)}
    context |= {"days": days, "changes": found, "headline": found.headline}
    return render(request, "portal/changes.html", context)


def about_the_numbers(request: HttpRequest) -> HttpResponse:
    as_of(request)  # refuses a day that cannot be used, as every page does
    return render(request, "portal/about.html", {"glossary": GLOSSARY})


def accessibility_statement(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(settings.WAS_URL)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(
        request,
        "portal/error.html",
        {"title": _("Forespørgslen kunne ikke læses"), "text": str(exception or "")},
        status=400,
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    text = _("Siden findes ikke, eller den fandtes ikke på den valgte dag.")
    if is_staff(request):
        text = _("Siden findes ikke, den fandtes ikke på den valgte dag, eller din rolle giver ikke adgang.")
    return render(request, "portal/error.html", {"title": _("Siden blev ikke fundet"), "text": text}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    text = _("Der er sket en fejl hos os. Den er noteret; prøv igen om lidt.")
    return render(request, "portal/error.html", {"title": _("Noget gik galt"), "text": text}, status=500)
