"""The page /udforsk/, where a reader makes a figure of their own, the same as a file, and as a figure for plotly."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from indicators.csv_rows import area_rows
from indicators.http.csv_file import csv_response
from indicators.pages.explore.chart import exploration_chart_name, exploration_charts, exploration_table
from indicators.pages.explore.selection import MOST_AREAS, exploration_of
from indicators.pages.nothing_yet import page_of_nothing_yet


@page_of_nothing_yet(
    gettext_lazy("Udforsk"),
    gettext_lazy("Her kan indikatorer, kommuner og år holdes op mod hinanden, så snart der er hentet tal."),
)
def explore(request: HttpRequest) -> HttpResponse:
    exploration = exploration_of(request)
    charts = exploration_charts(exploration)
    context = {
        "view": exploration,
        "charts": charts,
        "chart_name": exploration_chart_name(exploration) if charts else "",
        "table": exploration_table(exploration),
        "most_areas": MOST_AREAS,
    }
    return render(request, "indicators/explore.html", context)


def explore_csv(request: HttpRequest) -> HttpResponse:
    exploration = exploration_of(request)
    return csv_response(f"{exploration.indicator.code}.csv", area_rows(exploration.indicator, exploration.histories))


def explore_figure(request: HttpRequest) -> JsonResponse:
    from indicators.charts.plotly_figure import plain_figure  # plotly is slow to load: only who explores waits for it

    exploration = exploration_of(request)
    return JsonResponse(
        plain_figure(exploration.indicator, exploration.histories, exploration.known.today, exploration.breakdown)
    )
