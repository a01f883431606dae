"""Periods: what sources write, one number inside, what people read."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import periods
from indicators.periods import Frequency

MONTHS = st.integers(periods.of(1900, 1), periods.of(2199, 12))
FREQUENCIES = st.sampled_from(Frequency)


@pytest.mark.parametrize(
    ("text", "frequency", "first_month"),
    [
        ("2020M03", "M", (2020, 3)),
        ("2020-03", "M", (2020, 3)),
        ("2024MYTD06", "M", (2024, 6)),
        ("2020K1", "Q", (2020, 1)),
        ("2020Q1", "Q", (2020, 1)),
        ("2020-Q2", "Q", (2020, 4)),
        ("2025Q04", "Q", (2025, 10)),
        ("2020", "Y", (2020, 1)),
        ("2024Y01", "Y", (2024, 1)),
        ("2023QMAT01", "QMAT", (2023, 1)),
        ("2020-QMAT3", "QMAT", (2020, 7)),
        (" 2020m03 ", "M", (2020, 3)),
    ],
)
def test_every_form_that_sources_use_is_read(text, frequency, first_month):
    assert periods.parse(text) == (frequency, periods.of(*first_month))


@pytest.mark.parametrize(
    "text", ["", "20", "2020M13", "2020M00", "2020K5", "2020-Q0", "2024Y02", "2020-3", "03-2020", "2020M03x", "٢٠٢٠"]
)
def test_what_is_no_period_is_refused_with_the_text_in_the_reason(text):
    with pytest.raises(ValueError, match="er ikke en periode") as refusal:
        periods.parse(text)
    assert f"»{text}«" in str(refusal.value)


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_refused(text):
    try:
        frequency, number = periods.parse(text)
    except ValueError:
        return
    assert periods.parse(periods.iso(number, frequency)) == (frequency, number)


@given(MONTHS, FREQUENCIES)
def test_the_printed_period_is_read_back(number, frequency):
    start = number - number % periods.STEPS[frequency]
    assert periods.parse(periods.iso(start, frequency)) == (frequency, start)


@given(MONTHS, MONTHS)
def test_months_sort_as_their_iso_forms_do(one, other):
    assert (one < other) == (periods.iso(one, "M") < periods.iso(other, "M"))


@given(MONTHS.filter(lambda n: n >= 24), st.sampled_from(["M", "Q", "Y"]))
def test_periods_follow_each_other_without_gap_or_overlap(number, frequency):
    start = number - number % periods.STEPS[frequency]
    after = periods.last_day(start, frequency) + timedelta(days=1)
    assert periods.first_day(start + periods.STEPS[frequency], frequency) == after


@given(MONTHS.filter(lambda n: n >= 24))
def test_rolling_quarters_cover_the_year_that_ends_with_the_named_quarter(number):
    start = number - number % 3
    assert periods.last_day(start, "QMAT") == periods.last_day(start, "Q")
    assert periods.first_day(start, "QMAT") == periods.first_day(start - 9, "Q")


def test_a_month_and_its_number_are_each_others_inverse():
    assert periods.year_month(periods.of(2020, 2)) == (2020, 2)
    assert periods.first_day(periods.of(2020, 2)) == date(2020, 2, 1)
    assert periods.last_day(periods.of(2020, 2)) == date(2020, 2, 29)


def test_periods_are_printed_in_danish():
    july = periods.of(2020, 7)
    assert periods.named(july, "M") == "juli 2020"
    assert periods.named(july, "Q") == "3. kvt. 2020"
    assert periods.named(periods.of(2020, 1), "Y") == "2020"
    assert periods.named(periods.of(2020, 4), "QMAT") == "4 kvartaler til og med 2. kvt. 2020"
    assert periods.named_shortest(july) == "jul."
    assert periods.named_shortest(july, "Q") == "3. kvt."
