"""Addresses of initiatives and partners."""

from django.urls import path

from initiatives import views

urlpatterns = [
    path("indsatser/", views.initiatives, name="indsatser"),
    path("indsatser/<slug:slug>/", views.initiative, name="indsats"),
    path("partnere/<slug:slug>/", views.partner, name="partner"),
]
