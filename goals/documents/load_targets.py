"""Targets are append-only: a document may add to the entries that were loaded, never change or drop one."""

from typing import Any

from django.db.models import Model, Q

from goals.documents.load_goals import Loader, facts_of
from goals.documents.sync_rows import Facts
from goals.documents.target_schema import Target as Entry
from goals.judging import contradicts
from goals.models import Target
from indicators.as_known import kind_of

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
        its = _its_row(loader, stored.get(entry.measure, []), entry)
        if its:
            _must_equal(its, _facts(loader, entry) | _told_later(loader, its, entry), index)
        else:
            _append(loader, entry, index)
    for row in (row for rows in stored.values() for row in rows):
        _keep(loader, row)
    _refuse_contradictions(loader)


def _refuse_contradictions(loader: Loader) -> None:
    """Of the document's own targets, and of those that other documents set for its measures."""
    rows = Target.objects.filter(Q(document=loader.plan_id) | Q(measure__goal__plan=loader.plan_id))
    for row in rows.select_related("measure", "document").order_by("pk"):
        if contradicts(row.rule, row.measure.better):
            what = f"a {row.rule} target of {row.measure.code} in {row.document.slug}"
            raise TargetRefused(f"{what} contradicts better: {row.measure.better}", _index_of(loader, row))


def _index_of(loader: Loader, row: Target) -> int | None:
    own = loader.document.targets if row.document_id == loader.plan_id else []
    of_the_measure = [index for index, entry in enumerate(own) if loader.pk("measure", entry.measure) == row.measure_id]
    return next((index for index in of_the_measure if own[index].rule == row.rule), None)


def _its_row(loader: Loader, rows: list[Target], entry: Entry) -> Target | None:
    """The next in order; one that was added in the portal is passed over unless it is the entry's."""
    facts = _facts(loader, entry)
    while rows:
        row = rows.pop(0)
        if not loader.changes.edited.made(row) or not differences(row, facts):
            return row
        _keep(loader, row)
    return None


def _keep(loader: Loader, row: Target) -> None:
    if not loader.changes.edited.made(row):
        raise TargetRefused(f"a target of {row.measure.code} is no longer in the file: {APPEND}")
    loader.changes.kept.append(f"  kun i portalen: targets {row}, kendt {row.known_from}")


def _facts(loader: Loader, entry: Entry) -> dict[str, Any]:
    return facts_of(
        entry,
        measure_id=loader.pk("measure", entry.measure),
        document_id=loader.plan_id,
        decision_id=loader.pk("decision", entry.decision),
        known_from=entry.known_from or loader.document.known_from,
    ) | {"path": [step.stored() for step in entry.path]}


def _told_later(loader: Loader, row: Target, entry: Entry) -> dict[str, Any]:
    """One that the portal was told of after the day it names is known from the day it was told."""
    said = entry.known_from or loader.document.known_from
    added = (kind_of(Target), row.pk) in loader.changes.edited.added_by_file
    return {"known_from": row.known_from} if added and said and said < row.known_from else {}


def differences(row: Model, facts: Facts) -> list[tuple[str, Any, Any]]:
    return [(name, getattr(row, name), value) for name, value in facts.items() if getattr(row, name) != value]


def _must_equal(row: Target, facts: dict[str, Any], index: int) -> None:
    for name, was, now in differences(row, facts):
        raise TargetRefused(f"{name.removesuffix('_id')} was {was}, now {now}: {APPEND}", index)


def _append(loader: Loader, entry: Entry, index: int) -> None:
    if not loader.changes.is_new and entry.known_from is None:
        raise TargetRefused("a target added later must say from which day it is known", index)
    facts = _facts(loader, entry)
    facts["known_from"] = loader.shown_from("targets", f"{entry.measure} {entry.printed}", facts["known_from"], None)
    made = Target.objects.create(**facts)
    loader.changes.add("targets", f"{entry.measure} {entry.kind} {entry.printed}, kendt {made.known_from}", made)
