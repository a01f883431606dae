"""`make bench`, the API's part: requests a second beside the portal's own empty view, and bulk numbers a second.

One worker, one reader, PostgreSQL and Redis of our own, rounds interleaved. Nothing is judged here: read the ratios.
"""

import http.client
import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from tests.plugins.services import free_port, postgresql, redis, stop, wait_for

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, SECONDS = 5, 1.0
NUMBERS = 100_000
SERIES = "/api/v1/observations/?indicator=bench&breakdown=hold%3D"
ALL = f"/api/v1/observations/?indicator=bench&limit={NUMBERS}"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder, postgresql() as database, redis() as cache:
        settings = {"DATABASE_URL": database, "REDIS_URL": cache, "VAR_DIR": f"{folder}/var"}
        settings |= {"PORTAL_ENV": "development", "DJANGO_SETTINGS_MODULE": "tests.bench_api_settings"}
        environment = os.environ | settings
        for command in (["manage.py", "migrate", "--verbosity=0"], ["-m", "tests.bench_api_fill"]):
            subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True)
        port = free_port()
        web = [sys.executable, "-m", "gunicorn", "viborg_plan.wsgi", "--workers=1", f"--bind=127.0.0.1:{port}"]
        server = subprocess.Popen([*web, "--log-level=error"], cwd=ROOT, env=environment)
        try:
            wait_for(port, server)
            report(Reader(port, server.pid))
        finally:
            stop(server)


class Reader:
    """Asks the one worker, one request after the other."""

    def __init__(self, port: int, master: int) -> None:
        self.port, self.master = port, master
        self.new = itertools.count(1)

    def ask(self, path: str, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        # The body goes along on the answer, which has no field of its own for it.
        answer.body = answer.read()  # type: ignore[attr-defined]
        assert answer.status in (200, 304), answer.body  # type: ignore[attr-defined]
        connection.close()
        return answer

    def memory(self) -> float:
        """MB of the worker."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()
        status = Path(f"/proc/{children[0]}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1000


def report(reader: Reader) -> None:
    tag = reader.ask(f"{SERIES}001").headers["ETag"]
    kinds = {
        "empty view": lambda: reader.ask("/__lbheartbeat__"),
        "200 numbers, copied": lambda: reader.ask(f"{SERIES}001"),
        "200 numbers, made": lambda: reader.ask(f"{SERIES}{next(reader.new) % 500:03}&limit={200 + next(reader.new)}"),
        "unchanged (304)": lambda: reader.ask(f"{SERIES}001", **{"If-None-Match": tag}),
        "200 numbers, plain ModelViewSet": lambda: reader.ask("/__plain/?breakdown=hold%3D001"),
    }
    rates = defaultdict(list)
    for _, (name, ask) in itertools.product(range(ROUNDS), kinds.items()):
        rates[name].append(per_second(ask))
    empty = median(rates["empty view"])
    for name, found in rates.items():
        print(f"{name:34} {median(found):8.0f} requests/s {median(found) / empty:6.2f} × empty view")
    plain = median(rates["200 numbers, plain ModelViewSet"])
    for name in ("200 numbers, copied", "200 numbers, made"):
        print(f"{name:34} {median(rates[name]) / plain:6.1f} × plain ModelViewSet")
    bulk(reader)


def per_second(ask) -> float:
    ask()
    begun, count = time.perf_counter(), 0
    while (passed := time.perf_counter() - begun) < SECONDS:
        ask()
        count += 1
    return count / passed


def bulk(reader: Reader) -> None:
    """Each answer under an address of its own, so that none is a copy."""
    before = reader.memory()
    for form in ("json", "columnar", "csv"):
        times = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            reader.ask(f"{ALL}&format={form}&to={2110 + next(reader.new) % 80}")
            times.append(time.perf_counter() - begun)
        rate, memory = NUMBERS / median(times) / 1e6, reader.memory() - before
        print(f"{NUMBERS} numbers, {form:10} {rate:6.2f} M/s, the worker's peak +{memory:.0f} MB")


if __name__ == "__main__":
    main()
