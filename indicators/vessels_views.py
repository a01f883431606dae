"""The page of forbundne kar: the benefit groups side by side between two months."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from indicators import exports, parameters, periods, vessels, vessels_words
from indicators.known import Known, known_on
from indicators.parameters import KENDT, Parameter, Refused
from indicators.reading import Point
from indicators.vessels import Vessels

FIRST = parameters.first_period("fra", "Den første måned.", example="2025-06")
LAST = parameters.first_period("til", "Den sidste måned.", example="2026-06")
PARAMETERS: list[Parameter] = [FIRST, LAST, KENDT]


def connected_vessels(request: HttpRequest) -> HttpResponse:
    found = _found(request, known_on(request))
    context = {"found": found, "not_loaded": vessels.NOT_LOADED}
    if found:
        rows = [(change, vessels_words.signed(change.change)) for change in found.groups]
        context |= {
            "finding": vessels_words.finding(found),
            "span": vessels_words.span(found),
            "rows": rows,
            "within": [(change, vessels_words.signed(change.change)) for change in found.within],
            "total": (found.total, vessels_words.signed(found.total.change)),
            "closing": vessels_words.closing(found.total),
        }
    return render(request, "indicators/vessels.html", context)


def connected_vessels_csv(request: HttpRequest) -> HttpResponse:
    histories = vessels.read(known_on(request).moment)
    names = vessels.GROUPS | vessels.WITHIN
    return exports.csv_response("forbundne-kar.csv", exports.series_rows({names[c]: h for c, h in histories.items()}))


def _found(request: HttpRequest, known: Known) -> Vessels | None:
    asked = parameters.read(parameters.of_form(request.GET), PARAMETERS)
    histories = vessels.read(known.moment)
    shared = vessels.common(histories)
    if len(shared) < 2:
        return None
    last = _month("til", asked.get("til", _newest_settled(shared)), shared)
    first = _month("fra", asked.get("fra", max(last - 12, shared[-1].period)), shared)
    if first >= last:
        raise Refused(_("fra: den første måned skal ligge før den sidste."), parameter="fra")
    return vessels.vessels(histories, first, last)


def _newest_settled(shared: list[Point]) -> int:
    return next((point.period for point in shared if not point.provisional), shared[0].period)


def _month(name: str, number: int, shared: list[Point]) -> int:
    if number not in {point.period for point in shared}:
        allowed = [periods.iso(point.period, "M") for point in shared]
        text = _("{name}: der er ikke tal for alle ydelser i den måned.").format(name=name)
        raise Refused(text, parameter=name, allowed=allowed)
    return number
