"""What people do with imports: ask for one, see what a file would do, confirm, approve, take back."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.civil_numbers import holds_civil_number
from accounts.models import User
from indicators.files.errors import Cause, Problem, ProblemGroup, TidyError, as_facts, grouped
from indicators.ingest import queue
from indicators.ingest.execution import STALE, execute, job_of, reading_of
from indicators.ingest.preview import Preview, preview_of_reading
from indicators.models import ImportRun, Indicator, Payload, Source
from indicators.sources import file
from indicators.store import undo as store_undo
from indicators.store.payloads import forget_payload, keep_payload
from indicators.store.provisional import with_newest_marked

State = ImportRun.State
SMALL = 2_000_000  # bytes that are stored while the person waits; a larger file is for the worker
DRAFT_LIFE = timedelta(hours=24)


class RunError(ValueError):
    """What was asked for cannot be done with this run; the text says why."""


def preview(payload: bytes, name: str = "") -> Preview:
    """What a file would do. Nothing is written, and a civil registration number is never repeated."""
    try:
        if holds_civil_number(name):
            raise TidyError([Problem(Cause.CIVIL_NUMBER, "filens navn rummer et CPR-nummer")])
        reading = file.reading(payload, Path(name), Indicator.objects.vocabulary())
    except TidyError as error:
        return Preview(rejected=error.rejected, problems=grouped(error.problems))
    except ValueError as error:
        return Preview(rejected=1, problems=grouped([Problem(Cause.FILE, str(error))]))
    return preview_of_reading(replace(reading, frame=with_newest_marked(reading.frame, reading.marked)))


def preview_of(run: ImportRun) -> Preview:
    """What a draft, or a delivery that is held, does to the figures as they stand now; a refused file's problems."""
    if run.problems:
        return Preview(rejected=run.rejected, problems=_problem_groups(run.problems))
    payload = Payload.objects.filter(sha256=run.sha256).first()
    if payload is None:
        return Preview(run.new, run.changed, run.unchanged, run.rejected)
    return preview(payload.raw(), run.name) if run.source == Source.FILE else _preview_of_fetched(run, payload.raw())


def _preview_of_fetched(run: ImportRun, payload: bytes) -> Preview:
    try:
        return preview_of_reading(reading_of(run, payload, job_of(run)))
    except ValueError as error:  # it could be read when it came, but what is asked for has changed since
        return Preview(rejected=1, problems=grouped([Problem(Cause.FILE, str(error))]))


def request_run(
    source: str, *, payload: bytes | None = None, name: str = "", table: str = "", actor: User | str = ""
) -> ImportRun:
    """A row, then a message. A file becomes a draft, or a failed run if it cannot be used: then it is not kept."""
    by = _email(actor)
    if payload is not None:
        return _draft(source, payload, name, by)
    with transaction.atomic():
        run = ImportRun.objects.create(source=source, table=table, actor=by)
        record(verb="request", kind="import", key=str(run.pk), by=by)
    queue.enqueue(run)
    return run


def is_waiting(source: str, table: str) -> bool:
    """Whether a run of the table is asked for and not over, so that two timetables make one import."""
    return ImportRun.objects.filter(
        source=source, table=table, state__in=[State.QUEUED, State.INTERRUPTED, State.RUNNING]
    ).exists()


def _draft(source: str, payload: bytes, name: str, by: str) -> ImportRun:
    outcome = preview(payload, name)
    safe_name = "" if holds_civil_number(name) else name[:200]
    run = ImportRun(source=source, name=safe_name, actor=by, state=State.DRAFT, heartbeat_at=timezone.now())
    for count in ("new", "changed", "unchanged", "rejected"):
        setattr(run, count, getattr(outcome, count))
    if not outcome.is_usable:
        run.state, run.finished_at = State.FAILED, timezone.now()
        vars(run).update(as_facts(outcome.problems))
    with transaction.atomic():
        run.reading = outcome.reading_facts()
        if outcome.is_usable:
            run.sha256 = hashlib.sha256(payload).hexdigest()
            keep_payload(payload, run.sha256)
        run.save()
        record(verb="upload", kind="import", key=str(run.pk), by=by)
    return run


