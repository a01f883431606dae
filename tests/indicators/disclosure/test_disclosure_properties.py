"""No withheld number can be worked out from totals, other breakdowns, or what was known before and after."""

import random
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.disclosure.rule import Unit, withheld
from indicators.disclosure.sums import SumKey, sums
from tests.indicators.disclosure.attack import worked_out
from tests.long_form import at_length

LEAST = 5
LONG = 40 if at_length("ATTACK") else 1
Table = dict[str, int]  # breakdown → number


@st.composite
def leaves(draw) -> tuple[dict[str, int], dict[str, float]]:
    """Employees' numbers in their teams, and how the whole splits into target groups."""
    teams = draw(st.integers(1, 3))
    people = {
        f"medarbejder={team}{person};team={team}": draw(st.integers(0, 9))
        for team in "abc"[:teams]
        for person in range(draw(st.integers(1, 3)))
    }
    groups = {f"maalgruppe={name}": draw(st.floats(0, 1)) for name in "xyz"[: draw(st.integers(0, 3))]}
    return people, groups


def table(people: dict[str, int], groups: dict[str, float]) -> Table:
    """All numbers that would be delivered: each whole is the sum of its parts."""
    total = sum(people.values())
    found = {"": total, **people}
    for place, value in people.items():
        team = place.partition(";")[2]
        found[team] = found.get(team, 0) + value
    left = total
    for place, (name, share) in enumerate(groups.items(), 1):
        found[name] = left if place == len(groups) else min(left, round(share * total))
        left -= found[name]
    return found


@st.composite
def histories(draw) -> list[Table]:
    """One to three states of knowledge of a period; a revision changes a few employees' numbers."""
    people, groups = draw(leaves())
    known = [table(people, groups)]
    for _ in range(draw(st.integers(0, 2))):
        for name in draw(st.lists(st.sampled_from(sorted(people)), max_size=2)):
            people = people | {name: draw(st.integers(0, 9))}
        known.append(table(people, groups))
    if draw(st.booleans()):  # case systems often leave out what is nothing
        known = [{name: value for name, value in now.items() if value or not name} for now in known]
    return known


@st.composite
def crossed(draw) -> list[Table]:
    """Teams by target groups: every number stands in two sums at once."""
    teams, groups = "ab"[: draw(st.integers(1, 2))], "xyz"[: draw(st.integers(2, 3))]
    known = []
    for _ in range(draw(st.integers(1, 2))):
        found: Table = {"": 0}
        for team, group in product(teams, groups):
            value = draw(st.integers(0, 8))
            for name in ("", f"team={team}", f"maalgruppe={group}", f"maalgruppe={group};team={team}"):
                found[name] = found.get(name, 0) + value
        known.append(found)
    return known


def decide(known: list[Table]) -> set[Unit]:
    places = {name: SumKey("791", name) for now in known for name in now}
    return withheld(known, sums(places, {}), least=LEAST, person=1)


def attacked(known: list[Table], gone: set[Unit]) -> set:
    """Everything shown is used: all breakdowns at once, at all times at once."""
    facts = [
        (Unit(whole, now[whole]), [Unit(part, now[part]) for part in parts])
        for now in known
        for whole, parts in sums({name: SumKey("791", name) for name in now}, {})
        if now[whole] == sum(now[part] for part in parts)
    ]
    truth = {unit: unit.value for now in known for unit in (Unit(name, value) for name, value in now.items())}
    return worked_out(facts, truth, gone)


@given(histories())
@settings(max_examples=150 * LONG, deadline=None)
def test_no_withheld_number_can_be_worked_out(known):
    assert attacked(known, decide(known)) == set()


@given(crossed())
@settings(max_examples=60 * LONG, deadline=None)
def test_nor_where_numbers_are_crossed(known):
    assert attacked(known, decide(known)) == set()


@given(histories())
@settings(max_examples=100, deadline=None)
def test_no_small_number_is_shown_and_no_zero_is_withheld(known):
    gone = decide(known)
    for now in known:
        for name, value in now.items():
            assert (Unit(name, value) in gone) >= (0 < value < LEAST)
            assert value > 0 or Unit(name, value) not in gone


@given(histories())
@settings(max_examples=50, deadline=None)
def test_what_was_decided_before_a_revision_is_still_decided_so_after_it(known):
    before, after = decide(known[:-1]) if len(known) > 1 else set(), decide(known)
    assert before <= after


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_series_does_not_matter(known, chance: random.Random):
    names = sorted({name for now in known for name in now})
    chance.shuffle(names)
    assert decide([{name: now[name] for name in names if name in now} for now in known]) == decide(known)


def only_small(known: list[Table]) -> set[Unit]:
    return {Unit(name, value) for now in known for name, value in now.items() if 0 < value < LEAST}


def test_the_attack_works_where_only_small_numbers_are_withheld():
    """The control: a rest that is one number, ones that leave no choice, and a revision that uncovers."""
    rest = [table({"medarbejder=a1;team=a": 3, "medarbejder=a2;team=a": 9, "medarbejder=b1;team=b": 8}, {})]
    assert attacked(rest, only_small(rest)) == {Unit("medarbejder=a1;team=a", 3)}
    ones = [{"": 12, "team=a": 1, "team=b": 1, "team=c": 10}]
    assert attacked(ones, only_small(ones)) == {Unit("team=a", 1), Unit("team=b", 1)}
    first = {"": 19, "team=a": 3, "team=b": 7, "team=c": 9}
    then = first | {"": 18, "team=b": 6}
    hidden_one_at_a_time = {Unit("team=a", 3), Unit("team=b", 7), Unit("team=c", 9)}
    assert Unit("team=a", 3) in attacked([first, then], hidden_one_at_a_time - {Unit("team=c", 9)})
    assert attacked([first, then], decide([first, then])) == set()


def test_no_more_is_withheld_than_a_neighbour_where_that_is_enough():
    assert decide([{"": 19, "team=a": 3, "team=b": 7, "team=c": 9}]) == {Unit("team=a", 3), Unit("team=b", 7)}
    assert decide([{"": 18, "team=a": 0, "team=b": 7, "team=c": 11}]) == set()
