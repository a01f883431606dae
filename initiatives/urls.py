"""Addresses of initiatives and partners."""

from django.urls import path

from initiatives import views

urlpatterns = [
    path("maalsaetninger/", views.objectives, name="maalsaetninger"),
    path("indsatser/", views.initiatives, name="indsatser"),
    path("indsatser/<slug:slug>/", views.initiative, name="indsats"),
    path("partnere/<slug:slug>/", views.partner, name="partner"),
]
