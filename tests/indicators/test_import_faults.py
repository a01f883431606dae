"""Imports under fire: cut files, odd files, killed workers, lost messages. `FAULTS=full` runs them at length."""

import csv
import json
import os
import subprocess
import sys
import time
from decimal import Decimal, InvalidOperation
from random import Random

import pytest
from django.db import connections
from django.db.models import Count, Max, Min

from indicators import bell, janitor, reading_files, runs
from indicators.frames import SCALE
from indicators.models import Batch, ImportRun, Observation
from indicators.periods import iso, of
from indicators.sources import jobindsats, statbank
from indicators.tidy import Catalogue, TidyError
from tests.indicators import jobindsats_stand_in as stand_in
from tests.indicators.conftest import environment, fill
from tests.indicators.test_jobindsats import ANSWER, CATALOGUE, PART, UNEMPLOYED
from tests.indicators.test_statbank import CATALOGUE as DST_CATALOGUE
from tests.indicators.test_statbank import CSV, QUERY, jsonstat

FULL = os.environ.get("FAULTS") == "full"
CUTS, FUZZED, KILLS, STARTS = (200, 2000, 30, 20) if FULL else (40, 150, 3, 1)
FILE_CATALOGUE = Catalogue({"ledige": "M"}, {"Viborg": "791", "Horsens": "615"})
TIDY = "indicator;area;period;value\nledige;791;2020-01;1,5\nledige;791;2020-02;..\nledige;615;2020-01;1.234,5\n"


def cells(frame) -> list[tuple]:
    columns = (getattr(frame, name).tolist() for name in ("series", "period", "value", "missing"))
    return sorted((frame.keys[series], *rest) for series, *rest in zip(*columns, strict=True))


def fetched(query, answer: str, **more: str) -> bytes:
    return json.dumps({"answers": [answer], **more}).encode()


def jobindsats_frame(answer: str):
    [query] = jobindsats.queries([UNEMPLOYED, PART])
    return jobindsats.parse(fetched(query, answer, metadata=json.dumps(stand_in.metadata())), query, CATALOGUE)


FIXTURES = {
    "jobindsats": (json.dumps(ANSWER), jobindsats_frame),
    "statbank csv": (CSV, lambda text: statbank.parse(fetched(QUERY, text, lang="da"), QUERY, DST_CATALOGUE)),
    "json-stat 1": (jsonstat(1), lambda text: statbank.parse(fetched(QUERY, text), QUERY, DST_CATALOGUE)),
    "json-stat 2": (jsonstat(2), lambda text: statbank.parse(fetched(QUERY, text), QUERY, DST_CATALOGUE)),
}


@pytest.mark.parametrize("name", FIXTURES)
def test_an_answer_that_is_cut_anywhere_is_refused_or_says_the_same(name):
    whole, parse = FIXTURES[name]
    right, random, refused = cells(parse(whole)), Random(3), 0
    for place in random.sample(range(len(whole)), min(CUTS, len(whole))):
        try:
            assert cells(parse(whole[:place])) == right or whole[:place].endswith("\n")
        except ValueError:
            refused += 1
    assert refused > 0


@pytest.mark.parametrize("column", range(len(stand_in.COLUMNS)))
def test_every_measure_that_is_renamed_is_refused_by_its_new_name(column):
    columns = [*stand_in.COLUMNS]
    columns[column] = "Omdøbt"
    renamed = json.dumps(ANSWER | {"columns": columns})
    if column < 4:  # period, area and groupings are known by their place and their values
        assert cells(jobindsats_frame(renamed)) == cells(jobindsats_frame(json.dumps(ANSWER)))
    else:
        with pytest.raises(ValueError, match="Omdøbt"):
            jobindsats_frame(renamed)


def mutilated(random: Random) -> str:
    """The tidy file with a few letters changed, doubled or lost."""
    text = list(TIDY)
    for _ in range(random.randint(1, 4)):
        place = random.randrange(28, len(text))
        text[place] = random.choice(
            [";", "\n", ",", ".", "-", "%", " ", '"', "0", "7", "æ", "\x00", "", text[place] * 2]
        )
    return "".join(text)


