"""Places, sides and persons: rules that hold for any numbers."""

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.pages.compare.ranking import persons_at, ranks, sides

VALUES = st.decimals(min_value=0, max_value=100, places=1)
AREAS = st.dictionaries(st.text("0123456789", min_size=3, max_size=3), st.none() | VALUES, max_size=98)


@given(AREAS, st.booleans())
def test_a_place_is_one_more_than_the_number_of_better_areas(values, lower):
    found = ranks(values, lower_is_better=lower)
    known = [value for value in values.values() if value is not None]
    for area, place in found.items():
        ahead = [v for v in known if (v < values[area] if lower else v > values[area])]
        assert place.number == len(ahead) + 1


@given(AREAS, st.booleans())
def test_equal_values_share_a_place_and_only_they_are_marked(values, lower):
    found = ranks(values, lower_is_better=lower)
    for area, place in found.items():
        equals = [other for other in found if values[other] == values[area]]
        assert {found[other].number for other in equals} == {place.number}
        assert place.shared == (len(equals) > 1)
        assert str(place) == f"{place.number}{'=' if len(equals) > 1 else ''}"


@given(AREAS)
def test_an_area_without_a_number_has_no_place(values):
    assert ranks(values, lower_is_better=True).keys() == {area for area, v in values.items() if v is not None}


@given(VALUES, st.lists(VALUES, max_size=97))
def test_every_other_municipality_is_lower_equal_or_higher(value, others):
    found = sides(value, others)
    assert found.lower + found.equal + found.higher == len(others)
    assert found.equal == others.count(value)


@given(st.integers(1, 5000), st.integers(1000, 60_000), st.integers(1, 40_000), st.integers(1000, 60_000))
def test_the_range_holds_the_answer_that_unrounded_shares_would_give(own, population, there, other_population):
    share, other = Decimal(own * 100) / population, Decimal(there * 100) / other_population
    rounded = [s.quantize(Decimal("0.1")) for s in (share, other)]
    assume(rounded[0] > Decimal("0.05"))
    found = persons_at(Decimal(own), *rounded, decimals=1)
    assert found.least <= own * (other / share - 1) <= found.most


def test_a_share_that_may_be_zero_gives_no_range():
    assert persons_at(Decimal(1), Decimal(0), Decimal(3), decimals=1) is None
