"""The strip of dots: where a dot stands is what its number says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.charts import dot_strip_layout
from indicators.charts.dot_strip import AreaMark, DotStripData, dot_charts, edges

VALUES = st.lists(
    st.tuples(st.sampled_from(dot_strip_layout.FROM_BELOW), st.decimals(min_value=0, max_value=60, places=1)),
    min_size=1,
    max_size=98,
).map(lambda found: [(f"{n:03}", kind, value) for n, (kind, value) in enumerate(found)])
BOXES = st.sampled_from([dot_strip_layout.WIDE, dot_strip_layout.NARROW])


@given(VALUES, BOXES)
def test_dots_never_lie_on_each_other_nor_outside(values, box):
    strip = dot_strip_layout.strip(values, box, decimals=1)
    places = {(dot.x, dot.y) for dot in strip.dots}
    assert len(places) == len(values)
    assert all(dot.x - dot.radius >= 0 and dot.x + dot.radius <= box.width for dot in strip.dots)
    assert all(dot_strip_layout.TOP - 1 <= dot.y <= strip.base for dot in strip.dots)
    columns = sorted({dot.x for dot in strip.dots})
    assert all(after - before >= 2 * box.radius for before, after in zip(columns, columns[1:], strict=False))


@given(VALUES, BOXES)
def test_a_dot_stands_within_half_a_step_of_its_number(values, box):
    strip = dot_strip_layout.strip(values, box, decimals=1)
    for dot, (area, _, value) in zip(strip.dots, values, strict=True):
        assert dot.area == area
        half = abs(strip.scale(value + strip.step / 2) - strip.scale(value))
        assert abs(dot.x - strip.scale(value)) <= half + 0.2


@given(VALUES, BOXES)
def test_ones_own_dot_is_under_the_group_and_the_group_under_the_others(values, box):
    stacks = {}
    for dot in dot_strip_layout.strip(values, box, decimals=1).dots:
        stacks.setdefault(dot.x, []).append(dot)
    for stack in stacks.values():
        from_below = [dot_strip_layout.FROM_BELOW.index(dot.kind) for dot in sorted(stack, key=lambda dot: -dot.y)]
        assert from_below == sorted(from_below)


@pytest.mark.parametrize("also", [Decimal(5), Decimal("0.1")])
def test_the_countrys_value_is_on_the_axis_too(also):
    strip = dot_strip_layout.strip(
        [("791", dot_strip_layout.OWN, Decimal("2.5"))], dot_strip_layout.WIDE, decimals=1, also=also
    )
    assert strip.left <= strip.scale(also) <= strip.right


def drawn(*values: str):
    kinds = [dot_strip_layout.OWN] + [dot_strip_layout.OTHER] * (len(values) - 1)
    marks = [
        AreaMark(str(n), str(n), kind, Decimal(value), "")
        for n, (kind, value) in enumerate(zip(kinds, values, strict=True))
    ]
    return dict(dot_charts(DotStripData(marks, "percent", 1, Decimal(0), "", "")))["wide"]


def test_dots_drawn_coarser_than_their_numbers_say_so_and_ones_own_line_stands_at_the_number():
    chart = drawn("-0.4", "-15", "15")
    assert chart.step == "1\u00a0procentpoint"
    assert chart.own_x == chart.strip.scale(-0.4) != chart.line_x
    assert edges(chart.own)[2] < chart.line_x  # beside the upright line at 0, not across it


def test_dots_at_their_numbers_say_nothing_of_steps():
    assert drawn("0.2", "0.5", "0.8").step == ""
