"""Rows brought to what a document says, found by their key: made, changed, left alone or removed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import F, ForeignObjectRel, Manager, ManyToManyField, Model, QuerySet
from django.utils import timezone

from goals.documents.load_audit import AuditLog, audited_value
from indicators.as_known import Edited, as_text, kind_of
from indicators.definitions.yaml_documents import DocumentError
from indicators.models import Edit, Removable, standing, taken_out

Facts = Mapping[str, Any]  # a row's fields; foreign keys as `plan_id`
Row = TypeVar("Row", bound=Model)


@dataclass
class LoadChanges:
    """What loading one document did, in the words the command prints."""

    slug: str
    edited: Edited = Edited({})
    is_new: bool = False
    history: bool = True  # the portal is told of the plan for the first time: what the file says was known on its days
    made: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # where the portal's own edits differ from the file and stand
    audit_log: AuditLog = field(default_factory=AuditLog)
    made_now: set[tuple[str, int]] = field(default_factory=set)
    edits: list[Edit] = field(default_factory=list)  # what rows said before; written by `remember_all`
    leftovers: list[tuple[str, Model, QuerySet]] = field(default_factory=list)  # rows no longer in the file

    def add(self, part: str, label: str, row: Model) -> None:
        """A row was made. A symmetrical tie is two rows and said once."""
        line = f"  ny: {part} {label}"
        if line not in self.lines:
            self.made[part] += 1
            self.lines.append(line)
            self.audit_log.made(part, label, row)
        self.made_now.add((kind_of(type(row)), row.pk))
        if not self.history and not row._meta.auto_created:
            self.remember(row, "", None)

    def remember(self, row: Model, name: str, before: str | None) -> None:
        """What the row said until now, so that earlier days go on saying it; `name` empty: it was not there."""
        if not name or (kind_of(type(row)), row.pk) not in self.made_now:
            kind = kind_of(type(row))
            self.edits.append(Edit(kind=kind, row=row.pk, field=name, before=before, at=timezone.now(), by_file=True))

    def __str__(self) -> str:
        if self.is_new:
            counts = ", ".join(f"{count} {part}" for part, count in self.made.items() if part != "plan")
            return f"{self.slug}: ny ({counts})"
        return "\n".join([f"{self.slug}: {'ændret' if self.lines else 'uændret'}", *self.lines, *self.kept])


def sync(
    changes: LoadChanges, part: str, stored: QuerySet[Row], key: Sequence[str], wanted: Mapping[str, Facts]
) -> dict[str, Row]:
    """Make `stored` equal to `wanted` (label → fields) and give the rows by label.

    What is stored beyond that is left for `remove_leftovers`, when nothing refers to it any more.
    """
    unmatched = {tuple(getattr(row, name) for name in key): row for row in standing(stored)}
    keys = {label: tuple(facts[name] for name in key) for label, facts in wanted.items()}
    rows = {label: unmatched.pop(own) for label, own in keys.items() if own in unmatched}
    for label, row in rows.items():
        _update(changes, part, label, row, wanted[label])
    missing = _revive(changes, part, rows, stored.model, wanted)
    made = stored.model._base_manager.bulk_create([stored.model(**wanted[label]) for label in missing])
    for label, row in zip(missing, made, strict=True):
        changes.add(part, label, row)
    for row in unmatched.values():
        if changes.edited.holds(row, "removed"):
            changes.kept.append(f"  kun i portalen: {part} {_name(row)}")
        else:
            changes.leftovers.append((part, row, stored))
    return rows | dict(zip(missing, made, strict=True))


def _revive(
    changes: LoadChanges, part: str, rows: dict[str, Row], model: type[Row], wanted: Mapping[str, Facts]
) -> list[str]:
    """Brings back what was taken out once and is named again; gives the labels for which there is no row at all."""
    for label in [label for label in wanted if label not in rows]:
        row = taken_out(model, wanted[label])
        if row is not None:
            changes.lines.append(f"  igen: {part} {label}")
            changes.audit_log.changed(part, label, row, "removed", as_text(row, "removed"))
            changes.remember(row, "removed", "True")
            row.removed = False
            row.save(update_fields=["removed"])
            _update(changes, part, label, row, wanted[label])
            rows[label] = row
    return [label for label in wanted if label not in rows]


def sync_ties(
    changes: LoadChanges, part: str, relation: ManyToManyField, owner: Facts, ties: Mapping[str, tuple[int, int]]
) -> None:
    """A plain relation's own rows: those of the rows that `owner` picks out."""
    here, there = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    stored = rows_of(relation.remote_field.through).filter(**_through(here, owner))
    wanted = {label: {f"{here}_id": tie[0], f"{there}_id": tie[1]} for label, tie in ties.items()}
    held = changes.edited.owners(relation.model, relation.name)
    before = _ties_by_owner(stored, here, there)
    sync_unheld(changes, part, stored, [f"{here}_id", f"{there}_id"], wanted, held)
    _remember_ties(changes, relation, before, wanted.values(), held)


