"""A plan as YAML: a document that `load_plan` reads back to the same rows."""

from decimal import Decimal
from enum import Enum
from typing import Any

import yaml

from goals.documents.dump import PartData, goals_data, part_data, reference, slugs, tied
from goals.models import FocusArea, Goal, Objective, Plan
from initiatives import models
from initiatives.documents import schema
from initiatives.documents.schema import PlanFile


def dump_plan(slug: str) -> str:
    plan = Plan.objects.select_related("supplements").get(slug=slug)
    document = PlanFile.model_validate(goals_data(plan) | _initiatives_said(plan))
    return yaml.dump(
        _plain(document.model_dump(exclude_defaults=True)),
        Dumper=Readable,
        sort_keys=False,
        allow_unicode=True,
        width=10_000,  # characters: a text stays on its line
    )


class Readable(yaml.SafeDumper):
    """Short lists of names stand on one line."""


Readable.add_representer(
    list,
    lambda dumper, items: dumper.represent_sequence(
        "tag:yaml.org,2002:seq", items, flow_style=not any(isinstance(item, dict) for item in items)
    ),
)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.value if isinstance(value, Enum) else value


def _initiatives_said(plan: Plan) -> PartData:
    base = plan.supplements or plan
    return {
        "partners": [_partner(partner) for partner in plan.partners.order_by("pk")],
        "headings": [_heading(base, heading) for heading in plan.headings.all()],
        "initiatives": [_initiative(base, initiative) for initiative in plan.initiatives.all()],
    }


def _partner(partner: models.Partner) -> PartData:
    return part_data(
        partner,
        schema.Partner,
        part_of=partner.part_of.slug if partner.part_of else None,
        maybe_same_as=slugs(tied(partner, models.Partner.maybe_same_as)),
    )


def _heading(base: Plan, heading: models.Heading) -> PartData:
    actions = [
        part_data(
            action,
            schema.Action,
            goals=[_goal_link(base, t, t.goal) for t in action.links.filter(initiative=None).order_by("pk") if t.goal],
            **_people(action),
        )
        for action in heading.actions.all()
    ]
    return part_data(heading, schema.Heading, actions=actions)


def _people(row: models.Action | models.Initiative) -> PartData:
    return {
        "target_groups": slugs(tied(row, type(row).target_groups)),
        "partners": slugs(tied(row, type(row).partners)),
    }


def _goal_link(base: Plan, link: models.Link | models.ActionLink, goal: Goal) -> PartData:
    return part_data(link, schema.GoalLink, goal=reference(base, goal.plan, goal.number))


def _initiative(base: Plan, initiative: models.Initiative) -> PartData:
    links = list(initiative.links.order_by("pk"))
    return part_data(
        initiative,
        schema.Initiative,
        objectives=_objective_links(base, [(link, link.objective) for link in links if link.objective]),
        goals=[_goal_link(base, link, link.goal) for link in links if link.goal],
        focus_areas=[_focus_area_link(base, link, link.focus_area) for link in links if link.focus_area],
        actions=[_action_link(base, link) for link in initiative.action_links.order_by("pk")],
        **_people(initiative),
    )


def _objective_links(base: Plan, links: list[tuple[models.Link, Objective]]) -> list[PartData]:
    """Once for all wordings of an objective."""
    numbered = {reference(base, objective.theme.plan, objective.number): link for link, objective in links}
    return [part_data(link, schema.ObjectiveLink, objective=number) for number, link in numbered.items()]


def _focus_area_link(base: Plan, link: models.Link, area: FocusArea) -> PartData:
    code = reference(base, area.plan, area.code)
    return part_data(link, schema.FocusAreaLink, focus_area=code)


def _action_link(base: Plan, link: models.ActionLink) -> PartData:
    return part_data(link, schema.ActionLink, action=reference(base, link.action.heading.plan, link.action.code))
