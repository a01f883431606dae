"""Addresses of indicators."""

from django.urls import path

from indicators import compare_views, views

urlpatterns = [
    path("sammenlign/", compare_views.compare, name="sammenlign"),
    path("sammenlign.csv", compare_views.compare_csv, name="sammenlign-csv"),
    path("indikatorer/", views.indicators, name="indikatorer"),
    path("indikatorer/<slug:code>/", views.indicator, name="indikator"),
    path("indikatorer/<slug:code>.csv", views.indicator_csv, name="indikator-csv"),
    path("indikatorer/<slug:code>.json", views.indicator_figure, name="indikator-figur"),
]
