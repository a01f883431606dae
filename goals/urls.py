"""Addresses of plans and goals."""

from django.urls import path

from goals.editing import objective_views, plan_views
from goals.pages import views
from goals.texts import assessment_views

EDIT = "planer/<slug:slug>/rediger/"
urlpatterns = [
    path(EDIT, plan_views.plan, name="rediger-plan"),
    path(f"{EDIT}oplysninger/", plan_views.plan_facts, name="rediger-oplysninger"),
    path(f"{EDIT}kopier/", plan_views.copy, name="kopier-plan"),
    path(f"{EDIT}udgiv/", plan_views.publish, name="udgiv-plan"),
    path(f"{EDIT}nyt-maal/", plan_views.new_goal, name="nyt-maal"),
    path(f"{EDIT}maal/<int:number>/", plan_views.goal, name="rediger-maal"),
    path(f"{EDIT}maal/<int:number>/nyt-maalepunkt/", plan_views.new_measure, name="nyt-maalepunkt"),
    path(f"{EDIT}maal/<int:number>/<slug:code>/", plan_views.measure, name="rediger-maalepunkt"),
    path(f"{EDIT}maal/<int:number>/<slug:code>/maaltal/", plan_views.target, name="nyt-maaltal"),
    path(f"{EDIT}nyt-fokusomraade/", plan_views.new_focus_area, name="nyt-fokusomraade"),
    path(f"{EDIT}fokusomraade/<slug:code>/", plan_views.focus_area, name="rediger-fokusomraade"),
    path(f"{EDIT}nyt-tema/", objective_views.new_theme, name="nyt-tema"),
    path(f"{EDIT}tema/<int:number>/", objective_views.theme, name="rediger-tema"),
    path(f"{EDIT}tema/<int:number>/ny-maalsaetning/", objective_views.new_objective, name="ny-maalsaetning"),
    path(f"{EDIT}maalsaetning/<str:number>/", objective_views.objective, name="rediger-maalsaetning"),
    path(f"{EDIT}maalsaetning/<str:number>/prioritet/", objective_views.priorities, name="rediger-prioritet"),
    path("redaktion/afklar/<slug:slug>/<str:code>/", plan_views.answer, name="afklar"),
    path("planer/", views.plans, name="planer"),
    path("planer/<slug:slug>/", views.plan, name="plan"),
    path("planer/<slug:slug>/maalepunkter/", views.measures, name="maalepunkter"),
    path("planer/<slug:slug>/maalepunkter.csv", views.measures_csv, name="maalepunkter-csv"),
    path("planer/<slug:slug>/maal/<int:number>/", views.goal, name="maal"),
    path("planer/<slug:slug>/maal/<int:number>/<slug:code>.csv", views.goal_csv, name="maal-csv"),
    path("planer/<slug:slug>/maal/<int:number>/<slug:code>.json", views.goal_figure, name="maal-figur"),
    path("planer/<slug:slug>/maal/<int:number>/<slug:code>/vurdering/", assessment_views.assess, name="vurdering"),
]
