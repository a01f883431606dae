"""Pages of indicators: what is measured, the numbers, and how they looked before."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render

from indicators.areas import COUNTRY, HOME
from indicators.as_known import as_known
from indicators.as_of import AsOf, as_of
from indicators.charts import dumbbell, line_chart
from indicators.csv_rows import indicator_rows
from indicators.http.csv_file import csv_response
from indicators.models import Area, Indicator, Series
from indicators.pages.indicator.csv_rows import revision_rows
from indicators.queries import corrections, revisions
from indicators.queries.histories import SeriesKey, histories, vintages


def indicators(request: HttpRequest) -> HttpResponse:
    known = as_of(request)
    found = as_known(Indicator.objects.public().order_by("name"), known.past)
    home = histories([SeriesKey(indicator.code, HOME) for indicator in found], moment=known.moment)
    listed = [(indicator, home[SeriesKey(indicator.code, HOME)]) for indicator in found]
    return render(request, "indicators/indicators.html", {"listed": listed})


def indicator(request: HttpRequest, code: str) -> HttpResponse:
    known = as_of(request)
    found = _as_known_or_404(code, known)
    histories_by_area = _histories(found, known)
    area = get_object_or_404(Area, code=HOME)
    home = histories_by_area[HOME]
    versions = vintages(SeriesKey(code, HOME), known.moment)
    revised = revisions.first_and_newest(versions)
    context = {
        "indicator": found,
        "area": area,
        "home": home,
        "country": histories_by_area[COUNTRY],
        "charts": line_chart.line_charts(found, home, histories_by_area[COUNTRY]),
        "table": revisions.side_by_side(home, histories_by_area[COUNTRY], corrections.corrected_periods(versions)),
        "revisions": revised,
        "dumbbells": dumbbell.dumbbell_charts(found, revised),
        "dumbbells_name": dumbbell.dumbbell_chart_name(found, area, revised),
        "chart_name": line_chart.line_chart_name(found, area, home),
        "typical": revisions.typical_revision(found, revised),
        "areas": Series.objects.filter(indicator=found).values("area").distinct().count(),
    }
    return render(request, "indicators/indicator.html", context)


def corrected_numbers(request: HttpRequest) -> HttpResponse:
    known = as_of(request)
    found = corrections.corrections(known.moment)
    return render(request, "indicators/corrections.html", {"found": found, "corrections": found.largest})


def indicator_csv(request: HttpRequest, code: str) -> HttpResponse:
    known = as_of(request)
    found = _as_known_or_404(code, known)
    return csv_response(f"{code}.csv", indicator_rows(found, _histories(found, known)))


def vintages_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Viborg's numbers as first published and as they stand, the file behind "Sådan så tallet ud"."""
    known = as_of(request)
    found = _as_known_or_404(code, known)
    home = _histories(found, known)[HOME]
    revised = revisions.first_and_newest(vintages(SeriesKey(code, HOME), known.moment))
    return csv_response(f"{code}-udgaver.csv", revision_rows(found, home, revised))


def indicator_figure(request: HttpRequest, code: str) -> JsonResponse:
    """What plotly draws when a reader asks to explore the indicator."""
    from indicators.charts.plotly_figure import plain_figure  # plotly is slow to load: only who explores waits for it

    known = as_of(request)
    found = _as_known_or_404(code, known)
    names = dict(Area.objects.filter(code__in=[HOME, COUNTRY]).values_list("code", "name"))
    drawn = {names[area]: history for area, history in _histories(found, known).items() if history.points}
    return JsonResponse(plain_figure(found, drawn, known.today))


def _as_known_or_404(code: str, known: AsOf) -> Indicator:
    whole = Indicator.objects.public().prefetch_related("breaks")
    return as_known([get_object_or_404(whole, code=code)], known.past)[0]


def _histories(indicator: Indicator, known: AsOf) -> dict:
    keys = [SeriesKey(indicator.code, area) for area in (HOME, COUNTRY)]
    return {key.area: history for key, history in histories(keys, moment=known.moment).items()}
