"""Which month's status is due on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import periods
from initiatives.status.deadlines import Cadence

MONTHLY, QUARTERLY = Cadence(), Cadence(every_months=3)
DAYS = st.dates(date(2015, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("today", "month", "last_day"),
    [
        (date(2020, 9, 19), (2020, 8), date(2020, 9, 8)),  # overdue since the 8th
        (date(2020, 9, 20), (2020, 9), date(2020, 10, 8)),
        (date(2020, 10, 8), (2020, 9), date(2020, 10, 8)),
        (date(2020, 12, 31), (2020, 12), date(2021, 1, 8)),
    ],
)
def test_a_month_is_asked_for_from_the_20th_until_the_next_one_is(today, month, last_day):
    period = MONTHLY.due_period(today)
    assert (periods.year_month(period), MONTHLY.deadline(period)) == (month, last_day)


@given(DAYS, st.sampled_from([1, 2, 3, 6, 12]), st.integers(1, 31))
def test_the_settled_month_is_the_newest_of_its_cadence_whose_deadline_has_passed(today, every, deadline):
    cadence = Cadence(every, deadline_day=deadline)
    settled = cadence.settled_period(today)
    assert cadence.deadline(settled) < today <= cadence.deadline(settled + every)


@given(DAYS)
def test_each_quarter_is_named_by_its_last_month(today):
    assert periods.year_month(QUARTERLY.due_period(today))[1] in (3, 6, 9, 12)


@given(DAYS, st.sampled_from([1, 2, 3, 6, 12]), st.integers(1, 31), st.integers(1, 31))
def test_what_is_due_has_opened_and_is_followed_by_the_next_of_its_cadence(today, every, opens, deadline):
    cadence = Cadence(every, opens, deadline)
    due, tomorrow = cadence.due_period(today), cadence.due_period(today + timedelta(days=1))
    assert cadence.opens(due) <= today or opens > 28
    assert tomorrow - due in (0, every)
    assert cadence.deadline(due) > periods.first_day(due)
