"""`make bench`, the pages' part: the same pages over a hundred thousand observations and over five million.

One PostgreSQL with both databases, one worker each, requests in turn. A page must not care how much the store holds
beside what it shows: read the ratios of the medians, which J's promise puts at 1.3 for the goal page. The ratio is of
pages that are made; beside it stands how long a reader waits for the copy that all but the first get.
"""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from types import MappingProxyType

from tests.bench import connect, new_database
from tests.plugins.services import free_port, postgresql, redis, stop, wait_for

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"0.1 M": 100_000, "5 M": 5_000_000}
MONTHS, FIRST_MONTH = 200, 1296
ROUNDS = 60
MADE_ANEW = {"Cookie": "csrf=of-a-form"}  # who brings a form's cookie gets a page made for them alone
PAGES = ["/planer/beskaeftigelsesplan-2020/maal/4/", "/", "/sammenlign/", "/indikatorer/ledige-pct-befolkning/"]
PLANS = sorted(map(str, (ROOT / "fixtures/plans").glob("*.yaml")))
LOADING = [
    ["migrate", "--verbosity=0"],
    ["load_indicators", str(ROOT / "fixtures/indicators.yaml")],
    ["load_plan", *PLANS],
    ["load_demo"],
    ["collectstatic", "--noinput"],
]
# More breakdowns of the indicators that the plan's own measures read, for every municipality.
SERIES = """
INSERT INTO indicators_series (indicator_id, area_id, breakdown, synthetic)
SELECT i.id, a.id, 'hold=' || n, false
FROM (SELECT DISTINCT indicator_id AS id FROM goals_measure WHERE indicator_id IS NOT NULL) i,
     indicators_area a, generate_series(1, %(series)s) n
WHERE a.kind = 'municipality' ORDER BY n, i.id, a.id LIMIT %(series)s
"""
OBSERVATIONS = """
INSERT INTO indicators_observation (series_id, period, batch_from, value)
SELECT s.id, %(first)s + m, (SELECT max(id) FROM indicators_batch), round((random() * 1000)::numeric, 1)
FROM indicators_series s, generate_series(0, %(months)s - 1) m WHERE s.breakdown LIKE 'hold=%%'
"""


def main() -> None:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-bench-"))
        server, cache = stack.enter_context(postgresql()), stack.enter_context(redis())
        settings = {"REDIS_URL": cache, "VAR_DIR": f"{folder}/var", "PORTAL_ENV": "development"}
        base = new_database(server, "base")
        for command in LOADING:
            manage(settings | {"DATABASE_URL": base}, *command)
        ports = {}
        for number, (name, size) in enumerate(SIZES.items()):
            url = new_database(server, f"pages_{number}", template="base")
            print(f"{name}: {filled(url, size)} observations", flush=True)
            ports[name] = serve(stack, settings | {"DATABASE_URL": url, "REDIS_URL": f"{cache[:-1]}{number}"})
        report(ports)


def manage(settings: dict[str, str], *words: str) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    subprocess.run(command, env=os.environ | settings, check=True, stdout=subprocess.DEVNULL)


def filled(url: str, size: int) -> int:
    """Add series until the store holds `size` observations; gives how many there are."""
    connection = connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM indicators_observation")
        cursor.execute(SERIES, {"series": (size - cursor.fetchone()[0]) // MONTHS})
        cursor.execute(OBSERVATIONS, {"first": FIRST_MONTH, "months": MONTHS})
        cursor.execute("SELECT count(*) FROM indicators_observation")
        count = cursor.fetchone()[0]
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.close()
    return count


def serve(stack: ExitStack, settings: dict[str, str]) -> int:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "viborg_plan.wsgi", "--workers=1", f"--bind=127.0.0.1:{port}"]
    process = subprocess.Popen([*command, "--log-level=error"], cwd=ROOT, env=os.environ | settings)
    stack.callback(stop, process)
    wait_for(port, process)
    return port


def report(ports: dict[str, int]) -> None:
    print(f"{'p50 of a page, ms':48}{''.join(f'{name:>9}' for name in ports)}{'ratio':>8}{'copied':>9}")
    for path in PAGES:
        times, copied = defaultdict(list), []
        for _ in range(ROUNDS):
            for name, port in ports.items():
                times[name].append(seconds(port, path, MADE_ANEW))
            copied.append(seconds(port, path))
        small, large = (median(found) for found in times.values())
        ratio = f"{large / small:8.2f}"
        print(f"{path:48}{small * 1000:9.1f}{large * 1000:9.1f}{ratio}{median(copied) * 1000:9.1f}")


def seconds(port: int, path: str, headers: Mapping[str, str] = MappingProxyType({})) -> float:
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers=dict(headers))
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200, f"{path}: {answer.status}"
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