def _ties_by_owner(stored: QuerySet, here: str, there: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for owner, other in stored.values_list(f"{here}_id", f"{there}_id"):
        found.setdefault(owner, set()).add(other)
    return found


def _remember_ties(
    changes: LoadChanges,
    relation: ManyToManyField,
    before: dict[int, set[int]],
    wanted: Iterable[Facts],
    held: set[int],
) -> None:
    """Whom a row was tied to until now, of each whose ties the file changes."""
    here, there = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
    after: dict[int, set[int]] = {}
    for facts in wanted:
        after.setdefault(facts[here], set()).add(facts[there])
    for owner in (before.keys() | after.keys()) - held:
        if before.get(owner, set()) != after.get(owner, set()):
            changes.remember(relation.model(pk=owner), relation.name, _keys(before.get(owner, ())))


def sync_unheld(
    changes: LoadChanges, part: str, stored: QuerySet, key: list[str], wanted: Mapping[str, Facts], held: set[int]
) -> None:
    """As `sync`, but for the ties of rows (by the first of the key) whose ties were chosen in the portal."""
    owner = key[0]
    chosen = set(stored.filter(**{f"{owner}__in": held}).values_list(*key)) if held else set()
    said = {tuple(facts[name] for name in key): label for label, facts in wanted.items() if facts[owner] in held}
    changes.kept += [f"  kun i filen: {part} {label}" for tie, label in said.items() if tie not in chosen]
    extra = len(chosen - set(said))
    changes.kept += [f"  kun i portalen: {part} ({extra})"] if extra else []
    free = {label: facts for label, facts in wanted.items() if facts[owner] not in held}
    sync(changes, part, stored.exclude(**{f"{owner}__in": held}), key, free)


def sync_pairs(
    changes: LoadChanges, part: str, relation: ManyToManyField, owner: Facts, pairs: Mapping[str, tuple[int, int]]
) -> None:
    """A symmetrical relation, stored both ways; the younger row's document states it."""
    ends = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    every_tie = rows_of(relation.remote_field.through).all()
    before = _ties_by_owner(every_tie, *ends) if not changes.history else {}
    for young, old in (ends, ends[::-1]):
        stored = every_tie.filter(**_through(young, owner), **{f"{young}_id__gt": F(f"{old}_id")})
        wanted = {label: {f"{young}_id": max(pair), f"{old}_id": min(pair)} for label, pair in pairs.items()}
        stored_pairs = set(stored.values_list(f"{young}_id", f"{old}_id")) if not changes.history else set()
        sync(changes, part, stored, [f"{young}_id", f"{old}_id"], wanted)
    if not changes.history:
        changed = stored_pairs ^ {(max(pair), min(pair)) for pair in pairs.values()}
        for row in sorted({row for pair in changed for row in pair}):
            changes.remember(relation.model(pk=row), relation.name, _keys(before.get(row, ())))


def _keys(rows: Iterable[int]) -> str:
    return ",".join(str(row) for row in sorted(rows))


def rows_of(model: type[Model] | None) -> Manager[Any]:
    """Of the model that a relation leads to, or that keeps its ties."""
    if model is None:
        raise TypeError("a relation that leads to no model")
    return model._base_manager


def _through(end: str, owner: Facts) -> dict[str, Any]:
    return {f"{end}__{lookup}": value for lookup, value in owner.items()}


def remember_all(loaded: Iterable[LoadChanges]) -> None:
    Edit.objects.bulk_create(edit for changes in loaded for edit in changes.edits)


def remove_leftovers(loaded: Sequence[LoadChanges]) -> None:
    """Last of all, and children before parents: a row that something still refers to stops everything."""
    for changes in reversed(loaded):
        for part, row, stored in reversed(changes.leftovers):
            if stored.filter(pk=row.pk).exists():  # else another document has taken it over
                _remove(changes, part, row)


def _update(changes: LoadChanges, part: str, label: str, row: Model, facts: Facts) -> None:
    name = f"{part} {label}"
    differing = [column for column, value in facts.items() if getattr(row, column) != value]
    if changes.edited.made(row):
        differing = [column for column in differing if column != "position"]  # it stands last, wherever the file has it
    changed = [column for column in differing if not _held(changes, row, column)]
    for column in (column for column in differing if column not in changed):
        ours, files = (_shown(row, column, value) for value in (getattr(row, column), facts[column]))
        changes.kept.append(f"  rettet i portalen: {name}: {column.removesuffix('_id')} {ours} (filen siger {files})")
    for column in changed:
        old, new = (_shown(row, column, value) for value in (getattr(row, column), facts[column]))
        changes.lines.append(f"  ændret: {name}: {column.removesuffix('_id')} {old} → {new}")
        before = audited_value(row, column)
        if not row._meta.auto_created:
            changes.remember(row, column.removesuffix("_id"), as_text(row, column.removesuffix("_id")))
        setattr(row, column, facts[column])
        changes.audit_log.changed(part, label, row, column, before)
    if changed:
        row.save(update_fields=changed)


def _held(changes: LoadChanges, row: Model, column: str) -> bool:
    """A list's order is the file's; all else of a row that was edited is the portal's."""
    return column != "position" and changes.edited.holds(row, column.removesuffix("_id"))


def _shown(row: Model, column: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return "(tom)"
    field = row._meta.get_field(column)
    return str(rows_of(field.related_model).get(pk=value) if field.is_relation else value)


def _remove(changes: LoadChanges, part: str, row: Model) -> None:
    name = f"{part} {_name(row)}"
    if (other := _reference(row)) is not None:
        reference = f"{other._meta.model_name} {_name(other)}"
        raise DocumentError(f"{changes.slug}: {name} cannot be removed, because {reference} refers to it")
    line = f"  fjernet: {name}"
    if line not in changes.lines:
        changes.audit_log.removed(part, row)
        changes.lines.append(line)
    if isinstance(row, Removable):
        changes.remember(row, "removed", "False")
        row.removed = True
        row.save(update_fields=["removed"])
    else:
        row.delete()


def _reference(row: Model) -> Model | None:
    for relation in row._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and (relation.one_to_many or relation.one_to_one):
            other = standing(rows_of(relation.related_model).filter(**{relation.field.name: row})).first()
            if other is not None:
                return other
    return None


def _name(row: Model) -> str:
    if not row._meta.auto_created:
        return str(row)
    return " + ".join(sorted(str(getattr(row, field.name)) for field in row._meta.fields if field.is_relation))
