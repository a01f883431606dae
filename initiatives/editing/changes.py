"""What an editor does to initiatives and partners, by the same audited steps as for plans."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from goals.documents.sync_rows import rows_of
from goals.editing.audited_change import EditRefused, StaleEdit, change, create, record_change, remember, state_of
from goals.models import Plan
from goals.models.plans import Confidence
from goals.natural_keys import slug_of
from initiatives.models import Initiative, Link, LinkKind, Partner

ENDS = {"goals": "goal", "objectives": "objective", "focus_areas": "focus_area"}  # of the form, and of a link
EDITED = [
    "name",
    "summary",
    "planned",
    "timing",
    "owner",
    "team",
    "start",
    "end",
    "budget",
    "partners",
    "target_groups",
]


@transaction.atomic
def change_initiative(
    *, initiative: Initiative, facts: Mapping[str, Any], by: User, reason: str = "", seen: str | None = None
) -> list[str]:
    """Its own fields, and what it is tied to; gives what changed. A tie taken away stays in the audit trail."""
    locked = Initiative.objects.select_for_update().get(pk=initiative.pk)
    if seen is not None and seen != seen_of(locked):
        raise StaleEdit
    own = {name: value for name, value in facts.items() if name not in ENDS}
    changed = change(row=initiative, facts=own, by=by, reason=reason)
    ends = [name for name in ENDS if name in facts]
    return changed + [name for name in ends if _tie(initiative, name, facts[name], by, reason)]


@transaction.atomic
def add_initiative(*, plan: Plan, facts: Mapping[str, Any], by: User, reason: str = "") -> Initiative:
    Plan.objects.select_for_update().get(pk=plan.pk)
    slug = _free_slug(Initiative, facts["name"])
    codes = set(Initiative.objects.values_list("code", flat=True))
    number = next(n for n in range(1, 10_000) if f"i-{plan.year}-{n}" not in codes)
    own = {name: value for name, value in facts.items() if name not in ENDS}
    own |= {"plan": plan, "slug": slug, "code": f"i-{plan.year}-{number}", "position": plan.initiatives.count()}
    made = create(model=Initiative, facts=own, by=by, reason=reason)
    for name in ENDS:
        _tie(made, name, facts.get(name, ()), by, reason)
    return made


@transaction.atomic
def add_partner(*, plan: Plan, facts: Mapping[str, Any], by: User, reason: str = "") -> Partner:
    if Partner.objects.filter(name__iexact=facts["name"]).exists():
        raise EditRefused("name", _("Partneren findes allerede."))
    own = {"slug": _free_slug(Partner, facts["name"]), "introduced_by": plan}
    return create(model=Partner, facts={**facts, **own}, by=by, reason=reason)


def seen_of(initiative: Initiative) -> str:
    """What an editor saw of it: every field of the form, and its ties."""
    own = state_of(initiative, EDITED)
    ties = "-".join(",".join(map(str, _ends(initiative, end))) for end in ENDS.values())
    return f"{own}:{ties}"


def ends_of(initiative: Initiative, name: str) -> list[int]:
    """The keys of what the initiative is tied to, under the form's name for it."""
    return _ends(initiative, ENDS[name])


def _ends(initiative: Initiative, end: str) -> list[int]:
    ties = initiative.links.filter(**{f"{end}__isnull": False})
    return sorted(ties.values_list(f"{end}_id", flat=True))


def _tie(initiative: Initiative, name: str, chosen: Iterable[Any], by: User, reason: str) -> bool:
    """The links of one kind become those chosen, and are the portal's from then on; whether that changed any."""
    end, before = ENDS[name], _ends(initiative, ENDS[name])
    wanted = {row.pk: row for row in chosen}
    if set(before) == set(wanted):
        return False
    remember(initiative, {name: ",".join(map(str, before))})
    for link in initiative.links.filter(**{f"{end}_id__in": set(before) - set(wanted)}):
        remember(link, {"removed": "False"})
        link.removed = True
        link.save(update_fields=["removed"])
    for row in (row for pk, row in wanted.items() if pk not in before):
        facts = {"initiative": initiative, end: row, "kind": LinkKind.STATED, "confidence": Confidence.CERTAIN}
        remember(Link.objects.create(**facts), {"": None})
    names = {tie.pk: str(tie) for tie in rows_of(Link._meta.get_field(end).related_model).filter(pk__in=before)}
    changes = {name: [sorted(names.values()), sorted(map(str, wanted.values()))]}
    record_change(initiative, changes, verb="changed", by=by, reason=reason)
    return True


def _free_slug(model: Any, name: str) -> str:
    slug = slug_of(name)[:70]
    if not slug:
        raise EditRefused("name", _("Navnet skal have bogstaver."))
    taken = set(model._base_manager.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(free for n in range(1, 1000) if (free := slug if n == 1 else f"{slug}-{n}") not in taken)
