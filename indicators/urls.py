"""Addresses of indicators."""

from django.urls import path

from indicators import views

urlpatterns = [
    path("indikatorer/", views.indicators, name="indikatorer"),
    path("indikatorer/<slug:code>/", views.indicator, name="indikator"),
    path("indikatorer/<slug:code>.csv", views.indicator_csv, name="indikator-csv"),
    path("om-tallene/rettelser/", views.corrected_numbers, name="rettelser"),
    path("indikatorer/<slug:code>.json", views.indicator_figure, name="indikator-figur"),
]
