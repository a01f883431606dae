"""Pages of initiatives and partners: get, ask, render."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from goals.models import Plan, TargetGroup, Theme
from indicators.as_known import as_known, made_later
from indicators.as_of import AsOf, as_of
from initiatives.models import Action, Initiative, Partner
from initiatives.pages.objective_tree import initiative_catalogue, objective_tree


def initiatives(request: HttpRequest) -> HttpResponse:
    known = as_of(request)
    chosen = {name: request.GET.get(name, "") for name in ("maalgruppe", "partner", "tema")}
    context = {
        "catalogue": initiative_catalogue(known, chosen),
        "chosen": chosen,
        "target_groups": _named_by_initiatives(TargetGroup, known),
        "partners": _named_by_initiatives(Partner, known),
        "themes": as_known(
            Theme.objects.in_force(known.today).filter(objectives__links__isnull=False).distinct(), known.past
        ),
    }
    return render(request, "initiatives/initiatives.html", context)


def objectives(request: HttpRequest) -> HttpResponse:
    known = as_of(request)
    groups = _named_by_initiatives(TargetGroup, known)
    group = next((group for group in groups if group.slug == request.GET.get("maalgruppe")), None)
    older = Plan.objects.filter(kind__in=[Plan.Kind.STRATEGY, Plan.Kind.MINISTERIAL], known_from__lte=known.today)
    context = {
        "model": objective_tree(known, group.slug if group else ""),
        "target_groups": groups,
        "group": group,
        "older": as_known(older, known.past),
    }
    return render(request, "initiatives/objectives.html", context)


def _named_by_initiatives(model: type[Model], known: AsOf) -> list[Any]:
    """The partners or target groups that a reader may choose by: those of initiatives that were known."""
    initiatives = Initiative.objects.known(known.moment)
    return as_known(model._default_manager.filter(initiatives__in=initiatives).distinct(), known.past)


def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    known = as_of(request)
    known_initiatives = Initiative.objects.known(known.moment).select_related("plan", "team")
    whole = known_initiatives.prefetch_related("partners", "target_groups")
    found = as_known([get_object_or_404(whole, slug=slug)], known.past)[0]
    links = found.links.known(known.today).select_related("objective__theme__plan", "goal__plan", "focus_area__plan")
    context = {
        "initiative": found,
        "links": as_known(links, known.past),
        "updates": found.status_updates.public(known.moment).order_by("-period", "-version"),
        "actions": as_known(_actions(found, known), known.past),
    }
    return render(request, "initiatives/initiative.html", context)


def _actions(initiative: Initiative, known: AsOf) -> QuerySet:
    links = initiative.action_links.filter(action__heading__plan__known_from__lte=known.today)
    return links.select_related("action__heading__plan")


def partner(request: HttpRequest, slug: str) -> HttpResponse:
    known = as_of(request)
    introduced = Partner.objects.exclude(introduced_by__known_from__gt=known.today)
    partners = introduced.exclude(made_later(Partner, "pk", known.moment)).select_related("part_of")
    found = as_known([get_object_or_404(partners.prefetch_related("maybe_same_as"), slug=slug)], known.past)[0]
    known_initiatives = Initiative.objects.known(known.moment).prefetch_related(
        "status_updates", "partners", "target_groups"
    )
    actions = Action.objects.filter(partners=found, heading__plan__known_from__lte=known.today)
    context = {
        "partner": found,
        "initiatives": as_known(known_initiatives.filter(partners=found), known.past),
        "actions": as_known(actions.select_related("heading__plan"), known.past),
    }
    return render(request, "initiatives/partner.html", context)
