"""The life of a run: one of a source at a time, ended once together with its figures, requeued if its worker dies."""

import logging
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from indicators.files.errors import as_facts, grouped
from indicators.ingest.liveness import SILENT, is_gone, process_id
from indicators.models import COMMAND, ImportRun
from indicators.store.receipt import Receipt

if TYPE_CHECKING:
    from collections.abc import Callable

    from indicators.frame import Frame
    from indicators.store.write import Placed

log = logging.getLogger(__name__)
State = ImportRun.State
MAX_ATTEMPTS = 3
PATIENCE = 600.0  # seconds a command waits for its source
LOOK_AGAIN = 0.1  # seconds
GIVEN_UP = f"Opgivet efter {MAX_ATTEMPTS} forsøg: arbejderen forsvandt hver gang (nedbrud, tidsgrænse eller genstart)."
BROKEN_OFF = "Kommandoen blev afbrudt, før den var færdig. Kør den igen."


class RunTakenOver(Exception):
    """Another attempt has the run: this one was taken for dead. Nothing is stored."""


class Busy(ValueError):
    """The source is held by another run, and has been for too long."""


def claim(number: int) -> ImportRun | None:
    """Count the attempt before the work, so that a run which kills its worker ends. One a source runs at a time."""
    waiting = ImportRun.objects.waiting().filter(pk=number)
    requeue_dead_workers()
    waiting.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=State.FAILED, error=f"Opgivet efter {MAX_ATTEMPTS} forsøg.", finished_at=timezone.now()
    )
    facts = {"attempts": F("attempts") + 1, "heartbeat_at": timezone.now(), "worker": process_id()}
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
        alive = {"heartbeat_at": timezone.now(), "worker": process_id(), "attempts": 1}
        try:
            with transaction.atomic(using=using):
                return ImportRun.objects.using(using).create(state=State.RUNNING, actor=COMMAND, **alive, **facts)
        except IntegrityError:
            requeue_dead_workers(using)
            requeue_silent(timezone.now() - SILENT, using)
            time.sleep(LOOK_AGAIN)
    raise Busy("En anden indlæsning fra samme kilde er i gang; prøv igen, når den er færdig.")


def store(
    run: ImportRun,
    frame: "Frame",
    payload: bytes,
    *,
    complete: bool = False,
    using: str = "default",
    check: "Callable[[Placed], None] | None" = None,
) -> Receipt:
    """Figures and the run's end in one transaction: a reader sees both or neither. `check` may refuse them."""
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
            check=check,
        )
        end(run, receipt, using)
    log.info("run %s: %s", run.pk, receipt)
    return receipt


def end(run: ImportRun, receipt: Receipt, using: str = "default") -> Receipt:
    """Done, or unchanged where nothing was written; gives the receipt back."""
    counts = {"new": receipt.new, "changed": receipt.changed, "unchanged": receipt.unchanged}
    state = State.DONE if receipt.batch else State.UNCHANGED
    finish(run, state, using, error="", batch_id=receipt.batch, rejected=0, **counts, **facts_learnt(run))
    return receipt


def refuse(run: ImportRun, error: ValueError, using: str = "default") -> None:
    """What is wrong with a file is kept by cause, as the page of uploads shows it."""
    facts = {"error": str(error), "rejected": getattr(error, "rejected", 1)}
    if problems := getattr(error, "problems", None):
        facts |= as_facts(grouped(problems))
    finish(run, State.FAILED, using, **facts)


def break_off(run: ImportRun, error: BaseException, using: str = "default") -> None:
    """A worker's run is tried again; one by hand is for the one who typed it."""
    if run.actor == COMMAND:
        finish(run, State.FAILED, using, error=BROKEN_OFF)
    else:
        finish(run, State.INTERRUPTED, using, error=f"Afbrudt under arbejdet ({type(error).__name__}).")


def finish(run: ImportRun, state: str, using: str = "default", **facts: Any) -> None:
    """End the attempt that is ours; what another has begun since is left alone."""
    ours = ImportRun.objects.using(using).filter(pk=run.pk, state=State.RUNNING, attempts=run.attempts)
    if not ours.update(state=state, step="", finished_at=timezone.now(), **facts):
        raise RunTakenOver


def set_step(run: ImportRun, step: str, using: str = "default") -> None:
    """Tell how far it is, to those who wait; a heartbeat, too."""
    ours = ImportRun.objects.using(using).filter(pk=run.pk, state=State.RUNNING, attempts=run.attempts)
    ours.update(step=step, heartbeat_at=timezone.now())


def facts_learnt(run: ImportRun) -> dict[str, Any]:
    """What was learnt of the delivery on the way, to be kept with the run."""
    names = ("sha256", "expectations", "left_out", "request_ids", "update_latest", "update_next")
    return {name: getattr(run, name) for name in names}


def requeue_dead_workers(using: str = "default") -> None:
    """Those of this machine's processes that run no more: nobody has to wait until they have been silent for long."""
    running = ImportRun.objects.using(using).filter(state=State.RUNNING).only("pk", "worker", "attempts")
    for run in running:
        if is_gone(run.worker):
            _requeue(Q(pk=run.pk, worker=run.worker, attempts=run.attempts), using)


def requeue_silent(since: datetime, using: str = "default") -> None:
    """One that never had a heartbeat is as dead as one long silent."""
    _requeue(Q(heartbeat_at__lt=since) | Q(heartbeat_at=None), using)


def _requeue(dead: Q, using: str) -> None:
    runs = ImportRun.objects.using(using).filter(dead, state=State.RUNNING)
    over = {"state": State.FAILED, "step": "", "finished_at": timezone.now()}
    runs.filter(actor=COMMAND).update(error=BROKEN_OFF, **over)
    runs.filter(attempts__gte=MAX_ATTEMPTS).update(error=GIVEN_UP, **over)
    again = "Arbejderen forsvandt; indlæsningen prøves igen."
    runs.update(state=State.INTERRUPTED, step="", error=again, rung_at=None)
