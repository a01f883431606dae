"""Targets are append-only: a document may add to the entries that were loaded, never change or drop one."""

from typing import Any

from goals import documents
from goals.loading import Loader, facts_of
from goals.models import Target

APPEND = "an entry that has been loaded stands as it is; add another entry below it, with its own known_from"


class TargetRefused(ValueError):
    """A change to targets that have been loaded, with the place of the entry in the document's list."""

    def __init__(self, reason: str, index: int | None = None) -> None:
        super().__init__(reason)
        self.index = index


def load_targets(loader: Loader) -> None:
    """Each measure's entries are the stored rows, in the order they came, and then what is new."""
    stored: dict[str, list[Target]] = {}
    for row in Target.objects.filter(document=loader.plan_id).select_related("measure").order_by("pk"):
        stored.setdefault(row.measure.code, []).append(row)
    for index, entry in enumerate(loader.document.targets):
        rows = stored.get(entry.measure)
        if rows:
            _must_equal(rows.pop(0), _facts(loader, entry), index)
        else:
            _append(loader, entry, index)
    for code in (code for code, rows in stored.items() if rows):
        raise TargetRefused(f"a target of {code} is no longer in the file: {APPEND}")


def _facts(loader: Loader, entry: documents.Target) -> dict[str, Any]:
    return facts_of(
        entry,
        measure_id=loader.pk("measure", entry.measure),
        document_id=loader.plan_id,
        decision_id=loader.pk("decision", entry.decision),
        known_from=entry.known_from or loader.document.known_from,
    )


def _must_equal(row: Target, facts: dict[str, Any], index: int) -> None:
    for name, value in facts.items():
        if getattr(row, name) != value:
            field = name.removesuffix("_id")
            raise TargetRefused(f"{field} was {getattr(row, name)}, now {value}: {APPEND}", index)


def _append(loader: Loader, entry: documents.Target, index: int) -> None:
    if not loader.changes.is_new and entry.known_from is None:
        raise TargetRefused("a target added later must say from which day it is known", index)
    known_from = Target.objects.create(**_facts(loader, entry)).known_from
    loader.changes.add("targets", f"{entry.measure} {entry.kind} {entry.printed}, kendt {known_from}")
