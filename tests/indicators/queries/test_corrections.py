"""Corrections: settled numbers that were changed. Not the step from provisional to settled."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from goals.models import Measure
from indicators import periods
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.models import Batch, Indicator
from indicators.queries.corrections import FigureChange, changes_between, corrected_periods, corrections
from indicators.queries.histories import vintages
from indicators.store import write
from indicators.store.undo import undo
from viborg_plan.demo.figures import COPENHAGEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]

JUNE = periods.of(2020, 6)
FIRST = datetime(2026, 9, 1, 12, tzinfo=COPENHAGEN)
LATER = FIRST + timedelta(days=30)


@pytest.fixture
def key() -> SeriesKey:
    return SeriesKey(Measure.objects.get(code="m02").indicator.code, "791")


def deliver(key: SeriesKey, value: str, days: int, *, provisional: bool = False) -> None:
    cell = Cell(key, JUNE, Decimal(value), provisional=provisional)
    write.save(frame_of([cell]), source="file", name=f"levering-{days}.csv", known_from=FIRST + timedelta(days=days))


def real(moment: datetime = LATER) -> list[FigureChange]:
    """Without the one the demo holds."""
    return [change for change in corrections(moment).largest if not change.synthetic]


def told(moment: datetime = LATER) -> list[tuple]:
    return [(c.period, c.old, c.new, c.reason, c.changed_at) for c in real(moment)]


def test_a_provisional_number_that_becomes_final_is_no_correction(key):
    deliver(key, "8.2", 0, provisional=True)
    deliver(key, "8.3", 1)
    assert told() == []
    assert corrected_periods(vintages(key)) == {}


def test_a_settled_number_that_changes_is_listed_with_old_new_day_and_source(key):
    deliver(key, "8.3", 0)
    deliver(key, "8.1", 1)
    assert told() == [(JUNE, Decimal("8.3"), Decimal("8.1"), "levering-1.csv", FIRST + timedelta(days=1))]
    found = corrected_periods(vintages(key))[JUNE]
    assert (found.old.value, found.new.value) == (Decimal("8.3"), Decimal("8.1"))


def test_a_correction_is_unknown_before_its_day(key):
    deliver(key, "8.3", 0)
    deliver(key, "8.1", 10)
    assert told(FIRST + timedelta(days=9)) == []
    assert corrected_periods(vintages(key, FIRST + timedelta(days=9))) == {}
    assert len(told(FIRST + timedelta(days=10))) == 1


def test_taking_a_correction_back_is_a_correction_too(key):
    deliver(key, "8.3", 0)
    deliver(key, "8.1", 1)
    batch = Batch.objects.order_by("-id").first()
    undo(batch.id, known_from=FIRST + timedelta(days=2))
    newest, oldest = told()
    assert newest[:4] == (JUNE, Decimal("8.1"), Decimal("8.3"), f"Fortrydelse af indlæsning {batch.id}")
    assert oldest[1:3] == (Decimal("8.3"), Decimal("8.1"))


def test_a_number_that_was_taken_away_is_told_with_the_reason(key):
    deliver(key, "8.3", 0)
    undo(Batch.objects.order_by("-id").first().id, known_from=FIRST + timedelta(days=1))
    (gone,) = real()
    assert (gone.old, gone.new, gone.new_missing.label) == (Decimal("8.3"), None, "trukket tilbage")


def test_internal_numbers_are_not_listed(key):
    deliver(key, "8.3", 0)
    deliver(key, "8.1", 1)
    Indicator.objects.filter(code=key.indicator).update(visibility="internal")
    assert told() == []


def test_changes_between_batches_hold_the_provisional_step_and_the_largest_first(key):
    first = Batch.objects.known_at(LATER) + 1
    deliver(key, "8.2", 0, provisional=True)
    deliver(key, "8.3", 1)
    deliver(key, "4.1", 2)
    found = changes_between([key], first, Batch.objects.known_at(LATER))
    assert [(c.old, c.new, c.was_provisional) for c in found] == [
        (Decimal("8.3"), Decimal("4.1"), False),
        (Decimal("8.2"), Decimal("8.3"), True),
    ]
    assert changes_between([], 1, first) == []


def test_the_page_lists_them_with_area_and_period_and_says_when_there_are_none(client, key):
    assert "Ingen endelige tal er rettet" in client.get("/om-tallene/rettelser/?kendt=2020-09-01").content.decode()
    past = datetime(2026, 9, 1, tzinfo=COPENHAGEN)
    for days, value in ((0, "8.3"), (1, "8.1")):
        cell = Cell(key, JUNE, Decimal(value))
        write.save(frame_of([cell]), source="file", name="r.csv", known_from=past + timedelta(days=days))
    page = client.get("/om-tallene/rettelser/").content.decode().replace("\u00a0", " ")
    assert "2 endelige tal er rettet" in page
    row = page.split("<tbody>")[1]
    for text in ("Viborg Kommune", "juni 2020", "8,3 %", "8,1 %", "02.09.2026", "r.csv"):
        assert text in row


def test_the_goal_page_marks_the_number_and_keeps_its_mark_out_of_earlier_days(client, key):
    for days, value in ((0, "8.3"), (1, "8.1")):
        deliver(key, value, days)
    path = "/planer/beskaeftigelsesplan-2020/maal/2/"
    page = client.get(path).content.decode().replace("\u00a0", " ")
    assert "Rettet 02.09.2026:" in page and "før 8,3 %" in page
    assert "Rettet" not in client.get(f"{path}?kendt=2026-09-01").content.decode()
    line = next(row for row in client.get(f"{path}m02.csv").content.decode().splitlines() if row.startswith("juni"))
    assert "02.09.2026;8,3" in line
