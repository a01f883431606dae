"""What an import writes, what it leaves, and what it refuses; on both databases."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import psycopg2
import pytest
from django.db import IntegrityError, connections, transaction

from indicators.frame import SeriesKey
from indicators.models import Batch, Observation, Payload, Series
from indicators.periods import of
from indicators.store import undo, write
from indicators.store.write import StoringError
from tests.indicators.conftest import BOTH, fill, monthly

pytestmark = pytest.mark.django_db(databases=BOTH)
MORNING = datetime(2020, 9, 1, 6, tzinfo=UTC)


def known(using: str, batch: int | None = None) -> dict[int, Decimal | None]:
    rows = Observation.objects.using(using)
    rows = rows.current() if batch is None else rows.known_at(batch)
    return dict(rows.order_by("period").values_list("period", "value"))


def january_on(*values: str | None) -> dict[int, Decimal | None]:
    return {of(2020, n + 1): None if v is None else Decimal(v) for n, v in enumerate(values)}


def save(frame, using, **facts):
    return write.save(frame, using=using, **{"source": "file"} | facts)


def test_a_first_delivery_is_stored_as_it_is(catalogue):
    values = ["8.1", "0", None, "-3.0001", "9999999999.9999"]
    receipt = save(monthly(*values), catalogue)
    assert (receipt.new, receipt.changed, receipt.unchanged, receipt.withdrawn) == (5, 0, 0, 0)
    assert known(catalogue) == january_on(*values)


def test_a_revision_closes_the_row_and_adds_another(catalogue):
    first = save(monthly("1", "2"), catalogue)
    second = save(monthly("1", "2.5"), catalogue)
    assert (second.new, second.changed, second.unchanged) == (0, 1, 1)
    assert known(catalogue) == january_on("1", "2.5")
    assert known(catalogue, first.batch) == january_on("1", "2")


def test_a_figure_that_settles_is_a_revision(catalogue):
    save(monthly("1", "2", provisional=1), catalogue)
    receipt = save(monthly("1", "2"), catalogue)
    assert receipt.changed == 1
    assert not Observation.objects.using(catalogue).current().filter(provisional=True).exists()


def test_the_same_bytes_write_nothing(catalogue):
    save(monthly("1", "2"), catalogue, sha256="a")
    receipt = save(monthly("7", "8"), catalogue, sha256="a")
    assert receipt.batch is None and receipt.unchanged == 2
    assert known(catalogue) == january_on("1", "2")


def test_the_same_cells_in_other_bytes_write_nothing(catalogue):
    save(monthly("1", "2"), catalogue, sha256="a")
    assert save(monthly("1", "2"), catalogue, sha256="b").batch is None
    assert Batch.objects.using(catalogue).count() == 1


def test_an_older_delivery_is_news_again_when_another_came_between(catalogue):
    save(monthly("1"), catalogue, sha256="a")
    save(monthly("2"), catalogue, sha256="b")
    assert save(monthly("1"), catalogue, sha256="a").changed == 1


def test_a_partial_delivery_withdraws_nothing(catalogue):
    save(monthly("1", "2", "3"), catalogue)
    save(monthly("1"), catalogue)
    assert known(catalogue) == january_on("1", "2", "3")


def test_a_complete_delivery_withdraws_what_it_lacks_of_its_own_indicators(catalogue):
    other = SeriesKey("sygemeldte", "791")
    save(monthly("1", "2", "3"), catalogue)
    save(monthly("5", key=other), catalogue)
    receipt = save(monthly("1", "2"), catalogue, complete=True)
    assert receipt.withdrawn == 1
    current = Observation.objects.using(catalogue).current()
    assert current.filter(series__indicator__code="ledige").count() == 2
    assert current.filter(series__indicator__code="sygemeldte").count() == 1


def test_the_bytes_of_a_partial_delivery_withdraw_when_they_come_as_complete(catalogue):
    save(monthly("1", "2"), catalogue, sha256="a")
    save(monthly("1"), catalogue, sha256="b")
    assert save(monthly("1"), catalogue, sha256="b", complete=True).withdrawn == 1


def test_an_import_is_known_later_than_every_one_before_it(catalogue):
    future = datetime.now(UTC) + timedelta(days=1)
    save(monthly("1"), catalogue, known_from=future)
    save(monthly("2"), catalogue)
    moments = list(Batch.objects.using(catalogue).values_list("known_from", flat=True))
    assert moments == sorted(set(moments))


def test_a_delivery_dated_before_the_last_one_is_refused(catalogue):
    save(monthly("1"), catalogue, known_from=MORNING)
    with pytest.raises(StoringError, match="allerede indlæst"):
        save(monthly("2"), catalogue, known_from=MORNING)
    assert known(catalogue) == january_on("1")


def test_synthetic_figures_never_touch_real_ones(catalogue):
    save(monthly("1"), catalogue)
    save(monthly("9"), catalogue, source="demo", synthetic=True)
    save(monthly("2"), catalogue)
    real, synthetic = (
        Observation.objects.using(catalogue).current().get(series__synthetic=flag).value for flag in (False, True)
    )
    assert (real, synthetic) == (2, 9)


@pytest.mark.parametrize(("source", "synthetic"), [("file", True), ("jobindsats", True), ("demo", False)])
def test_only_the_demo_writes_synthetic_figures(catalogue, source, synthetic):
    with pytest.raises(StoringError, match="demotal"):
        save(monthly("1"), catalogue, source=source, synthetic=synthetic)


def test_unknown_codes_are_refused_and_leave_no_series(catalogue):
    with pytest.raises(StoringError, match="9999"):
        save(monthly("1", key=SeriesKey("ledige", "9999")), catalogue)
    assert not Series.objects.using(catalogue).exists()


def test_a_cell_that_stands_twice_is_refused(catalogue):
    frame = monthly("1", "2")
    frame.period[1] = frame.period[0]
    with pytest.raises(StoringError, match="to gange"):
        save(frame, catalogue)


def test_the_raw_bytes_are_kept_with_their_size(catalogue):
    save(monthly("1"), catalogue, sha256="a", payload=b"indicator;area")
    kept = Payload.objects.using(catalogue).get(sha256="a")
    assert kept.raw() == b"indicator;area"
    assert kept.size == 14


def test_many_cells_come_as_a_whole_and_are_written_once(catalogue):
    values = [None if n % 7 == 3 else f"{n}.5" for n in range(2000)]
    areas = ["000", "791", "615"]
    for area in areas:
        save(monthly(*values, key=SeriesKey("ledige", area)), catalogue)
    assert Observation.objects.using(catalogue).count() == len(areas) * len(values)
    revised = save(monthly("0.5", "1.5", "7", *values[3:], key=SeriesKey("ledige", "791")), catalogue)
    assert (revised.changed, revised.unchanged) == (1, 1999)


def test_after_a_large_first_load_the_database_still_forbids_two_current_rows(catalogue, monkeypatch):
    for store in write.STORES.values():
        monkeypatch.setattr(store, "MANY", 2)
    receipt = save(monthly("1", "2", None), catalogue)
    assert known(catalogue) == january_on("1", "2", None)
    row = Observation.objects.using(catalogue).current().filter(value=1).values().get()
    with pytest.raises(IntegrityError), transaction.atomic(using=catalogue):
        Observation.objects.using(catalogue).create(**row | {"value": 7, "batch_from_id": receipt.batch})


@pytest.mark.django_db(databases=BOTH, transaction=True)
def test_a_large_first_load_waits_for_no_reader(monkeypatch):
    monkeypatch.setattr(write.STORES["postgresql"], "MANY", 2)
    fill("default")
    with closing(psycopg2.connect(connections["default"].connection.dsn)) as reader:
        reader.cursor().execute("SELECT count(*) FROM indicators_observation")
        save(monthly("1", "2"), "default")
    assert known("default") == january_on("1", "2")


def test_undoing_brings_back_what_stood_before(catalogue):
    save(monthly("1", "2", "3"), catalogue)
    second = save(monthly("1", "2.5", "3", "4"), catalogue)
    undone = undo.undo(second.batch, using=catalogue)
    assert (undone.restored, undone.removed, undone.left_alone) == (1, 1, 0)
    assert known(catalogue) == january_on("1", "2", "3")
    assert known(catalogue, second.batch) == january_on("1", "2.5", "3", "4")


def test_undoing_brings_back_what_was_withdrawn(catalogue):
    save(monthly("1", "2"), catalogue)
    withdrawal = save(monthly("1"), catalogue, complete=True)
    undo.undo(withdrawal.batch, using=catalogue)
    assert known(catalogue) == january_on("1", "2")


def test_undoing_leaves_alone_what_a_later_import_touched(catalogue):
    first = save(monthly("1", "2"), catalogue)
    save(monthly("1", "2.5"), catalogue)
    undone = undo.undo(first.batch, using=catalogue)
    assert (undone.removed, undone.left_alone) == (1, 1)
    assert known(catalogue) == {of(2020, 2): Decimal("2.5")}


def test_an_undone_file_can_be_imported_again(catalogue):
    first = save(monthly("1"), catalogue, sha256="a")
    undo.undo(first.batch, using=catalogue)
    assert save(monthly("1"), catalogue, sha256="a").new == 1
    assert known(catalogue) == january_on("1")


def test_an_import_is_undone_once(catalogue):
    first = save(monthly("1"), catalogue)
    undo.undo(first.batch, using=catalogue)
    with pytest.raises(StoringError, match="allerede fortrudt"):
        undo.undo(first.batch, using=catalogue)


def test_an_import_that_is_not_there_cannot_be_undone(catalogue):
    with pytest.raises(StoringError, match="ingen indlæsning 77"):
        undo.undo(77, using=catalogue)
