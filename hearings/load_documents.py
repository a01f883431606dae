"""Hearing documents into the database: all files read and checked first, then one transaction."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from goals.documents import name_lookup
from goals.documents.checks import Problem, problems_of_parts
from goals.documents.load_goals import facts_of
from goals.documents.load_targets import differences
from goals.documents.name_lookup import Names
from goals.documents.read_files import File, read_all, reason_at, refuse, slug_is_the_files_name
from goals.documents.sync_rows import Facts, LoadChanges, Row, remember_all, remove_leftovers, sync, sync_ties
from hearings import document_schema, models
from hearings.document_schema import HearingDocument
from indicators import data_version
from indicators.as_known import Edited
from indicators.definitions.yaml_documents import DocumentError

STANDS = "what a party said stands as it was loaded; add what was found out since as a note below it"
Files = list[File[HearingDocument]]


class PointRefused(ValueError):
    """A change to what was said, with the place of the point in the document's list."""

    def __init__(self, reason: str, *place: int) -> None:
        super().__init__(reason)
        self.place: tuple[str | int, ...] = ("points", *place)


def load_hearings(paths: Iterable[Path | str]) -> list[LoadChanges]:
    """What changed, a document at a time. A DocumentError leaves everything as it was."""
    files = read_all(paths, HearingDocument)
    with transaction.atomic():
        names = Names(name_lookup.KINDS)
        _check(files, names)
        loaded = [_load(path, Loader(document, names)) for path, document in files]
        remove_leftovers(loaded)
        remember_all(loaded)
        for changes in loaded:
            changes.audit_log.write(actor="load_hearing")
        data_version.changed()
    return loaded


def _check(files: Files, names: Names) -> None:
    known = names.known(except_from=set())
    refuse([reason_at(path, *problem) for path, document in files for problem in _problems(path, document, known)])


def _problems(path: Path, document: HearingDocument, known: Any) -> Iterator[Problem]:
    yield from problems_of_parts(document, known)
    yield from slug_is_the_files_name(path, document)
    yield from _sections_apart(document)
    for index, point in enumerate(document.points):
        if document.known_from is None and point.known_from is None:
            yield ("points", index), "a draft's point must say from which day it is known"


def _sections_apart(document: HearingDocument) -> Iterator[Problem]:
    """A heading stands once on the page, with all its paragraphs below it."""
    seen: list[str] = []
    for index, passage in enumerate(document.passages):
        if passage.section in seen[:-1]:
            yield ("passages", index, "section"), f"the paragraphs of {passage.section!r} do not stand together"
        elif passage.section not in seen:
            seen.append(passage.section)


def _load(path: Path, loader: "Loader") -> LoadChanges:
    try:
        loader.load()
    except PointRefused as refused:
        raise DocumentError(reason_at(path, refused.place, str(refused))) from None
    return loader.changes


class Loader:
    """One document on its way in."""

    def __init__(self, document: HearingDocument, names: Names) -> None:
        self.document, self.names = document, names
        self.changes = LoadChanges(f"høring {document.slug}", Edited({}))

    def load(self) -> None:
        self.hearing = self._hearing()
        self.parties = self._children("parties", models.Party, "slug")
        self.passages = self._children("passages", models.Passage, "code")
        points = self._points()
        self._notes(points)
        ties = {
            f"{code} + {goal}": (points[code].pk, self.names.pk(self.document, "goal", goal))
            for code, goal in ((point.code, goal) for point in self.document.points for goal in point.goals)
        }
        owner = {"hearing": self.hearing.pk}
        sync_ties(self.changes, "points.goals", models.Point.goals.field, owner, ties)

    def _hearing(self) -> models.Hearing:
        slug = self.document.slug
        stored = models.Hearing.objects.filter(slug=slug)
        self.changes.is_new = self.changes.history = not stored.exists()
        facts = facts_of(self.document, plan_id=self.names.pk(self.document, "plan", self.document.plan))
        return sync(self.changes, "hearing", stored, ["slug"], {slug: facts})[slug]

    def _children(self, part: str, model: type[Row], key: str) -> dict[str, Row]:
        parts = enumerate(getattr(self.document, part))
        facts = {getattr(item, key): facts_of(item, place, hearing_id=self.hearing.pk) for place, item in parts}
        return sync(self.changes, part, model._default_manager.filter(hearing=self.hearing), [key], facts)

    def _points(self) -> dict[str, models.Point]:
        """Those that were loaded before must say the same; the others are added."""
        stored = {point.code: point for point in self.hearing.points.all()}
        said = {point.code for point in self.document.points}
        for code in (code for code in stored if code not in said):
            raise PointRefused(f"the point {code} is no longer in the file: {STANDS}")
        listed = enumerate(self.document.points)
        return {point.code: self._point(stored.get(point.code), point, place) for place, point in listed}

    def _point(self, row: models.Point | None, point: document_schema.Point, place: int) -> models.Point:
        facts = self._facts(point)
        if row is None:
            if not self.changes.is_new and point.known_from is None:
                raise PointRefused("a point added later must say from which day it is known", place)
            made = models.Point.objects.create(**facts, position=place)
            self.changes.add("points", point.code, made)
            return made
        for name, was, now in differences(row, facts):
            raise PointRefused(f"{name.removesuffix('_id')} was {was}, now {now}: {STANDS}", place)
        return row

    def _facts(self, point: document_schema.Point) -> Facts:
        facts = facts_of(
            point,
            hearing_id=self.hearing.pk,
            party_id=self.parties[point.party].pk,
            passage_id=self.passages[point.passage].pk,
            known_from=point.known_from or self.document.known_from,
        )
        return {name: value for name, value in facts.items() if name != "position"}

    def _notes(self, points: dict[str, models.Point]) -> None:
        """The file's notes are those that were loaded, in the order they came, and then what is new."""
        for place, point in enumerate(self.document.points):
            row = points[point.code]
            stored = [(note.text, note.known_from) for note in row.notes.order_by("pk")]
            said = [(note.text, note.known_from) for note in point.notes]
            if said[: len(stored)] != stored:
                raise PointRefused("a note that has been loaded stands as it is; add another below it", place)
            for text, known_from in said[len(stored) :]:
                made = models.Note.objects.create(point=row, text=text, known_from=known_from)
                self.changes.add("points.notes", f"{point.code} {text}", made)
