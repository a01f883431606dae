"""Addresses of initiatives and partners."""

from django.urls import path

from initiatives import edit_views, views

urlpatterns = [
    path("indsatser/<slug:slug>/rediger/", edit_views.initiative, name="rediger-indsats"),
    path("partnere/<slug:slug>/rediger/", edit_views.partner, name="rediger-partner"),
    path("planer/<slug:slug>/rediger/ny-indsats/", edit_views.new_initiative, name="ny-indsats"),
    path("planer/<slug:slug>/rediger/ny-partner/", edit_views.new_partner, name="ny-partner"),
    path("maalsaetninger/", views.objectives, name="maalsaetninger"),
    path("indsatser/", views.initiatives, name="indsatser"),
    path("indsatser/<slug:slug>/", views.initiative, name="indsats"),
    path("partnere/<slug:slug>/", views.partner, name="partner"),
]
