"""More corrections than a page holds: all are counted, the largest stand first, and those by one are told apart."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from indicators import periods
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.missing import MissingReason
from indicators.models import Indicator
from indicators.queries.corrections import SHOWN, corrections
from indicators.store import write
from viborg_plan.demo.figures import COPENHAGEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
FIRST = datetime(2026, 9, 1, 12, tzinfo=COPENHAGEN)
MONTHS = range(periods.of(1990, 1), periods.of(2015, 1))  # 300


@pytest.fixture
def key() -> SeriesKey:
    return SeriesKey(Indicator.objects.get(code="langtidsledige-antal").code, "101")


def deliver(key: SeriesKey, values: dict[int, int], days: int) -> None:
    cells = [Cell(key, period, Decimal(value)) for period, value in values.items()]
    write.save(frame_of(cells), source="file", name=f"{days}.csv", known_from=FIRST + timedelta(days=days))


def test_all_are_counted_where_only_the_largest_are_shown(client, key):
    deliver(key, dict.fromkeys(MONTHS, 200), 0)
    deliver(key, dict.fromkeys(MONTHS, 201), 1)
    known = f"{FIRST + timedelta(days=1):%Y-%m-%d}"
    page = client.get(f"/om-tallene/rettelser/?kendt={known}").content.decode()
    assert "301 endelige tal er rettet" in page  # the demo holds one, by one too
    assert "Heraf er 301 ændret med 1 på sidste viste plads" in page
    assert page.split("<tbody>")[1].count("<tr>") == 200 == SHOWN
    assert "De 200 største vises." in page


def test_the_largest_stands_first_whatever_came_last(key):
    first, second, third = list(MONTHS)[:3]
    deliver(key, {first: 200, second: 10, third: 0}, 0)
    deliver(key, {first: 300, second: 30, third: 0}, 1)
    deliver(key, {first: 301, third: 1}, 2)
    found = corrections(FIRST + timedelta(days=2))
    real = [(int(c.old), int(c.new), c.by_one) for c in found.largest if not c.synthetic]
    assert real == [(10, 30, False), (0, 1, True), (200, 300, False), (300, 301, True)]
    assert (found.count, found.by_one) == (5, 3)


def test_a_number_that_was_taken_away_stands_before_all_others(key):
    first, second = list(MONTHS)[:2]
    deliver(key, {first: 200, second: 200}, 0)
    deliver(key, {first: 400}, 1)
    cell = Cell(key, second, None, MissingReason.WITHDRAWN)
    write.save(frame_of([cell]), source="file", name="væk.csv", known_from=FIRST + timedelta(days=2))
    found = corrections(FIRST + timedelta(days=2))
    assert [c.new for c in found.largest if not c.synthetic] == [None, Decimal(400)]
