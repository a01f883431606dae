"""A plan document's partners, actions and initiatives, brought into the database."""

from typing import TypeVar

from goals.documents.load_goals import Loader, facts_of
from goals.documents.sync_rows import Facts, sync_unheld
from initiatives import models
from initiatives.documents.schema import Action, Initiative, PlanFile

Said = TypeVar("Said", Action, Initiative)
Model = type[models.Action] | type[models.Initiative]
Rows = list[tuple[int, Said]]  # key of the row, and what the document says
LINKS = (  # list in the document, kind of what it refers to, field of the entry and of the row
    ("objectives", "objective", "objective"),
    ("goals", "goal", "goal"),
    ("focus_areas", "focus area", "focus_area"),
)


class FileLoader(Loader):
    """One file on its way in, goals, initiatives and all."""

    document: PlanFile


def load_initiatives(loader: FileLoader) -> None:
    _partners(loader)
    _actions(loader, _headings(loader))
    _initiatives(loader)


def _partners(loader: FileLoader) -> None:
    rows = loader.introduce("partners", models.Partner)
    parts = loader.document.partners
    wholes = {p.slug: {"slug": p.slug, "part_of_id": loader.pk("partner", p.part_of)} for p in parts}
    loader.sync("partners", models.Partner.objects.filter(slug__in=wholes), ["slug"], wholes)
    same = [(partner.slug, rows[partner.slug].pk, partner.maybe_same_as) for partner in parts]
    owner = {"introduced_by": loader.plan_id}
    loader.tie("partners.maybe_same_as", models.Partner.maybe_same_as, owner, "partner", same)


def _headings(loader: FileLoader) -> dict[str, models.Heading]:
    headings = enumerate(loader.document.headings)
    facts = {heading.code: facts_of(heading, i, plan_id=loader.plan_id) for i, heading in headings}
    return loader.sync("headings", models.Heading.objects.filter(plan=loader.plan_id), ["code"], facts)


def _actions(loader: FileLoader, headings: dict[str, models.Heading]) -> None:
    actions = {a.code: a for heading in loader.document.headings for a in heading.actions}
    facts = {
        action.code: facts_of(action, i, heading_id=headings[heading.code].pk)
        for heading in loader.document.headings
        for i, action in enumerate(heading.actions)
    }
    stored = models.Action.objects.filter(heading__plan=loader.plan_id)
    saved = loader.sync("headings.actions", stored, ["code"], facts)
    rows = [(saved[code].pk, action) for code, action in actions.items()]
    _people(loader, "headings.actions", models.Action, {"heading__plan": loader.plan_id}, rows)
    links = {
        f"{action.code} + {link.goal}": facts_of(link, action_id=pk, goal_id=loader.pk("goal", link.goal))
        for pk, action in rows
        for link in action.goals
    }
    tied = models.ActionLink.objects.filter(action__heading__plan=loader.plan_id, initiative=None)
    loader.sync("headings.actions.goals", tied, ["action_id", "goal_id"], links)


def _initiatives(loader: FileLoader) -> None:
    initiatives = {initiative.code: initiative for initiative in loader.document.initiatives}
    listed = enumerate(initiatives.items())
    facts = {code: facts_of(initiative, i, plan_id=loader.plan_id) for i, (code, initiative) in listed}
    stored = models.Initiative.objects.filter(plan=loader.plan_id)
    saved = loader.sync("initiatives", stored, ["code"], facts)
    rows = [(saved[code].pk, initiative) for code, initiative in initiatives.items()]
    _people(loader, "initiatives", models.Initiative, {"plan": loader.plan_id}, rows)
    for name, kind, field in LINKS:
        _links(loader, name, kind, field, rows)
    _action_links(loader, rows)


def _people(loader: FileLoader, part: str, model: Model, owner: Facts, rows: Rows[Said]) -> None:
    """Whom it is for, and with whom."""
    groups = [(item.code, pk, item.target_groups) for pk, item in rows]
    loader.tie(f"{part}.target_groups", model.target_groups, owner, "target group", groups)
    partners = [(item.code, pk, item.partners) for pk, item in rows]
    loader.tie(f"{part}.partners", model.partners, owner, "partner", partners)


def _links(loader: FileLoader, name: str, kind: str, field: str, rows: Rows[Initiative]) -> None:
    """Ties to what was promised. An objective is served in all its wordings."""
    links = {
        f"{initiative.code} + {getattr(link, field)}{f' ({n + 1})' if n else ''}": facts_of(
            link, **{"initiative_id": pk, f"{field}_id": end}
        )
        for pk, initiative in rows
        for link in getattr(initiative, name)
        for n, end in enumerate(loader.names.pks(loader.document, kind, getattr(link, field)))
    }
    stored = models.Link.objects.filter(**{"initiative__plan": loader.plan_id, f"{field}__isnull": False})
    held = loader.changes.edited.owners(models.Initiative, name)
    sync_unheld(loader.changes, f"initiatives.{name}", stored, ["initiative_id", f"{field}_id"], links, held)


def _action_links(loader: FileLoader, rows: Rows[Initiative]) -> None:
    """The supplement's actions that an initiative continues."""
    links = {
        f"{initiative.code} + {link.action}": facts_of(
            link, initiative_id=pk, action_id=loader.pk("action", link.action)
        )
        for pk, initiative in rows
        for link in initiative.actions
    }
    stored = models.ActionLink.objects.filter(initiative__plan=loader.plan_id)
    loader.sync("initiatives.actions", stored, ["action_id", "initiative_id"], links)
