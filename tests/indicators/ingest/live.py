"""A broker, Celery workers, beat and a web side that can be killed, for tests of what survives that."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

from indicators.models import ImportRun
from tests.indicators.conftest import environment
from tests.indicators.sources import jobindsats_stand_in
from tests.plugins.services import as_user, binary, free_port, quiet, stop, wait_for

ROOT = Path(__file__).resolve().parents[3]
POLL = 0.05  # seconds
LONGEST = 170.0  # seconds that anything here may take
# What a reader can see of a delivery in one look: figures of one value, one batch, and the run that says it is done.
LOOK = """
SELECT count(*), count(DISTINCT value), count(DISTINCT batch_from), max(batch_from),
       (SELECT max(batch_id) FROM indicators_importrun WHERE state = 'done')
FROM indicators_observation WHERE batch_to = 2147483647
"""


class Broker:
    """A Redis that keeps nothing: killed, it forgets every message."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = quiet([*as_user(None), binary("redis-server"), *options], cwd=self.folder)
        wait_for(self.port, self.process)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        stop(self.process)


class Celery:
    """`celery -A viborg_plan …` that knows nothing but where database and broker are, and a source's address."""

    def __init__(self, folder: Path, known: dict[str, str], *words: str) -> None:
        command = [*as_user(None), sys.executable, "-m", "celery", "-A", "viborg_plan", *words]
        known = known | {"VAR_DIR": str(folder)}
        self.log = folder / f"{words[0]}.log"
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=known, stdout=output, stderr=output, start_new_session=True
            )

    @property
    def children(self) -> list[int]:
        pid = self.process.pid
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))

    def is_ready(self) -> bool:
        return " ready." in self.log.read_text()

    def kill_child(self) -> None:
        for child in self.children:
            os.kill(child, signal.SIGKILL)

    def kill(self) -> None:
        """The whole of it, children too."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.kill()


class Office:
    """See office.py."""

    def __init__(self, folder: Path, known: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [*as_user(None), sys.executable, "-m", "tests.indicators.ingest.office"],
            cwd=ROOT,
            env=known | {"VAR_DIR": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(folder / "office.log").open("ab"),
            text=True,
        )
        assert self.process.stdout.readline() == "ready\n"

    def __call__(self, *words: object) -> str:
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait(10)


class Live:
    """All of it together, and the source that the workers ask."""

    def __init__(self, folder: Path, source: "Source") -> None:
        self.folder, self.source, self.broker = folder, source, Broker(folder)
        self.known = {"PATH": os.environ["PATH"], "DATABASE_URL": environment("default")["DATABASE_URL"]}
        self.known |= {"REDIS_URL": self.broker.url}
        self.parts: list[Any] = [self.broker]
        self.office = self.with_part(Office(folder, self.known))

    def with_part(self, part: Any) -> Any:
        self.parts.append(part)
        return part

    def worker(self, name: str = "w1", concurrency: int = 1) -> Celery:
        (self.folder / name).mkdir(exist_ok=True)
        known = self.known | {"JOBINDSATS_URL": self.source.url, "JOBINDSATS_API_KEY": jobindsats_stand_in.KEY}
        words = ["worker", f"--concurrency={concurrency}", f"--hostname={name}@%h", "--without-mingle"]
        return self.with_part(Celery(self.folder / name, known, *words, "--without-gossip", "--loglevel=INFO"))

    def beat(self) -> Celery:
        return self.with_part(Celery(self.folder, self.known, "beat", "--loglevel=INFO"))

    def stop(self) -> None:
        for part in reversed(self.parts):
            part.stop()


class Source(jobindsats_stand_in.StandIn):
    """A Jobindsats whose every figure is of one value, so that any two deliveries mixed would show."""

    value = 0

    def handle_error(self, request: object, client_address: object) -> None:
        """One that asked and was killed before it heard."""

    def rows_of(self, areas: list[str]) -> list[list]:
        whole = ["Ydelsesgrupper i alt", "I alt"]
        return [
            [period, area, *whole, 1, self.value, 1.5] for area in ("Hele landet", *areas) for period in self.periods
        ]

    def has(self, value: int) -> None:
        """A new delivery."""
        self.value, self.updated = value, f"udgave {value}"


class Reader(threading.Thread):
    """Looks at the figures time and again; `wrong` is what it saw that was neither one delivery nor the other."""

    def __init__(self, cells: int) -> None:
        super().__init__(daemon=True)
        self.cells, self.over = cells, threading.Event()
        self.looks, self.wrong = 0, []

    def run(self) -> None:
        while not self.over.wait(POLL):
            with connection.cursor() as cursor:
                cursor.execute(LOOK)
                count, values, batches, newest, done = cursor.fetchone()
            self.looks += 1
            if (count, values, batches) not in {(0, 0, 0), (self.cells, 1, 1)} or newest != done:
                self.wrong.append((count, values, batches, newest, done))
        connection.close()

    def __enter__(self) -> "Reader":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        self.join()


def until(happened: Callable[[], Any], meanwhile: Callable[[], Any] = lambda: None, every: float = 0.02) -> float:
    """How long it took; what to do in between is what the timetable would do."""
    begun = time.monotonic()
    while not happened():
        assert time.monotonic() - begun < LONGEST, "it never happened"
        meanwhile()
        time.sleep(every)
    return time.monotonic() - begun


class Ended:
    """Whether a run is over, one way or the other."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run

    def __call__(self) -> bool:
        return ImportRun.objects.filter(pk=self.run.pk, state__in=["done", "unchanged", "failed"]).exists()