def confirm(
    run: ImportRun, reasons: dict[str, str] | None = None, by: User | str = "", shown: str | None = None
) -> ImportRun:
    """Let a draft be stored. Every question needs its reason; confirmed twice it is still one import.

    `shown` is the fingerprint of the preview that is confirmed: if the portal's figures have changed since, nothing
    is stored. Without it what would be stored now is.
    """
    given = {key: text.strip()[:500] for key, text in (reasons or {}).items() if text.strip()}
    if any(holds_civil_number(text) for text in given.values()):
        raise RunError("En begrundelse rummer et CPR-nummer. Fjern det, og prøv igen.")
    outcome = preview_of(run)
    if run.state == State.DRAFT:
        _refuse_unanswered(outcome, given, shown)
    facts = {"reasons": given, "shown": outcome.fingerprint}
    changed = _queue(run, State.DRAFT, by, verb="confirm", reason="\n".join(given.values()), **facts)
    payload = Payload.objects.filter(sha256=run.sha256).values_list("size", flat=True).first()
    if changed and payload is not None and payload <= SMALL:
        execute(run.pk)
    elif changed:
        queue.enqueue(run)
    run.refresh_from_db()
    return run


def _refuse_unanswered(outcome: Preview, given: dict[str, str], shown: str | None) -> None:
    if shown is not None and shown != outcome.fingerprint:
        raise RunError(STALE)
    missing = sorted({question.indicator.name for question in outcome.jumps if question.key not in given})
    if missing:
        is_jump = any(question.is_jump for question in outcome.jumps if question.key not in given)
        asked = "Begrund først de store ændringer i" if is_jump else "Svar først på det, der er at se efter, i"
        raise RunError(f"{asked}: {', '.join(missing)}.")


def approve_run(run: ImportRun, by: User | str) -> ImportRun:
    """Let a held delivery be stored as it was fetched."""
    if not _queue(run, State.HELD, by, verb="approve", approved_by=_email(by)):
        raise RunError("Indlæsningen er ikke længere holdt tilbage.")
    queue.enqueue(run)
    run.refresh_from_db()
    return run


def discard(run: ImportRun, by: User | str) -> None:
    """Drop a draft, or a held delivery; what was kept of it goes too."""
    with transaction.atomic():
        waiting = ImportRun.objects.filter(pk=run.pk, state__in=[State.DRAFT, State.HELD])
        facts = {"state": State.FAILED, "error": f"Kasseret af {_email(by)}.", "finished_at": timezone.now()}
        if not waiting.update(**facts):
            raise RunError("Indlæsningen er allerede i gang eller afsluttet.")
        forget_payload(run)
        record(verb="discard", kind="import", key=str(run.pk), by=_email(by))
    run.refresh_from_db()


def undo(run: ImportRun, by: User | str) -> store_undo.Undone:
    """Turn the figures back as a new state of knowledge; the wrong ones stay known as of their day."""
    if run.batch_id is None:
        raise RunError("Indlæsningen ændrede ingen tal, så der er intet at fortryde.")
    with transaction.atomic():
        undone = store_undo.undo(run.batch_id, actor=_email(by))
        record(verb="undo", kind="import", key=str(run.pk), by=_email(by), changes={"batch": [None, undone.batch]})
    return undone


def _queue(run: ImportRun, state: str, by: User | str, *, verb: str, reason: str = "", **facts: Any) -> bool:
    """Only one of two that press at the same time moves the run on."""
    with transaction.atomic():
        waiting = ImportRun.objects.filter(pk=run.pk, state=state)
        if not waiting.update(state=State.QUEUED, attempts=0, error="", finished_at=None, **facts):
            return False
        record(verb=verb, kind="import", key=str(run.pk), by=_email(by), reason=reason)
    return True


def _email(actor: User | str) -> str:
    return actor if isinstance(actor, str) else actor.email


def _problem_groups(stored: Sequence[dict]) -> tuple[ProblemGroup, ...]:
    return tuple(
        ProblemGroup(group["cause"], group["count"], tuple(Problem(**problem) for problem in group["problems"]))
        for group in stored
    )
