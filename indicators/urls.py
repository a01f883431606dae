"""Addresses of indicators."""

from django.urls import path

from indicators.pages.benefits import views as benefits_views
from indicators.pages.compare import views as compare_views
from indicators.pages.explore import views as explore_views
from indicators.pages.imports import views as imports_views
from indicators.pages.indicator import views
from indicators.pages.internal import views as internal_views

urlpatterns = [
    path("sammenlign/", compare_views.compare, name="sammenlign"),
    path("sammenlign.csv", compare_views.compare_csv, name="sammenlign-csv"),
    path("sammenlign/forventet.csv", compare_views.expected_csv, name="forventet-csv"),
    path("udforsk/", explore_views.explore, name="udforsk"),
    path("udforsk.csv", explore_views.explore_csv, name="udforsk-csv"),
    path("udforsk.json", explore_views.explore_figure, name="udforsk-figur"),
    path("forbundne-kar/", benefits_views.benefit_groups_page, name="forbundne-kar"),
    path("forbundne-kar.csv", benefits_views.benefit_groups_csv, name="forbundne-kar-csv"),
    path("indikatorer/", views.indicators, name="indikatorer"),
    path("indikatorer/<slug:code>/", views.indicator, name="indikator"),
    path("indikatorer/<slug:code>.csv", views.indicator_csv, name="indikator-csv"),
    path("om-tallene/rettelser/", views.corrected_numbers, name="rettelser"),
    path("indikatorer/<slug:code>/udgaver.csv", views.vintages_csv, name="udgaver-csv"),
    path("indikatorer/<slug:code>.json", views.indicator_figure, name="indikator-figur"),
    path("interne-tal/", internal_views.measures, name="interne-tal"),
    path("interne-tal/formaal/", internal_views.purpose, name="interne-tal-formaal"),
    path("interne-tal/<slug:code>/", internal_views.measure, name="interne-tal-maaling"),
    path("interne-tal/<slug:code>.csv", internal_views.measure_csv, name="interne-tal-csv"),
    path("import/", imports_views.upload, name="indlaes"),
    path("import/skabelon.xlsx", imports_views.template, name="indlaes-skabelon"),
    path("import/<int:number>/", imports_views.run_page, name="indlaesning"),
    path("import/<int:number>/tilstand.json", imports_views.run_state, name="indlaesning-tilstand"),
    path("import/<int:number>/bekraeft/", imports_views.confirm, name="indlaesning-bekraeft"),
    path("import/<int:number>/kasser/", imports_views.discard, name="indlaesning-kasser"),
    path("import/<int:number>/fortryd/", imports_views.undo, name="indlaesning-fortryd"),
    path("import/<int:number>/godkend/", imports_views.approve, name="indlaesning-godkend"),
]
