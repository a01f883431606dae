"""Addresses of hearings."""

from django.urls import path

from hearings import views

urlpatterns = [
    path("hoeringer/", views.hearings, name="hoeringer"),
    path("hoeringer/<slug:slug>/", views.hearing, name="hoering"),
]
