"""Addresses of hearings."""

from django.urls import path

from hearings import answer_views, views

urlpatterns = [
    path("hoeringer/", views.hearings, name="hoeringer"),
    path("hoeringer/<slug:slug>/", views.hearing, name="hoering"),
    path("hoeringer/<slug:slug>/punkter/<slug:code>/", answer_views.answer, name="hoeringspunkt"),
]
