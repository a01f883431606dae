"""The page /forbundne-kar/ and its file: the benefit groups side by side between two months."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from indicators import periods
from indicators.as_of import AsOf, as_of
from indicators.csv_rows import series_rows
from indicators.http import parameters
from indicators.http.csv_file import csv_response
from indicators.http.parameters import KENDT, Parameter, Refused
from indicators.pages.benefits import benefit_groups, sentences
from indicators.pages.benefits.benefit_groups import BenefitGroups
from indicators.queries.histories import Point

FIRST = parameters.first_period("fra", "Den første måned.", example="2025-06")
LAST = parameters.first_period("til", "Den sidste måned.", example="2026-06")
PARAMETERS: list[Parameter] = [FIRST, LAST, KENDT]


def benefit_groups_page(request: HttpRequest) -> HttpResponse:
    found = _found(request, as_of(request))
    context: dict[str, Any] = {"found": found, "not_loaded": benefit_groups.NOT_LOADED}
    if found:
        rows = [(change, sentences.signed(change.change)) for change in found.groups]
        context |= {
            "finding": sentences.benefit_groups_finding(found),
            "span": sentences.span(found),
            "rows": rows,
            "within": [(change, sentences.signed(change.change)) for change in found.within],
            "total": (found.total, sentences.signed(found.total.change)),
            "closing": sentences.closing(found.total),
        }
    return render(request, "indicators/vessels.html", context)


def benefit_groups_csv(request: HttpRequest) -> HttpResponse:
    histories = benefit_groups.read(as_of(request).moment)
    names = benefit_groups.GROUPS | benefit_groups.WITHIN
    return csv_response("forbundne-kar.csv", series_rows({str(names[c]): h for c, h in histories.items()}))


def _found(request: HttpRequest, known: AsOf) -> BenefitGroups | None:
    asked = parameters.read(parameters.of_form(request.GET), PARAMETERS)
    histories = benefit_groups.read(known.moment)
    shared = benefit_groups.common(histories)
    if len(shared) < 2:
        return None
    last = _month("til", asked.get("til", _newest_settled(shared)), shared)
    first = _month("fra", asked.get("fra", max(last - 12, shared[-1].period)), shared)
    if first >= last:
        raise Refused(_("fra: den første måned skal ligge før den sidste."), parameter="fra")
    return benefit_groups.benefit_groups(histories, first, last)


def _newest_settled(shared: list[Point]) -> int:
    return next((point.period for point in shared if not point.provisional), shared[0].period)


def _month(name: str, number: int, shared: list[Point]) -> int:
    if number not in {point.period for point in shared}:
        allowed = [periods.iso(point.period, "M") for point in shared]
        text = _("{name}: der er ikke tal for alle ydelser i den måned.").format(name=name)
        raise Refused(text, parameter=name, allowed=allowed)
    return number
