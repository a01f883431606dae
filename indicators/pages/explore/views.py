"""The page where a reader makes a view of their own, the same as a file, and as a figure for plotly."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from indicators.csv_rows import area_rows
from indicators.http.csv_file import csv_response
from indicators.pages.explore import chart as explore_chart
from indicators.pages.explore.selection import MOST_AREAS, view_of


def explore(request: HttpRequest) -> HttpResponse:
    view = view_of(request)
    charts = explore_chart.lines_charts(view)
    context = {
        "view": view,
        "charts": charts,
        "chart_name": explore_chart.chart_name(view) if charts else "",
        "table": explore_chart.table(view),
        "most_areas": MOST_AREAS,
    }
    return render(request, "indicators/explore.html", context)


def explore_csv(request: HttpRequest) -> HttpResponse:
    view = view_of(request)
    return csv_response(f"{view.indicator.code}.csv", area_rows(view.indicator, view.histories))


def explore_figure(request: HttpRequest) -> JsonResponse:
    from indicators.charts.plotly_figure import plain_figure  # plotly is slow to load: only who explores waits for it

    view = view_of(request)
    return JsonResponse(plain_figure(view.indicator, view.histories, view.known.today, view.breakdown))
