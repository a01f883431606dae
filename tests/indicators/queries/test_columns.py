"""The fast way out of the store tells the same as asking for each number."""

from decimal import Decimal
from itertools import product
from random import Random

import pytest
from django.db import connections

from indicators.frame import Cell, SeriesKey, frame_of
from indicators.models import Area, Indicator, Observation, Series
from indicators.periods import STEPS, of
from indicators.queries import column_sql, columns
from indicators.queries.columns import Selection
from indicators.queries.series_index import SeriesEntry
from indicators.store import write

FIRST = of(2019, 10)
FREQUENCIES = {"andel": "M", "huller": "M", "kvartal": "Q", "faa": "M"}
pytestmark = pytest.mark.django_db(databases=["default", "sqlite"])


@pytest.fixture
def lines(using, monkeypatch) -> tuple[SeriesEntry, ...]:
    """Series with and without gaps, by month and quarter, with counts too small to show, delivered in three parts."""
    Area.objects.using(using).create(code="791", name="Viborg", kind="municipality")
    for code, frequency in FREQUENCIES.items():
        small = {"unit": "count", "min_count": 5} if code == "faa" else {"unit": "percent"}
        Indicator.objects.using(using).create(code=code, name=code, definition="…", direction="lower", source="file",
                                              frequency=frequency, publisher="…", **small)  # fmt: skip
    made = Random(7)
    for _ in range(3):
        write.save(frame_of(_cells(made)), source="file", using=using)
    monkeypatch.setattr(column_sql, "connection", connections[using])
    found = Series.objects.using(using).select_related("indicator", "area").order_by("id")
    return tuple(
        SeriesEntry(one.id, one.indicator.code, "791", one.breakdown, False, one.indicator.frequency,
             guarded=one.indicator.min_count > 0, visibility="public")
        for one in found
    )  # fmt: skip


def _cells(made: Random) -> list[Cell]:
    cells = []
    for code, group, place in product(FREQUENCIES, "ab", range(14)):
        if code == "huller" and place % 5 == 3:
            continue
        missing = made.choice([0, 0, 0, 2])
        value = None if missing else Decimal(made.choice([0, 1, 40, 1000, 75000])) / made.choice([1, 10, 10000])
        period = FIRST - FIRST % 3 + place * STEPS[FREQUENCIES[code]]
        cells.append(Cell(SeriesKey(code, "791", f"hold={group}"), period, value, missing, made.random() < 0.2))
    return cells


def asked_one_by_one(using: str, chosen: Selection) -> list[tuple]:
    known = Observation.objects.using(using).known_at(chosen.batch).disclosed().order_by("series_id", "period")
    names = ("series_id", "period", "shown_value", "batch_from_id", "shown_missing", "provisional")
    return [
        row
        for row in known.values_list(*names)
        if row[:2] > chosen.after
        and (chosen.first is None or row[1] >= chosen.first)
        and (chosen.last is None or row[1] <= chosen.last)
    ]


def unrolled(found: list[columns.Column]) -> list[tuple]:
    return [
        (column.entry.id, month, None if value == "null" else Decimal(value), int(batch), note // 2, bool(note % 2))
        for column in found
        for month, value, batch in zip(column.months, column.values, column.batches, strict=True)
        for note in [column.notes.get(month, 0)]
    ]


def test_columns_hold_what_asking_for_each_number_gives(lines, using):
    bounds = [None, FIRST + 3, FIRST + 9]
    places = [(0, 0), (lines[0].id, FIRST + 4), (lines[3].id, FIRST + 2)]
    whole = 0
    for batch, first, last, after in product([1, 2, 3], bounds, bounds, places):
        newest = Observation.objects.using(using).order_by("batch_from_id").values_list("batch_from_id", flat=True)
        chosen = Selection(lines, newest[0] + batch - 1, first, last, after)
        found = unrolled(list(columns.columns(chosen)))
        assert found == asked_one_by_one(using, chosen)
        whole += len(found)
    assert whole > 2000


@pytest.mark.parametrize("value", ["0", "0.1", "100", "1000.01", "20.0001", "-0.5", "9999999999.9999", "70000"])
def test_a_number_is_written_in_full_and_without_idle_zeros(value):
    assert columns._trimmed(f"{Decimal(value):.4f},5.0000") == f"{value},5"
