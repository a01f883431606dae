"""Checks of plan documents: names that clash, references to nothing, values that do not fit. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError

from goals.documents.marks import Name, Once, Part, Speaking, To
from goals.documents.schema import PlanDocument

Place = tuple[str | int, ...]  # where in the file: ("goals", 3, "section")
Key = tuple[str, str, str]  # kind, the document it is named within (none for what is named once and for all), name
Known = Mapping[Key, str]  # → the document that introduces it
Problem = tuple[Place, str]

GLOBAL = {"plan", "hearing", "target group", "partner", "initiative", "initiative slug", "indicator", "area"}
# Named within the document itself; every other kind within the plan the document speaks of.
OWN = {"event", "decision", "statement", "question", "heading", "action", "party", "passage", "point"}
REPEATABLE = {"objective"}


def names(document: Speaking) -> dict[Key, str]:
    """What the document introduces."""
    return {name_key(document, name.kind, value): document.slug for _, name, value in _marked(document, Name)}


def problems(document: PlanDocument, known: Known) -> Iterator[Problem]:
    """All that is wrong with the document, given what the documents before it introduce."""
    yield from problems_of_parts(document, known)
    yield from _repeated_wordings(document)
    yield from _undated_revisions(document)
    yield from _goals_of_a_supplement(document)
    yield from _contradictions(document)


def problems_of_parts(document: Speaking, known: Known) -> Iterator[Problem]:
    """What can be wrong with a document of any kind."""
    yield from _clashes(document, known)
    yield from _dangling(document, {**known, **names(document)})
    yield from _unfit(document)
    yield from _repeated(document)


def _clashes(document: Speaking, known: Known) -> Iterator[Problem]:
    seen = dict(known)
    for place, name, value in _marked(document, Name):
        key = name_key(document, name.kind, value)
        if key in seen and name.kind not in REPEATABLE:
            elsewhere = f"in {seen[key]}" if seen[key] != document.slug else "above"
            yield place, f"the {name.kind} {value!r} already stands {elsewhere}"
        seen[key] = document.slug


def _dangling(document: Speaking, known: Known) -> Iterator[Problem]:
    for place, to, value in _marked(document, To):
        if name_key(document, to.kind, value) not in known:
            yield place, f"no {to.kind} is called {value!r}"


def _unfit(document: Speaking) -> Iterator[Problem]:
    """Values the database would refuse: too long, not a code, out of range."""
    for place, part in _parts(document):
        for name in type(part).model_fields:
            try:
                field: Any = part.row._meta.get_field(name) if part.row else None
                if field and not field.is_relation and (value := getattr(part, name)) not in (None, ""):
                    field.run_validators(value)
            except FieldDoesNotExist:
                continue
            except ValidationError as error:
                yield (*place, name), " ".join(error.messages)


def _repeated(document: Speaking) -> Iterator[Problem]:
    """Entries of one list that say the same thing twice: a partner, a goal, a year."""
    seen: dict[Place, set] = {}
    entries = [(place[:-2], place, value) for place, _, value in _marked(document, Once)]
    listed = [(place[:-1], place, value) for place, _, value in _marked(document, To)]
    for siblings, place, value in entries + [item for item in listed if isinstance(item[1][-1], int)]:
        if value in seen.setdefault(siblings, set()):
            yield place, f"{value!r} already stands above"
        seen[siblings].add(value)


def _goals_of_a_supplement(document: PlanDocument) -> Iterator[Problem]:
    for name in ("sections", "themes", "objectives", "goals", "successions", "objective_successions"):
        if document.supplements and getattr(document, name):
            yield (name,), f"a supplement adds no {name}: they stand in the plan it supplements"


def _contradictions(document: PlanDocument) -> Iterator[Problem]:
    """What the document says of itself that cannot be so."""
    for name in ("supplements", "follows"):
        if getattr(document, name) == document.slug:
            yield (name,), "a document stands beside others, not beside itself"
    if document.kind == "supplement" and document.supplements is None:
        yield ("kind",), "a supplement says which plan it supplements"
    if document.current and document.known_from is None:
        yield ("current",), "a draft is shown to nobody: a current plan says from which day it is known"
    for index, event in enumerate(document.events):
        if event.end < event.start:
            yield ("events", index, "end"), "the event ends before it starts"


def _repeated_wordings(document: PlanDocument) -> Iterator[Problem]:
    seen = set()
    for index, objective in enumerate(document.objectives):
        wording = (objective.number, objective.valid_from)
        if wording in seen:
            yield (
                ("objectives", index, "number"),
                "another wording of the objective is valid from the same day",
            )
        seen.add(wording)


def _undated_revisions(document: PlanDocument) -> Iterator[Problem]:
    seen = set()
    for index, target in enumerate(document.targets):
        further = (target.measure, target.kind) in seen
        if (further or document.known_from is None) and target.known_from is None:
            what = "a further target of the same kind" if further else "a draft's target"
            yield ("targets", index), f"{what} must say from which day it is known"
        seen.add((target.measure, target.kind))


def name_key(document: Speaking, kind: str, value: str | int) -> Key:
    scope, _, name = str(value).rpartition("/")
    if kind in GLOBAL:
        return kind, "", str(value)
    return kind, scope or (document.slug if kind in OWN else document.base), name


def _marked(document: Speaking, mark: type[Name | To | Once]) -> Iterator[tuple[Place, Any, str | int]]:
    for place, part in _parts(document):
        for name, field in type(part).model_fields.items():
            for found in (item for item in field.metadata if isinstance(item, mark)):
                yield from ((at, found, value) for at, value in _values((*place, name), getattr(part, name)))


def _values(place: Place, value: Any) -> Iterator[tuple[Place, str | int]]:
    if isinstance(value, list):
        yield from (((*place, index), item) for index, item in enumerate(value))
    elif value is not None:
        yield place, value


def _parts(part: Part, place: Place = ()) -> Iterator[tuple[Place, Part]]:
    """The document and, depth first, every entry in it."""
    yield place, part
    for name in type(part).model_fields:
        for index, child in enumerate(_children(part, name)):
            yield from _parts(child, (*place, name, index))


def _children(part: Part, name: str) -> list[Part]:
    value = getattr(part, name)
    return [item for item in value if isinstance(item, Part)] if isinstance(value, list) else []
