"""The figures in the repository: unfolded as they are stored, with what is missing kept missing."""

from hypothesis import given
from hypothesis import strategies as st

from indicators import periods
from viborg_plan.demo.published_figures import tidy

VALUES = st.lists(st.from_regex(r"([0-9]{1,5}(\.[0-9])?)?", fullmatch=True), min_size=1, max_size=60)


@given(VALUES, st.integers(periods.of(2015, 1), periods.of(2030, 12)))
def test_each_value_stands_in_its_month_and_only_the_newest_is_provisional(values, first):
    compact = f"# kilde\nindicator;area;first;values\nledige-antal;791;{periods.iso(first, 'M')};{','.join(values)}\n"
    decimal, head, *rows = tidy(compact.encode()).decode().splitlines()
    assert (decimal, head) == ("# decimal: point", "indicator;area;period;value;provisional")
    cells = [row.split(";") for row in rows]
    assert [cell[3] for cell in cells] == values
    assert [periods.parse(cell[2])[1] for cell in cells] == list(range(first, first + len(values)))
    assert [cell[4] for cell in cells] == [""] * (len(values) - 1) + ["ja"]


def test_a_series_that_ended_before_the_others_is_final():
    compact = "indicator;area;first;values\nledige;791;2025M05;1,2,3\nledige;563;2025M05;4,5\nandre;563;2025M05;6,7\n"
    marked = [row for row in tidy(compact.encode()).decode().splitlines() if row.endswith(";ja")]
    assert marked == ["ledige;791;2025-07;3;ja", "andre;563;2025-06;7;ja"]
