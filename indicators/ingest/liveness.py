"""A sign of life from a running import, so that one whose worker died is told from one that takes its time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connections
from django.utils import timezone

from indicators.models import ImportRun

BEAT = 10.0  # seconds; the janitor waits for several


@contextmanager
def heartbeat(run: ImportRun, using: str = "default") -> Iterator[None]:
    """Beats in a thread of its own, since a slow source keeps the work waiting for minutes."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(run.pk, run.attempts, over, using), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()


def _beat(number: int, attempts: int, over: threading.Event, using: str) -> None:
    running = ImportRun.objects.using(using).filter(state=ImportRun.State.RUNNING)
    while not over.wait(BEAT):
        try:
            running.filter(pk=number, attempts=attempts).update(heartbeat_at=timezone.now())
        except DatabaseError:  # SQLite has one writer: the import itself may be it
            continue
        finally:
            connections[using].close()
