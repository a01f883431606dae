"""`make bench`: whole imports of a million tidy rows against a bare COPY of the same rows, in the same run.

Rounds are interleaved, services are thrown away, figures come from a generator of our own. Nothing is judged here:
times vary by half on a busy machine, so read the ratios side by side and differences under a third as ties.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import urlsplit

import psycopg2

from indicators.periods import iso, of
from tests.plugins.services import postgresql

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3
INDICATORS, AGES, MONTHS = 10, ["", "16-24", "25-29", "30-49", "50-66"], 200
AREAS = 100
FIRST_MONTH = of(2008, 1)
REVISED = 0.01
NULL = r"\N"
MANAGE = [sys.executable, str(ROOT / "manage.py")]
INDICATOR = """\
- code: bench-{0:02}
  name: Måling {0}
  definition: Til måling.
  unit: count
  decimals: 1
  direction: lower
  publisher: Ingen
  source: file
"""
TABLE = "series_id int4, period int2, value numeric(14,4)"
STEPS = {
    "first": r"new=(\d+) changed=0 unchanged=0",
    "same bytes": r"new=0 changed=0 unchanged=(\d+)",
    "same cells": r"new=0 changed=0 unchanged=(\d+)",
    "1 % revised": r"new=0 changed=(\d+) unchanged=\d+",
}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name, postgresql() as server:
        folder = Path(name)
        expected, rows = write_files(folder)
        bases = {"PostgreSQL": new_database(server, "base"), "SQLite": f"sqlite:///{folder}/base.sqlite3"}
        for url in bases.values():
            manage(url, folder, "migrate", "--verbosity=0")
            manage(url, folder, "load_indicators", str(folder / "indicators.yaml"))
        results = defaultdict(list)
        for number in range(1, ROUNDS + 1):
            print(f"round {number} of {ROUNDS} …", file=sys.stderr)
            one_round(number, server, folder, expected, rows, bases, results)
    report(results)


def one_round(number, server, folder, expected, rows, bases, results) -> None:
    bare = bare_copy(server, rows)
    results["bare COPY"].append((bare, bare, 0))
    for engine in bases:
        url = copy_of_base(engine, server, folder, number)
        seconds, peak, _ = manage(url, folder, "import_indicators", "--help")
        results[f"{engine}: starting the command"].append((bare, seconds, peak))
        for step, printed in STEPS.items():
            path = folder / f"{'first' if step == 'same bytes' else step}.csv"
            seconds, peak, out = manage(url, folder, "import_indicators", "--source=file", f"--file={path}")
            count = re.search(printed, out)
            if not count or int(count[1]) != expected[step]:
                sys.exit(f"{engine}, {step}: expected {expected[step]}, but the command printed {out!r}")
            results[f"{engine}: {step}"].append((bare, seconds, peak))


def write_files(folder: Path) -> tuple[dict[str, int], bytes]:
    """The deliveries, how many cells each step is about, and the first one's rows for the bare COPY."""
    codes = re.findall(r"^(\d{3});", (ROOT / "fixtures/areas.csv").read_text(encoding="utf-8"), re.MULTILINE)[:AREAS]
    (folder / "indicators.yaml").write_text("".join(INDICATOR.format(n) for n in range(INDICATORS)), encoding="utf-8")
    bare, revised = [], 0
    with open_all(folder) as (first, other, changed):
        for number, cell in enumerate(cells(codes)):
            indicator, area, period, age, value, revision = cell
            revised += revision != value
            first.write(f"{indicator};{area};{period};{value};{age}\n")
            other.write(f"{indicator};0{area};{period};{value};{age}\n")
            changed.write(f"{indicator};{area};{period};{revision};{age}\n")
            bare.append(f"{number // MONTHS + 1}\t{FIRST_MONTH + number % MONTHS}\t{value.replace(',', '.') or NULL}\n")
    return {step: revised if "revised" in step else len(bare) for step in STEPS}, "".join(bare).encode()


class open_all:
    """The three files of deliveries, open for writing, each with its header."""

    def __init__(self, folder: Path) -> None:
        names = ("first", "same cells", "1 % revised")
        self.files = [(folder / f"{name}.csv").open("w", encoding="utf-8") for name in names]

    def __enter__(self) -> list:
        for file in self.files:
            file.write("indicator;area;period;value;alder\n")
        return self.files

    def __exit__(self, *error) -> None:
        for file in self.files:
            file.close()


def cells(codes: list[str]) -> Iterator[tuple[str, ...]]:
    """Series by series, as a source would send them; one cell in fifty is missing, one in a hundred is revised."""
    random = Random(2020)
    months = [iso(FIRST_MONTH + month, "M") for month in range(MONTHS)]
    for indicator, area, age in product(range(INDICATORS), codes, AGES):
        level = random.uniform(10, 5000)
        for month in months:
            level *= random.uniform(0.97, 1.031)
            value = "" if random.random() < 0.02 else f"{level:.1f}".replace(".", ",")
            revision = f"{level + 1:.1f}".replace(".", ",") if random.random() < REVISED else value
            yield f"bench-{indicator:02}", area, month, age, value, revision


def manage(url: str, folder: Path, *words: str) -> tuple[float, int, str]:
    """A command of its own: seconds from start to end, peak memory in MB, and what it printed."""
    environment = os.environ | {"DATABASE_URL": url, "VAR_DIR": str(folder / "var"), "PORTAL_ENV": "development"}
    begun = time.perf_counter()
    process = subprocess.Popen([*MANAGE, *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    out = process.stdout.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(words)} failed: {out}")
    return seconds, used.ru_maxrss // 1024, out


def bare_copy(server: str, rows: bytes) -> float:
    connection = connect(server)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute(f"CREATE TABLE bare ({TABLE})")
        connection.commit()
        begun = time.perf_counter()
        cursor.copy_expert("COPY bare FROM STDIN", BytesIO(rows), 1 << 20)
        connection.commit()
        seconds = time.perf_counter() - begun
        cursor.execute("DROP TABLE bare")
        connection.commit()
    connection.close()
    return seconds


def copy_of_base(engine: str, server: str, folder: Path, number: int) -> str:
    if engine == "PostgreSQL":
        return new_database(server, f"round_{number}", template="base")
    shutil.copy(folder / "base.sqlite3", folder / f"round-{number}.sqlite3")
    return f"sqlite:///{folder}/round-{number}.sqlite3"


def new_database(server: str, name: str, template: str = "template1") -> str:
    connection = connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        cursor.execute("CHECKPOINT")
    connection.close()
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def connect(url: str) -> "psycopg2.extensions.connection":
    return psycopg2.connect(url.replace("postgres://", "postgresql://"))


def report(results: dict[str, list[tuple[float, float, int]]]) -> None:
    """Ratios to the bare COPY of the same round."""
    print(f"{'':36}{'times a bare COPY':^26}{'seconds':>9}{'peak MB':>9}")
    print(f"{'':36}{'min':>8}{'median':>9}{'max':>9}")
    for name, rounds in results.items():
        ratios = sorted(seconds / bare for bare, seconds, _ in rounds)
        peak = max(peak for _, _, peak in rounds)
        print(
            f"{name:36}{ratios[0]:8.1f}{median(ratios):9.1f}{ratios[-1]:9.1f}"
            f"{median(seconds for _, seconds, _ in rounds):9.2f}{peak or '':>9}"
        )


if __name__ == "__main__":
    main()
