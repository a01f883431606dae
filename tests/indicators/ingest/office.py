"""The web side of the live fault tests, a process of its own: rings for runs, reaps, starts many workers at once.

Reads a command a line and answers each with a line; it knows nothing but DATABASE_URL and REDIS_URL.
"""

import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viborg_plan.settings")
django.setup()

# Models can only be loaded once Django is set up.
from django.db import connections  # noqa: E402

from indicators.ingest import queue, recovery  # noqa: E402
from indicators.ingest.execution import execute  # noqa: E402
from indicators.models import ImportRun  # noqa: E402


def ring(*numbers: str) -> str:
    for run in ImportRun.objects.filter(pk__in=numbers):
        queue.enqueue(run)
    return "rung"


def reap(silent: str, unheard: str) -> str:
    rung = recovery.recover_runs(silent=timedelta(seconds=float(silent)), unanswered=timedelta(seconds=float(unheard)))
    return f"rung {len(rung)}"


def start(number: str, count: str) -> str:
    """Fork so many workers that all wait for the same signal and then carry out the same run."""
    connections.close_all()
    gate, opener = os.pipe()
    children = []
    for _ in range(int(count)):
        if child := os.fork():
            children.append(child)
            continue
        os.close(opener)
        os.read(gate, 1)  # returns when the last opener is closed
        code = 1
        try:
            execute(int(number))
            code = 0
        finally:
            os._exit(code)
    os.close(opener)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    os.close(gate)
    return " ".join(map(str, codes))


def answer(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    answer("ready")
    for line in sys.stdin:
        name, *words = line.split()
        answer({"ring": ring, "reap": reap, "start": start}[name](*words))


if __name__ == "__main__":
    main()
