"""What loading documents did, for the audit trail: one event a row, told of the command."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import JSONField, Model

from accounts import audit
from accounts.models import AuditEvent
from goals.editing.audited_change import audit_value
from goals.natural_keys import key_of
from indicators.as_known import kind_of

# Rows that only tie two others together are told of the first: part of the document → field of the first, of the other.
TIES = {
    "partners.maybe_same_as": ("from_partner", "to_partner"),
    "goals.related": ("from_goal", "to_goal"),
    "focus_areas.target_groups": ("focusarea", "targetgroup"),
    "focus_areas.goals": ("focus_area", "goal"),
    "open_questions.goals": ("openquestion", "goal"),
    "headings.actions.target_groups": ("action", "targetgroup"),
    "headings.actions.partners": ("action", "partner"),
    "headings.actions.goals": ("action", "goal"),
    "initiatives.target_groups": ("initiative", "targetgroup"),
    "initiatives.partners": ("initiative", "partner"),
    "initiatives.objectives": ("initiative", "objective"),
    "initiatives.goals": ("initiative", "goal"),
    "initiatives.focus_areas": ("initiative", "focus_area"),
    "initiatives.actions": ("initiative", "action"),
    "points.goals": ("point", "goal"),
}
Place = tuple[type[Model], int]


@dataclass
class PendingEvent:
    """The event of one row, until its name is looked up with all others."""

    verb: str = "changed"
    changes: audit.Changes = field(default_factory=dict)
    key: str = ""  # of a row that is gone


@dataclass
class AuditLog:
    """What was made, changed and removed; nothing of it is written before `write`."""

    events: dict[Place, PendingEvent] = field(default_factory=dict)

    def made(self, part: str, label: str, row: Model) -> None:
        if part in TIES:
            self._tie(part, row, [], [label.partition(" + ")[2]])
            return
        event = self._of(type(row), row.pk)
        event.verb, event.changes = "created", dict(_facts(row))

    def changed(self, part: str, label: str, row: Model, column: str, before: Any) -> None:
        """`before` is what `audited_value` gave before the row got its new value."""
        name = column.removesuffix("_id")
        if part in TIES:
            other = label.partition(" + ")[2]
            was, now = text_or_dash(before), text_or_dash(audited_value(row, column))
            self._tie(part, row, [f"{other} ({was})"], [f"{other} ({now})"])
            return
        changes = self._of(type(row), row.pk).changes
        changes[name] = [changes[name][0] if name in changes else before, audited_value(row, column)]

    def removed(self, part: str, row: Model) -> None:
        if part in TIES:
            self._tie(part, row, [key_of(getattr(row, TIES[part][1]))], [])
        else:
            self.events[type(row), row.pk] = PendingEvent("deleted", key=key_of(row))

    def write(self, *, actor: str) -> None:
        """The plan itself last, so that it stands first in a list that begins with the newest."""
        audit.record_many(list(self._events(actor))[::-1])

    def _events(self, actor: str) -> Iterator[AuditEvent]:
        keys = dict(self._keys())
        for place, event in self.events.items():
            key = event.key or keys[place]
            yield AuditEvent(actor=actor, verb=event.verb, kind=kind_of(place[0]), key=key, changes=event.changes)

    def _keys(self) -> Iterator[tuple[Place, str]]:
        """One query a kind of row, with all rows that its names are made of."""
        for model in {model for model, _pk in self.events}:
            pks = [pk for other, pk in self.events if other is model]
            for row in model._base_manager.select_related().filter(pk__in=pks):
                yield (model, row.pk), key_of(row)

    def _tie(self, part: str, row: Model, before: list[str], after: list[str]) -> None:
        owner = TIES[part][0]
        model: Any = row._meta.get_field(owner).related_model
        changes = self._of(model, getattr(row, f"{owner}_id")).changes
        was = changes.setdefault(part.rpartition(".")[2], [[], []])
        was[0], was[1] = [*was[0], *before], [*was[1], *after]

    def _of(self, model: type[Model], pk: int) -> PendingEvent:
        return self.events.setdefault((model, pk), PendingEvent())


def audited_value(row: Model, column: str) -> Any:
    """A field's value as the trail has it; what is neither text nor number as JSON."""
    name = column.removesuffix("_id")
    if isinstance(row._meta.get_field(name), JSONField):
        return json.dumps(getattr(row, name), ensure_ascii=False)
    return audit_value(row, name)


def text_or_dash(value: Any) -> str:
    return "–" if value in (None, "") else str(value)


def _facts(row: Model) -> Iterator[tuple[str, list[Any]]]:
    """What a new row says of itself, without what is empty and what its key and its ties tell."""
    for column in row._meta.concrete_fields:
        if column.primary_key or column.is_relation or column.name == "position" or isinstance(column, JSONField):
            continue
        if (value := audit_value(row, column.name)) not in (None, "", "False"):
            yield column.name, [None, value]
