"""The names by which plan documents refer to each other's parts, looked up in the database."""

from dataclasses import dataclass
from typing import overload

from django.db.models import Model

from goals import models
from goals.documents.checks import Key, Known, name_key
from goals.documents.marks import Speaking
from indicators.models import Area, Indicator, standing


@dataclass(frozen=True)
class Kind:
    """Where parts of a kind are found: lookups of the plan they are named within, the name, the owner."""

    model: type[Model]
    scope: str | None
    name: str
    owner: str | None


KINDS = {
    "plan": Kind(models.Plan, None, "slug", "slug"),
    "section": Kind(models.Section, "plan__slug", "code", "plan__slug"),
    "target group": Kind(models.TargetGroup, None, "slug", "introduced_by__slug"),
    "theme": Kind(models.Theme, "plan__slug", "number", "plan__slug"),
    "objective": Kind(models.Objective, "theme__plan__slug", "number", "theme__plan__slug"),
    "goal": Kind(models.Goal, "plan__slug", "number", "plan__slug"),
    "measure": Kind(models.Measure, "goal__plan__slug", "code", "goal__plan__slug"),
    "focus area": Kind(models.FocusArea, "plan__slug", "code", "introduced_by__slug"),
    "decision": Kind(models.Decision, "plan__slug", "code", "plan__slug"),
    "indicator": Kind(Indicator, None, "code", None),
    "area": Kind(Area, None, "code", None),
}


class Names:
    """Keys of stored parts, read once a kind until `forget` is told that rows have changed."""

    def __init__(self, kinds: dict[str, Kind]) -> None:
        self.kinds = kinds
        self._read: dict[str, dict[Key, list[tuple[int, str]]]] = {}

    @overload
    def pk(self, document: Speaking, kind: str, value: str | int) -> int: ...

    @overload
    def pk(self, document: Speaking, kind: str, value: str | int | None) -> int | None: ...

    def pk(self, document: Speaking, kind: str, value: str | int | None) -> int | None:
        return None if value is None else self.pks(document, kind, value)[0]

    def pks(self, document: Speaking, kind: str, value: str | int) -> list[int]:
        """More than one where a name may be repeated: the wordings of an objective."""
        return [pk for pk, _ in self._of(kind)[name_key(document, kind, value)]]

    def known(self, *, except_from: set[str]) -> Known:
        """All names but those of the documents at hand, which say for themselves what they introduce."""
        entries = [(key, owner) for kind in self.kinds for key, rows in self._of(kind).items() for _, owner in rows]
        return {key: owner for key, owner in entries if owner not in except_from}

    def forget(self, model: type[Model]) -> None:
        for name, kind in self.kinds.items():
            if kind.model is model:
                self._read.pop(name, None)

    def _of(self, kind: str) -> dict[Key, list[tuple[int, str]]]:
        if kind not in self._read:
            self._read[kind] = _rows(kind, self.kinds[kind])
        return self._read[kind]


def _rows(name: str, kind: Kind) -> dict[Key, list[tuple[int, str]]]:
    lookups = [lookup for lookup in (kind.scope, kind.name, kind.owner) if lookup]
    found: dict[Key, list[tuple[int, str]]] = {}
    for row in standing(kind.model._base_manager.all()).order_by("pk").values("pk", *lookups):
        key = (name, row[kind.scope] if kind.scope else "", str(row[kind.name]))
        found.setdefault(key, []).append((row["pk"], row[kind.owner] or "" if kind.owner else ""))
    return found
