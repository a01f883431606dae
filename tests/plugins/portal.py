"""The portal as a reader meets it: served by `make run`'s own script, with the demo data."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.plugins.databases import new_database
from tests.plugins.services import as_user, free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120
REDIS_NUMBERS = count(1)  # 0 is the unit tests' own


class Serving:
    """A started portal: its address, its process, and what it has printed so far."""

    def __init__(self, folder: Path, **environment: str):
        self.port = int(environment.get("PORT") or free_port())
        self.url = f"http://127.0.0.1:{self.port}"
        self.printed = folder / "printed.txt"
        settings = {"VAR_DIR": str(folder / "var"), "PORT": str(self.port)} | environment
        with self.printed.open("wb") as output:
            self.process = subprocess.Popen(
                [*as_user(None), sys.executable, "-m", "scripts.serve"],
                cwd=ROOT,
                env=os.environ | settings,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/__heartbeat__", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            if self.answers():
                return
            time.sleep(0.1)
        raise AssertionError(f"The portal did not start. It printed:\n{self.printed.read_text()}")

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(30)


@contextmanager
def serving(**environment: str) -> Iterator[Serving]:
    with tempfile.TemporaryDirectory(prefix="portal-served-") as folder:
        portal = Serving(Path(folder), **environment)
        try:
            yield portal
        finally:
            portal.stop()


@contextmanager
def serving_demo(name: str, template: str) -> Iterator[str]:
    """The address of a portal with the demo data, in a database and a part of Redis of its own."""
    redis = urlunsplit(urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{next(REDIS_NUMBERS)}"))
    with serving(DATABASE_URL=new_database(name, template), REDIS_URL=redis) as served:
        served.wait_until_it_answers()
        yield served.url
        assert served.stop(signal.SIGTERM) == 0  # as systemd and containers ask


@pytest.fixture(scope="session")
def portal(demo_template) -> Iterator[str]:
    """The address of one portal with the demo data. For reading: what a test changes, all later ones see.

    What a writer hands in and nobody approves is seen by no page but the writers'.
    """
    with serving_demo("portal", demo_template) as address:
        yield address
