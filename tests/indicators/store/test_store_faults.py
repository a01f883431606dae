"""Importers that are killed, and importers at the same time: always one whole delivery, and the past untouched."""

import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from django.db.models import Count, Max, Min

from indicators.models import Batch, Observation
from indicators.periods import iso, of
from tests.indicators.conftest import BOTH, environment, fill
from tests.long_form import at_length

pytestmark = pytest.mark.django_db(databases=BOTH, transaction=True)
MONTHS = range(of(1990, 1), of(2026, 1))
AREAS = ("000", "791", "615")
AGES = ("", *(f"{age}-{age + 3}" for age in range(16, 67, 4)))
CELLS = 2 * len(AREAS) * len(MONTHS) * len(AGES)
KILLS = 40 if at_length("FAULTS") else 2


def deliveries(folder: Path, values: list[int]) -> list[Path]:
    """Files with the same cells, all of one value, so that any two mixed would show."""
    paths = []
    for value in values:
        rows = [
            f"{indicator};{area};{iso(month, 'M')};{value}5;{age}"
            for indicator in ("ledige", "sygemeldte")
            for area in AREAS
            for month in MONTHS
            for age in AGES
        ]
        paths.append(folder / f"{value}.csv")
        paths[-1].write_text("\n".join(["indicator;area;period;value;alder", *rows]), encoding="utf-8")
    return paths


def start(path: Path, using: str) -> subprocess.Popen:
    command = [sys.executable, "manage.py", "import_indicators", "--source", "file", "--file", str(path)]
    return subprocess.Popen(
        command, env=environment(using), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def state(using: str, batch: int) -> tuple[int, Decimal, Decimal]:
    """How many cells were known after the batch, and the least and the greatest value."""
    rows = Observation.objects.using(using).known_at(batch)
    return tuple(rows.aggregate(Count("pk"), Min("value"), Max("value")).values())


def is_whole(found: tuple[int, Decimal, Decimal]) -> bool:
    count, least, greatest = found
    return count == CELLS and least == greatest


def newest(using: str) -> int:
    return Batch.objects.using(using).order_by("id").values_list("id", flat=True).last()


def test_a_killed_import_leaves_one_whole_delivery_and_the_past_untouched(using, tmp_path):
    fill(using)
    random, paths = Random(1), deliveries(tmp_path, [1, 2])
    begun = time.monotonic()
    assert f"new={CELLS}" in start(paths[0], using).communicate()[0]
    whole = time.monotonic() - begun
    past = {newest(using): state(using, newest(using))}
    for attempt in range(KILLS):
        process = start(paths[(attempt + 1) % 2], using)
        time.sleep(whole * random.uniform(0.5, 1.0))
        process.kill()
        process.communicate()
        assert is_whole(state(using, newest(using)))
        past.setdefault(newest(using), state(using, newest(using)))
        assert {batch: state(using, batch) for batch in past} == past
    assert "rejected=0" in start(paths[1], using).communicate()[0]
    assert state(using, newest(using)) == (CELLS, Decimal(25), Decimal(25))


def test_importers_at_the_same_time_write_one_after_the_other(using, tmp_path):
    fill(using)
    processes = [start(path, using) for path in deliveries(tmp_path, [1, 2, 3])]
    printed = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], printed
    batches = list(Batch.objects.using(using).values_list("id", "known_from"))
    assert len(batches) == 3
    assert sorted(batches, key=lambda batch: batch[1]) == batches
    assert all(is_whole(state(using, number)) for number, _ in batches)


def test_the_same_file_twice_at_the_same_time_is_stored_once(using, tmp_path):
    fill(using)
    [path] = deliveries(tmp_path, [1])
    processes = [start(path, using) for _ in range(2)]
    printed = sorted(process.communicate()[0].splitlines()[-1] for process in processes)
    assert [line.split()[0] for line in printed] == ["new=0", f"new={CELLS}"]
    assert Batch.objects.using(using).count() == 1