def readings(text: str) -> set[Decimal | None]:
    """Every number a cell could mean, with the comma or the point for decimals."""
    bare = text.strip().rstrip("%").strip()
    if bare in ("", "..", "-"):
        return {None}
    found = set()
    for thousands, sign in ((".", ","), (",", ".")):
        try:
            found.add(Decimal(bare.replace(thousands, "").replace(sign, ".")))
        except InvalidOperation:
            continue
    return found


def test_a_fuzzed_file_is_refused_or_read_as_the_slow_way_reads_it():
    random, read = Random(11), 0
    for _ in range(FUZZED):
        text = mutilated(random)
        try:
            frame = reading_files.read(text.encode(), FILE_CATALOGUE)
        except TidyError:
            continue
        read += 1
        rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
        assert len(frame) == len(rows)
        for row, (value, missing) in zip(
            rows, zip(frame.value.tolist(), frame.missing.tolist(), strict=True), strict=True
        ):
            assert (None if missing else Decimal(value) / SCALE) in readings(row["value"])
    assert read > 0


AREAS, MONTHS = ("000", "791", "615"), range(of(2000, 1), of(2010, 1))
CELLS = 2 * len(AREAS) * len(MONTHS)
CARRY_OUT = """
import django, sys
django.setup()
from indicators.running import carry_out
carry_out(int(sys.argv[1]))
"""


def of_one_value(value: int) -> bytes:
    lines = [f"{i};{a};{iso(m, 'M')};{value}" for i in ("ledige", "sygemeldte") for a in AREAS for m in MONTHS]
    return "\n".join(["indicator;area;period;value", *lines]).encode()


def worker(run: ImportRun) -> subprocess.Popen:
    known = environment("default") | {"DJANGO_SETTINGS_MODULE": "viborg_plan.settings"}
    command = [sys.executable, "-c", CARRY_OUT, str(run.pk)]
    return subprocess.Popen(command, env=known, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def queued(value: int) -> ImportRun:
    run = runs.request_run("file", payload=of_one_value(value), name=f"{value}.csv", actor="prøve")
    ImportRun.objects.filter(pk=run.pk).update(state="queued")
    return run


def state() -> tuple[int, Decimal | None, Decimal | None]:
    return tuple(Observation.objects.current().aggregate(Count("pk"), Min("value"), Max("value")).values())


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_any_point_leaves_no_mixture_and_its_run_ends(monkeypatch):
    fill("default")
    monkeypatch.setattr(bell, "ring", lambda run: None)
    random, first = Random(5), queued(1)
    begun = time.monotonic()
    worker(first).communicate()
    whole = time.monotonic() - begun
    for attempt in range(KILLS):
        run = queued(2 + attempt)
        process = worker(run)
        deadline = time.monotonic() + whole * random.uniform(0.3, 1.0)
        while time.monotonic() < deadline:
            count, least, greatest = state()
            assert count == CELLS and least == greatest
            time.sleep(0.05)
        process.kill()
        process.communicate()
        ImportRun.objects.filter(pk=run.pk, state="running").update(heartbeat_at=None)
        janitor.reap()
        worker(run).communicate()
        run.refresh_from_db()
        assert (run.state, state()) == ("done", (CELLS, 2 + attempt, 2 + attempt))
        assert run.attempts <= 2 and Batch.objects.filter(name=f"{2 + attempt}.csv").count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_are_one_writer(monkeypatch):
    fill("default")
    monkeypatch.setattr(bell, "ring", lambda run: None)
    for attempt in range(STARTS):
        run = queued(1 + attempt)
        connections.close_all()
        workers = [worker(run) for _ in range(10 if FULL else 4)]
        said = [process.communicate()[1] for process in workers]
        run.refresh_from_db()
        assert (run.state, run.attempts) == ("done", 1), said
        assert Batch.objects.count() == attempt + 1


@pytest.mark.django_db(transaction=True)
def test_queued_runs_whose_messages_were_lost_are_rung_again_and_done(monkeypatch):
    fill("default")
    monkeypatch.setattr(bell, "ring", lambda run: None)
    waiting = [queued(value) for value in range(1, 21 if FULL else 5)]
    monkeypatch.setattr(bell, "ring", lambda run: rung.append(run.pk))
    rung: list[int] = []
    while ImportRun.objects.waiting().exists():
        janitor.reap()
        for number_ in dict.fromkeys(rung):
            runs.carry_out(number_)
    assert set(rung) == {run.pk for run in waiting}
    assert ImportRun.objects.filter(state="done").count() == len(waiting)
