"""Scales and ticks: what a drawing says must be what the numbers say."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.charts import svg

VALUES = st.decimals(min_value=0, max_value=100_000, places=2)


@given(VALUES, VALUES)
def test_ticks_span_the_values_evenly_with_few_steps(one, other):
    low, high = sorted([float(one), float(other)])
    found = svg.ticks(low, high)
    assert 2 <= len(found) <= 12
    assert float(found[0]) <= low and high <= float(found[-1])
    assert len({after - before for before, after in zip(found, found[1:], strict=False)}) == 1


@given(VALUES, VALUES, st.lists(st.decimals(min_value=-20, max_value=20, places=2), max_size=5))
def test_an_axis_reaches_more_values_by_as_many_marks_as_that_takes(one, other, steps):
    marks = svg.ticks(*sorted([float(one), float(other)]))
    step = marks[1] - marks[0]
    more = [marks[0] + step * away for away in steps]
    found = svg.extend_ticks(marks, more)
    assert [mark for mark in found if marks[0] <= mark <= marks[-1]] == marks
    assert {after - before for before, after in zip(found, found[1:], strict=False)} == {step}
    assert all(found[0] <= value <= found[-1] for value in more)
    assert found[0] == marks[0] or found[0] + step > min(more)
    assert found[-1] == marks[-1] or found[-1] - step < max(more)


@given(st.lists(VALUES, min_size=1, max_size=60), VALUES)
def test_a_sparkline_rises_where_the_numbers_rise(values, level):
    spark = svg.spark(list(enumerate(values)), level)
    heights = [float(point.split(",")[1]) for point in spark.points.split()]
    shown = values[-24:]
    assert len(heights) == len(shown)
    for index in range(1, len(shown)):
        if shown[index] > shown[index - 1]:
            assert heights[index] <= heights[index - 1]  # y grows downwards
    assert all(4 <= height <= 22 for height in heights)


def test_nothing_to_draw_draws_nothing():
    assert svg.spark([], Decimal(1)) is None
