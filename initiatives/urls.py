"""Addresses of initiatives and partners."""

from django.urls import path

from initiatives.editing import views as edit_views
from initiatives.pages import views
from initiatives.status import approval_views, mine_views, reminder_views

urlpatterns = [
    path("indsatser/<slug:slug>/rediger/", edit_views.initiative, name="rediger-indsats"),
    path("partnere/<slug:slug>/rediger/", edit_views.partner, name="rediger-partner"),
    path("planer/<slug:slug>/rediger/ny-indsats/", edit_views.new_initiative, name="ny-indsats"),
    path("planer/<slug:slug>/rediger/ny-partner/", edit_views.new_partner, name="ny-partner"),
    path("maalsaetninger/", views.objectives, name="maalsaetninger"),
    path("indsatser/", views.initiatives, name="indsatser"),
    path("indsatser/<slug:slug>/", views.initiative, name="indsats"),
    path("mine/", mine_views.mine, name="mine"),
    path("mine/<slug:slug>/<str:month>/", mine_views.mine_item, name="mine-indsats"),
    path("godkend/", approval_views.queue, name="godkend"),
    path("godkend/<slug:kind>/<int:number>/", approval_views.decide, name="afgoer"),
    path("redaktion/maaneder/", approval_views.close_months, name="maaneder"),
    path("konto/paamindelser/", reminder_views.reminders, name="paamindelser"),
    path("partnere/<slug:slug>/", views.partner, name="partner"),
]
