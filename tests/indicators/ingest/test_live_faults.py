"""Imports under fire, with a real broker and real Celery workers. `FAULTS=full`: at length, and figures are printed."""

import time
from collections import Counter
from collections.abc import Iterator
from random import Random
from statistics import median

import pytest
from django.db import connection
from redis import Redis

from indicators.ingest import actions
from indicators.models import Area, Batch, ImportRun, Indicator
from indicators.periods import iso, of
from tests.indicators.conftest import fill
from tests.indicators.ingest.live import Ended, Live, Reader, Source, until
from tests.indicators.sources import jobindsats_stand_in
from tests.long_form import at_length, told

FULL = at_length("FAULTS")
KILLS, QUEUED, ROUNDS, STARTS = (100, 20, 20, 10) if FULL else (3, 4, 1, 4)
KINDS = ["child", "worker", "broker"]
PERIODS = [f"{2000 + month // 12}M{month % 12 + 1:02}" for month in range(240 if FULL else 60)]
PLACES = {f"{900 + n}": f"Storkøbing {n}" for n in range(28)}
CELLS = (2 + len(PLACES)) * len(PERIODS)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def live(django_db_setup, tmp_path_factory) -> Iterator[Live]:
    with jobindsats_stand_in.serving(Source) as source:
        source.periods, source.areas = PERIODS, ["Viborg", *PLACES.values()]
        services = Live(tmp_path_factory.mktemp("live"), source)
        yield services
        services.stop()


@pytest.fixture(scope="module")
def worker(live) -> list:
    """The one that is at work; a test that kills it puts another in its place."""
    return [live.worker()]


@pytest.fixture(autouse=True)
def figures_of_one_table() -> None:
    fill("default")
    Area.objects.bulk_create(Area(code=code, name=name, kind="municipality") for code, name in PLACES.items())
    Indicator.objects.filter(code="ledige").update(
        source="jobindsats",
        table="y25i01",
        selection={"measure": jobindsats_stand_in.COUNT, "hierarchies": {"_ygrpi09": "/", "_akassebl": "/"}},
    )


def rung(live: Live, value: int) -> ImportRun:
    """A run of the source's next delivery. Approved beforehand, since everything in it changes."""
    live.source.has(value)
    run = ImportRun.objects.create(source="jobindsats", table="y25i01", actor="prøve", approved_by="prøve")
    live.office("ring", run.pk)
    return run


def timetable(live: Live) -> None:
    """What beat has a worker do, oftener: takes back what is gone, rings again after two seconds."""
    live.office("reap", 20, 2)


def strike(kind: str, live: Live, worker: list, random: Random) -> None:
    if kind == "child":
        worker[0].kill_child()
    elif kind == "worker":
        worker[0].kill()
        worker[0] = live.worker()
    else:
        live.broker.kill()
        time.sleep(random.uniform(0, 0.3))
        live.broker.start()


def test_whatever_is_killed_no_reader_sees_a_mixture_and_every_run_is_done(live, worker):
    random, hit, attempts, recovery = Random(7), Counter(), Counter(), []
    until(Ended(rung(live, 1)), lambda: timetable(live), 0.2)
    whole = [until(Ended(rung(live, 2 + n))) for n in range(3 if FULL else 1)]
    with Reader(CELLS) as reader:
        for attempt in range(KILLS):
            kind, run = KINDS[attempt % 3], rung(live, 10 + attempt)
            if random.random() < 0.9:  # else where the message is
                until(lambda run=run: ImportRun.objects.filter(pk=run.pk).exclude(state="queued").exists())
            time.sleep(random.uniform(0, median(whole)))
            run.refresh_from_db()
            hit[kind, run.step or run.state] += 1
            begun = time.monotonic()
            strike(kind, live, worker, random)
            until(Ended(run), lambda: timetable(live), 0.2)
            recovery.append(time.monotonic() - begun)
            run.refresh_from_db()
            assert run.state == "done", run.error
            attempts[run.attempts] += 1
            assert Batch.objects.filter(source="jobindsats").count() == len(whole) + 2 + attempt
    assert reader.wrong == [] and reader.looks > KILLS
    assert set(attempts) <= {1, 2, 3}
    told("FAULTS", f"{KILLS} kills, at {dict(hit)}, attempts {dict(attempts)}")
    told("FAULTS", f"{reader.looks} looks every 50 ms, {len(reader.wrong)} of them mixed")
    told(
        "FAULTS",
        f"import {median(whole):.2f} s, done after a kill in {median(recovery):.1f} s, at most {max(recovery):.1f} s",
    )


