"""Addresses of plans and goals."""

from django.urls import path

from goals import assessment_views, views

urlpatterns = [
    path("planer/", views.plans, name="planer"),
    path("planer/<slug:slug>/", views.plan, name="plan"),
    path("planer/<slug:slug>/maalepunkter/", views.measures, name="maalepunkter"),
    path("planer/<slug:slug>/maalepunkter.csv", views.measures_csv, name="maalepunkter-csv"),
    path("planer/<slug:slug>/maal/<int:number>/", views.goal, name="maal"),
    path("planer/<slug:slug>/maal/<int:number>/<slug:code>.csv", views.goal_csv, name="maal-csv"),
    path("planer/<slug:slug>/maal/<int:number>/<slug:code>.json", views.goal_figure, name="maal-figur"),
    path("planer/<slug:slug>/maal/<int:number>/<slug:code>/vurdering/", assessment_views.assess, name="vurdering"),
]
