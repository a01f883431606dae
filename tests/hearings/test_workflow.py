"""The life cycle of an answer as data: every state has its place, and what is public is what the committee gets."""

from itertools import product
from pathlib import Path

import pytest

from goals.workflow import MoveRefused, Party, can_move, check_move, diagram
from hearings.workflow import MOVES, OWNERS, PUBLIC, State


def test_every_state_is_in_both_dicts_and_can_be_reached():
    assert set(MOVES) == set(OWNERS) == set(State)
    assert {after for afters in MOVES.values() for after in afters} == set(State) - {State.RECEIVED}


def test_whose_turn_it_is_can_make_a_move():
    assert all(OWNERS[state] in MOVES[state].values() for state in State if OWNERS[state])


@pytest.mark.parametrize(("before", "after", "party"), list(product([None, *State], State, Party)))
def test_the_button_and_the_guard_share_one_rule(before, after, party):
    allowed = MOVES[before or State.RECEIVED].get(after) == party
    assert can_move(before, after, {party}, MOVES) == allowed
    if not allowed:
        with pytest.raises(MoveRefused):
            check_move(before, after, {party}, MOVES)


def test_nothing_is_decided_that_was_not_recommended_nor_recommended_unanswered():
    def may_become(after):
        return {before for before in State if before != after and can_move(before, after, set(Party), MOVES)}

    assert may_become(State.DECIDED) == {State.RECOMMENDED}
    assert may_become(State.RECOMMENDED) == {State.ANSWERED}


def test_an_answer_is_public_from_the_day_it_goes_to_the_committee():
    assert {State.RECOMMENDED, State.DECIDED} == PUBLIC


def test_the_drawing_in_the_documentation_is_the_one_the_dicts_give():
    text = (Path(__file__).resolve().parents[2] / "docs/livsforloeb.md").read_text(encoding="utf-8")
    assert diagram(MOVES) in text