def upload(value: int) -> ImportRun:
    lines = [f"sygemeldte;791;{iso(of(2020, month), 'M')};{value}" for month in range(1, 13)]
    payload = "\n".join(["indicator;area;period;value", *lines]).encode()
    return actions.request_run("file", payload=payload, name=f"{value}.csv", actor="prøve")


def test_runs_whose_messages_the_broker_forgot_are_done_all_the_same(live, worker):
    """In the long form by the timetable itself, with its own limits; in the short one by its tasks, called oftener."""
    worker[0].kill()
    waiting = [upload(value).pk for value in range(1, QUEUED + 1)]
    ImportRun.objects.update(state="queued")
    live.office("ring", *waiting)
    broker = Redis.from_url(live.broker.url)
    assert broker.llen("celery") == QUEUED
    broker.flushall()
    worker[0] = live.worker()
    beat = live.beat() if FULL else None
    done = ImportRun.objects.filter(state__in=["done", "unchanged"])
    took = until(lambda: done.count() == QUEUED, (lambda: None) if FULL else lambda: timetable(live), 0.2)
    assert Batch.objects.filter(source="file").count() == QUEUED
    if beat:
        beat.stop()
    told("FAULTS", f"{QUEUED} queued, broker flushed, all done after {took:.0f} s")


def test_many_workers_at_once_are_one_writer(live):
    for number in range(1, ROUNDS + 1):
        run = upload(number)
        ImportRun.objects.filter(pk=run.pk).update(state="queued")
        assert set(live.office("start", run.pk, STARTS).split()) == {"0"}
        run.refresh_from_db()
        assert (run.state, run.attempts, Batch.objects.count()) == ("done", 1, number)
    told("FAULTS", f"{STARTS} parallel starts × {ROUNDS}: {Batch.objects.count()} batches, each run begun once")


def test_two_workers_need_only_database_and_broker_and_one_goes_on_without_the_other(live, worker):
    second = live.worker("w2")
    until(lambda: second.is_ready() and worker[0].is_ready())
    waiting = [upload(value).pk for value in range(1, QUEUED + 1)]
    ImportRun.objects.update(state="queued")
    live.office("ring", *waiting)
    rung(live, 1)
    until(lambda: not ImportRun.objects.exclude(state="done").exists(), lambda: timetable(live), 0.2)
    worker[0].kill()
    left = rung(live, 2)
    until(Ended(left), lambda: timetable(live), 0.2)
    assert set(ImportRun.objects.values_list("state", "attempts")) == {("done", 1)}
    left.refresh_from_db()
    assert int(left.worker.split()[-1]) in second.children


def tuples_written() -> Counter:
    """By table, as PostgreSQL counts them. A session's own counts are sent when it is idle or asks for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables")
        return Counter(dict(cursor.fetchall()))


def test_the_same_file_twice_writes_no_tuple_of_figures():
    for _ in range(2):
        before = tuples_written()
        run = actions.confirm(upload(1), by="prøve")
        written = tuples_written() - before
    assert run.state == "unchanged"
    assert set(written) <= {"indicators_importrun", "accounts_auditevent"}  # that somebody tried
    told("FAULTS", f"the same file again: {sum(written[t] for t in written if 'observation' in t)} tuples of figures")
