"""Numbers and dates as Danish readers expect them."""

from datetime import date
from decimal import Decimal

import pytest

from indicators import formats

D = Decimal


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (D("1373"), 0, "1.373"),
        (D("7.5"), 1, "7,5"),
        (D("2"), 1, "2,0"),
        (D("1234567.891"), 2, "1.234.567,89"),
        (D("-0.3"), 1, "−0,3"),
        (D("-0.04"), 1, "0,0"),
        (D("0.05"), 1, "0,1"),
        (D("0.25"), 1, "0,3"),
    ],
)
def test_a_number_has_dots_for_thousands_and_a_decimal_comma(value, decimals, text):
    assert formats.number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (D("8.1"), "percent", 1, "8,1\u00a0%"),
        (D("1400"), "count", 0, "1.400"),
        (D("47"), "rank", 0, "nr.\u00a047"),
        (None, "percent", 1, "–"),
        (D(0), "count", 0, "0"),
    ],
)
def test_a_value_carries_its_unit_and_a_missing_one_is_a_dash_never_zero(value, unit, decimals, text):
    assert formats.measured(value, unit, decimals) == text


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "options", "text"),
    [
        (D("0.5"), "percent", 1, {"signed": True, "short": True}, "+0,5\u00a0pct.point"),
        (D("-10"), "count", 0, {"signed": True}, "−10\u00a0personer"),
        (D("0"), "percent", 1, {"signed": True}, "0,0\u00a0procentpoint"),
        (D("-0.3"), "percent", 1, {}, "0,3\u00a0procentpoint"),
        (D("1"), "count", 0, {}, "1\u00a0person"),
        (D("1"), "rank", 0, {}, "1\u00a0plads"),
    ],
)
def test_a_difference_of_shares_is_in_percentage_points_and_of_counts_in_persons(value, unit, decimals, options, text):
    assert formats.difference(value, unit, decimals, **options) == text


@pytest.mark.parametrize(
    ("printed", "text"),
    [("10,9%", "10,9\u00a0%"), ("8,4 %", "8,4\u00a0%"), ("Antal: 1.373", "1.373"), ("11 %", "11\u00a0%")],
)
def test_a_printed_target_keeps_its_precision(printed, text):
    assert formats.as_printed(printed) == text


def test_dates_are_long_in_text_and_short_in_tables():
    assert formats.long_date(date(2020, 8, 25)) == "25.\u00a0august 2020"
    assert formats.short_date(date(2020, 8, 25)) == "25.08.2020"


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c")]
)
def test_a_list_reads_as_a_sentence(items, text):
    assert formats.listed(items) == text
