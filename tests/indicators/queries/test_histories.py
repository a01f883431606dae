"""Reading series as known now and then, in one query."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from indicators.frame import SeriesKey
from indicators.missing import MissingReason
from indicators.periods import of
from indicators.queries import histories
from indicators.store import write
from tests.indicators.conftest import UNEMPLOYED, fill, monthly

pytestmark = pytest.mark.django_db
COUNTRY = SeriesKey("ledige", "000")
SICK = SeriesKey("sygemeldte", "791")


def moment(month: int) -> datetime:
    return datetime(2020, month, 1, 6, tzinfo=UTC)


@pytest.fixture
def three_batches() -> None:
    fill("default")
    write.save(monthly("1", "2", provisional=1), source="file", known_from=moment(3))
    write.save(monthly("1", "2.5", None, provisional=1), source="file", known_from=moment(4))
    write.save(monthly("7", key=COUNTRY), source="file", known_from=moment(5))


def values(key: SeriesKey, **how) -> list[Decimal | None]:
    return [point.value for point in histories.histories([key], **how)[key].points]


def test_a_series_is_read_as_it_is_known_now(three_batches):
    history = histories.histories([UNEMPLOYED])[UNEMPLOYED]
    assert [point.value for point in history.points] == [1, Decimal("2.5"), None]
    assert not history.synthetic
    second, third = history.points[1:]
    assert (second.period, second.provisional, second.known_from, second.source) == (
        of(2020, 2),
        True,
        moment(4),
        "file",
    )
    assert third.missing is MissingReason.NOT_PUBLISHED


def test_a_series_is_read_as_it_was_known_then(three_batches):
    assert values(UNEMPLOYED, moment=moment(3)) == [1, 2]
    assert values(UNEMPLOYED, moment=moment(4)) == [1, Decimal("2.5"), None]
    assert values(UNEMPLOYED, moment=moment(2)) == []


def test_only_the_periods_asked_for_are_read(three_batches):
    assert values(UNEMPLOYED, periods=(of(2020, 2), of(2020, 2))) == [Decimal("2.5")]


@pytest.mark.parametrize("how", [{}, {"moment": moment(4)}])
def test_many_series_cost_one_query(three_batches, django_assert_num_queries, how):
    with django_assert_num_queries(1):
        found = histories.histories([UNEMPLOYED, COUNTRY, SICK], **how)
    assert list(found) == [UNEMPLOYED, COUNTRY, SICK]


def test_a_series_without_figures_is_empty_and_others_are_not_mixed_in(three_batches):
    unknown = SeriesKey("ledige", "791", "alder=18-29")
    found = histories.histories([SICK, unknown, COUNTRY])
    assert found[SICK].points == found[unknown].points == ()
    assert [point.value for point in found[COUNTRY].points] == [7]


def test_nothing_asked_for_is_nothing_found(three_batches):
    assert histories.histories([]) == {}


def test_real_figures_hide_synthetic_ones_from_the_day_they_come():
    fill("default")
    write.save(monthly("8", "9"), source="demo", synthetic=True, known_from=moment(3))
    write.save(monthly("1"), source="file", known_from=moment(4))
    before, now = (histories.histories([UNEMPLOYED], moment=m)[UNEMPLOYED] for m in (moment(3), None))
    assert before.synthetic and [point.value for point in before.points] == [8, 9]
    assert not now.synthetic and [point.value for point in now.points] == [1]
    assert [vintage.value for vintage in histories.vintages(UNEMPLOYED)] == [1]
    assert [vintage.value for vintage in histories.vintages(UNEMPLOYED, moment(3))] == [8, 9]


def test_every_version_of_a_number_is_told_with_when_it_stood(three_batches):
    february = [v for v in histories.vintages(UNEMPLOYED) if v.period == of(2020, 2)]
    assert [(v.value, v.known_from, v.known_to) for v in february] == [
        (2, moment(3), moment(4)),
        (Decimal("2.5"), moment(4), None),
    ]


def test_a_version_that_was_not_yet_replaced_then_stands(three_batches):
    february = [v for v in histories.vintages(UNEMPLOYED, moment(3)) if v.period == of(2020, 2)]
    assert [(v.value, v.known_to) for v in february] == [(2, None)]


def test_the_data_version_grows_with_each_batch(three_batches):
    versions = [histories.version(moment(month)) for month in (2, 3, 4, 5)]
    assert versions[0] == 0 and versions == sorted(set(versions))
    assert histories.version() == versions[-1]
