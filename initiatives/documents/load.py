"""Plan documents into the database: all files read and checked first, then one transaction."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from django.db import transaction

from goals.documents import name_lookup
from goals.documents.checks import Problem, names, problems
from goals.documents.load_goals import load_goals, step_down
from goals.documents.load_targets import TargetRefused, load_targets
from goals.documents.name_lookup import Kind, Names
from goals.documents.read_files import File, read_all, reason_at, refuse, slug_is_the_files_name
from goals.documents.sync_rows import LoadChanges, remember_all, remove_leftovers
from goals.models import Plan
from indicators import data_version
from indicators.as_known import Edited, kind_of
from indicators.definitions.yaml_documents import DocumentError
from indicators.models import Edit
from initiatives.documents.load_parts import FileLoader, load_initiatives
from initiatives.documents.schema import PlanFile
from initiatives.models import Action, Initiative, Partner

KINDS = name_lookup.KINDS | {
    "partner": Kind(Partner, None, "slug", "introduced_by__slug"),
    "initiative": Kind(Initiative, None, "code", "plan__slug"),
    "initiative slug": Kind(Initiative, None, "slug", "plan__slug"),
    "action": Kind(Action, "heading__plan__slug", "code", "heading__plan__slug"),
}


def load_plans(paths: Iterable[Path | str]) -> list[LoadChanges]:
    """What changed, a document at a time, the oldest first. A DocumentError leaves everything as it was."""
    files = sorted(read_all(paths, PlanFile), key=_age)
    with transaction.atomic():
        _check(files)
        all_names, edited = Names(KINDS), Edited.read()
        before = dict(Plan.objects.values_list("slug", "current"))
        loaders = [
            (path, FileLoader(document, all_names, edited, history=document.base not in before))
            for path, document in files
        ]
        for _, loader in loaders:
            step_down(loader)
        loaded = [_load(path, loader) for path, loader in loaders]
        _remember_front_page(loaders, before)
        remove_leftovers(loaded)
        remember_all(loaded)
        for changes in loaded:
            changes.audit_log.write(actor="load_plan")
        data_version.changed()
    return loaded


def _remember_front_page(loaders: list[tuple[Path, FileLoader]], before: Mapping[str, bool]) -> None:
    """A plan that takes the place of another on the front page takes it from now on."""
    for _path, loader in loaders:
        if loader.changes.is_new and loader.document.current and any(before.values()):
            row = Plan.objects.get(pk=loader.plan_id)
            loader.changes.made_now.discard((kind_of(Plan), row.pk))
            loader.changes.remember(row, "current", "False")


def _age(file: File[PlanFile]) -> tuple:
    """A document may speak of those known before it, and a supplement of its plan."""
    document = file[1]
    return document.known_from or date.max, document.supplements is not None, document.slug


def _check(files: list[File[PlanFile]]) -> None:
    known = dict(Names(KINDS).known(except_from={document.slug for _, document in files}))
    reasons = []
    for path, document in files:
        found = [
            *problems(document, known),
            *slug_is_the_files_name(path, document),
            *_one_current(files, document),
        ]
        reasons += [reason_at(path, *problem) for problem in found]
        known |= names(document)
    refuse(reasons)


def _one_current(files: list[File[PlanFile]], document: PlanFile) -> list[Problem]:
    """The front page shows one plan: not two of the files, nor a file and a plan that was loaded before."""
    given = {other.slug: other.current for _, other in files}
    if Edit.objects.filter(kind=kind_of(Plan), row__in=Plan.objects.filter(slug=document.slug), field="current"):
        return []  # which plan is shown was chosen in the portal, and stands
    stored = Plan.objects.filter(current=True).exclude(slug__in=given).values_list("slug", flat=True)
    others = [*stored, *(slug for slug, current in given.items() if current and slug != document.slug)]
    return [(("current",), f"{others[0]} is the current plan already")] if document.current and others else []


def _load(path: Path, loader: FileLoader) -> LoadChanges:
    try:
        load_goals(loader)
        load_targets(loader)
    except TargetRefused as refused:
        place = ("targets",) if refused.index is None else ("targets", refused.index)
        raise DocumentError(reason_at(path, place, str(refused))) from None
    load_initiatives(loader)
    return loader.changes
