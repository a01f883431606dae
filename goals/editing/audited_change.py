"""What an editor does to plans: each change atomic, audited, remembered as it was, and seen by the next reader."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import ManyToManyField, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.civil_numbers import holds_civil_number
from accounts.models import User
from accounts.permitted_text import is_unreadable
from goals.natural_keys import key_of
from indicators import data_version
from indicators.as_known import as_text, kind_of
from indicators.models import Edit, taken_out

Facts = Mapping[str, Any]  # field → value; of a relation to many: the rows
Row = TypeVar("Row", bound=Model)


class EditRefused(ValueError):
    """A change that cannot be made; `field` is where the editor should look, empty where it is no one field."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, str(reason)


class StaleEdit(ValueError):
    """Somebody else changed the row after the editor opened it. Nothing was written."""


def state_of(row: Model, names: Iterable[str]) -> str:
    """A short name of what the fields say, by which a later change by somebody else is noticed."""
    said = [f"{name}={as_text(row, name)}" for name in sorted(names)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


@transaction.atomic
def change(*, row: Model, facts: Facts, by: User, reason: str = "", seen: str | None = None) -> list[str]:
    """Give the row's fields these values; gives the names of those that changed. `seen`: see `state_of`."""
    refuse_private({**facts, "reason": reason})
    locked = type(row)._base_manager.select_for_update().get(pk=row.pk)
    if seen is not None and seen != state_of(locked, facts):
        raise StaleEdit
    before = {name: as_text(locked, name) for name in facts}
    was = {name: audit_value(locked, name) for name in facts}
    _put(locked, facts)
    after = {name: as_text(locked, name) for name in facts}
    changed = [name for name in facts if before[name] != after[name]]
    if changed:
        remember(locked, {name: before[name] for name in changed})
        said = {name: [was[name], audit_value(locked, name)] for name in changed}
        record_change(locked, said, verb="changed", by=by, reason=reason)
    row.refresh_from_db(from_queryset=type(row)._base_manager.all())
    return changed


@transaction.atomic
def create(*, model: type[Row], facts: Facts, by: User, reason: str = "") -> Row:
    """A new row, which no plan's file removes and no earlier day shows; or one that was taken out, back again."""
    refuse_private({**facts, "reason": reason})
    if (taken := taken_out(model, facts)) is not None:
        change(row=taken, facts={**facts, "removed": False}, by=by, reason=reason)
        return taken
    many = {name for name in facts if isinstance(model._meta.get_field(name), ManyToManyField)}
    row = model._base_manager.create(**{name: value for name, value in facts.items() if name not in many})
    _put(row, {name: facts[name] for name in many})
    remember(row, {"": None})
    record_change(row, {name: [None, audit_value(row, name)] for name in facts}, verb="created", by=by, reason=reason)
    return row


def refuse_private(facts: Facts) -> None:
    """Texts become public: none may hold a civil registration number, and none is repeated."""
    for name, value in facts.items():
        if isinstance(value, str) and holds_civil_number(value):
            raise EditRefused(name, _("Teksten ligner et CPR-nummer og er ikke gemt. Skriv den uden."))
        if isinstance(value, str) and is_unreadable(value):
            raise EditRefused(name, _("Teksten indeholder et tegn, der ikke kan gemmes."))


def audit_value(row: Model, name: str) -> str | list[str] | None:
    """A field's value as the audit trail has it: other rows by the names people know, never by database keys."""
    field = row._meta.get_field(name)
    if isinstance(field, ManyToManyField):
        return sorted(key_of(other) for other in getattr(row, name).all())
    if field.is_relation:
        other = getattr(row, name)
        return key_of(other) if other else None
    return as_text(row, name)


def remember(row: Model, before: Mapping[str, str | None]) -> None:
    now = timezone.now()
    Edit.objects.bulk_create(
        Edit(kind=kind_of(type(row)), row=row.pk, field=name, before=text, at=now) for name, text in before.items()
    )


def record_change(row: Model, changes: audit.Changes, *, verb: str, by: User, reason: str = "") -> None:
    audit.record(verb=verb, kind=kind_of(type(row)), key=key_of(row), by=by, changes=changes, reason=reason)
    data_version.changed()


def _put(row: Model, facts: Facts) -> None:
    many = {name: value for name, value in facts.items() if isinstance(row._meta.get_field(name), ManyToManyField)}
    for name, value in facts.items():
        if name not in many:
            setattr(row, name, value)
    row.save(update_fields=[name for name in facts if name not in many])
    for name, rows in many.items():
        getattr(row, name).set(rows)
