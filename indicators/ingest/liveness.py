"""Whether a running import is alive: its heartbeat, and the process that works on it."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import DatabaseError, connections
from django.utils import timezone

from indicators.models import ImportRun

INTERVAL = 10.0  # seconds between heartbeats
SILENT = timedelta(seconds=60)  # without a heartbeat for so long a run is taken for dead
BOOT = Path("/proc/sys/kernel/random/boot_id")  # another for each start of each machine
NUMBERS = Path("/proc/self/ns/pid")  # containers number their processes each for itself


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
    while not over.wait(INTERVAL):
        try:
            running.filter(pk=number, attempts=attempts).update(heartbeat_at=timezone.now())
        except DatabaseError:  # SQLite has one writer: the import itself may be it
            continue
        finally:
            connections[using].close()


def process_id() -> str:
    """This process among all of all machines, as a run keeps it."""
    return f"{_machine()} {os.getpid()}"


def is_gone(process: str) -> bool:
    """It was a process of this machine and runs no more. Of other machines only silence tells."""
    machine, _, number = process.rpartition(" ")
    if machine != _machine() or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)  # asks whether it is there, and does nothing to it
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _machine() -> str:
    boot = BOOT.read_text()[:13] if BOOT.exists() else ""
    numbers = os.readlink(NUMBERS) if NUMBERS.is_symlink() else ""
    return " ".join([socket.gethostname()[:60], boot, numbers[:24]])
