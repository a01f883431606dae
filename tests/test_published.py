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
