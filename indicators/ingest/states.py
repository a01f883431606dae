"""The life of a run: one of a source at a time, ended once together with its figures, taken back from what died."""

import logging
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from indicators.ingest import processes, queue
from indicators.models import COMMAND, ImportRun
from indicators.store.receipt import Receipt

if TYPE_CHECKING:
    from indicators.frame import Frame

log = logging.getLogger(__name__)
State = ImportRun.State
MAX_ATTEMPTS = 3
SILENT = timedelta(seconds=60)  # several heartbeats
PATIENCE = 600.0  # seconds a command waits for its source
LOOK_AGAIN = 0.1  # seconds
GIVEN_UP = f"Opgivet efter {MAX_ATTEMPTS} forsøg: arbejderen forsvandt hver gang (nedbrud, tidsgrænse eller genstart)."
BROKEN_OFF = "Kommandoen blev afbrudt, før den var færdig. Kør den igen."


class RunTakenOver(Exception):
    """The run is no longer ours: it was taken for dead and begun again. Nothing is stored."""


class Busy(ValueError):
    """The source is held by another run, and has been for too long."""


def claim(number: int) -> ImportRun | None:
    """Count the attempt before the work, so that a run which kills its worker ends. One a source runs at a time."""
    waiting = ImportRun.objects.waiting().filter(pk=number)
    requeue_dead_workers()
    waiting.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=State.FAILED, error=f"Opgivet efter {MAX_ATTEMPTS} forsøg.", finished_at=timezone.now()
    )
    facts = {"attempts": F("attempts") + 1, "heartbeat_at": timezone.now(), "worker": processes.process_id()}
    try:
        with transaction.atomic():
            begun = waiting.update(state=State.RUNNING, **facts)
    except IntegrityError:  # another of the same source is running
        return None
    return ImportRun.objects.get(pk=number) if begun else None


def begin_by_hand(using: str, **facts: Any) -> ImportRun:
    """A run that a command carries out itself, from the moment its source is free."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        alive = {"heartbeat_at": timezone.now(), "worker": processes.process_id(), "attempts": 1}
        try:
            with transaction.atomic(using=using):
                return ImportRun.objects.using(using).create(state=State.RUNNING, actor=COMMAND, **alive, **facts)
        except IntegrityError:
            requeue_dead_workers(using)
            take_back_silent(timezone.now() - SILENT, using)
            time.sleep(LOOK_AGAIN)
    raise Busy("En anden indlæsning fra samme kilde er i gang; prøv igen, når den er færdig.")


def store(run: ImportRun, frame: "Frame", payload: bytes, *, complete: bool = False, using: str = "default") -> Receipt:
    """Figures and the run's end in one transaction: a reader sees both or neither."""
    from indicators.store import write  # slow to load, and most imports bring what is already known

    with transaction.atomic(using=using):
        receipt = write.save(
            frame,
            source=run.source,
            name=run.name or run.table,
            sha256=run.sha256,
            payload=payload,
            complete=complete,
            actor=run.approved_by or run.actor,
            using=using,
        )
        end(run, receipt, using)
    log.info("run %s: %s", run.pk, receipt)
    return receipt


def end(run: ImportRun, receipt: Receipt, using: str = "default") -> None:
    counts = {"new": receipt.new, "changed": receipt.changed, "unchanged": receipt.unchanged}
    state = State.DONE if receipt.batch else State.UNCHANGED
    finish(run, state, using, error="", batch_id=receipt.batch, rejected=0, **counts, **facts_learnt(run))


def refuse(run: ImportRun, error: ValueError, using: str = "default") -> None:
    """What is wrong with a file is kept by cause, as the page of uploads shows it."""
    facts = {"error": str(error), "rejected": getattr(error, "rejected", 1)}
    if problems := getattr(error, "problems", None):
        from indicators.ingest.preview import as_facts, grouped

        facts |= as_facts(grouped(problems))
    finish(run, State.FAILED, using, **facts)


def finish(run: ImportRun, state: str, using: str = "default", **facts: Any) -> None:
    """End the attempt that is ours; what another has begun since is left alone."""
    ours = ImportRun.objects.using(using).filter(pk=run.pk, state=State.RUNNING, attempts=run.attempts)
    if not ours.update(state=state, step="", finished_at=timezone.now(), **facts):
        raise RunTakenOver


def set_step(run: ImportRun, step: str) -> None:
    """Tell how far it is, to those who wait; a sign of life, too."""
    ours = ImportRun.objects.filter(pk=run.pk, state=State.RUNNING, attempts=run.attempts)
    ours.update(step=step, heartbeat_at=timezone.now())


def facts_learnt(run: ImportRun) -> dict[str, Any]:
    """What was learnt on the way."""
    names = ("sha256", "expectations", "request_ids", "update_latest", "update_next")
    return {name: getattr(run, name) for name in names}


def requeue_dead_workers(using: str = "default") -> None:
    """From processes of this machine that run no more: nobody has to wait until they have been silent for long."""
    running = ImportRun.objects.using(using).filter(state=State.RUNNING).only("pk", "worker", "attempts")
    for run in running:
        if processes.is_gone(run.worker):
            _take_back(Q(pk=run.pk, worker=run.worker, attempts=run.attempts), using)


def take_back_silent(since: datetime, using: str = "default") -> None:
    """One that never gave a sign of life is as dead as one long silent."""
    _take_back(Q(heartbeat_at__lt=since) | Q(heartbeat_at=None), using)


def _take_back(dead: Q, using: str) -> None:
    runs = ImportRun.objects.using(using).filter(dead, state=State.RUNNING)
    over = {"state": State.FAILED, "step": "", "finished_at": timezone.now()}
    runs.filter(actor=COMMAND).update(error=BROKEN_OFF, **over)
    runs.filter(attempts__gte=MAX_ATTEMPTS).update(error=GIVEN_UP, **over)
    again = "Arbejderen forsvandt; indlæsningen prøves igen."
    runs.update(state=State.INTERRUPTED, step="", error=again, rung_at=None)


def enqueue_next(source: str) -> None:
    """Those that came while a run held the source."""
    following = ImportRun.objects.waiting().filter(source=source, attempts=0).order_by("requested_at").first()
    if following:
        queue.enqueue(following)
