"""The life cycle as data: every state has its place in it, and the drawing in docs/ shows the same."""

from itertools import product
from pathlib import Path

import pytest

from goals.workflow import FOUR_EYES, OWNERS, TRANSITIONS, MoveRefused, Party, State, can_move, check_move, diagram

ROOT = Path(__file__).resolve().parents[2]


def test_every_state_is_in_both_dicts():
    assert set(TRANSITIONS) == set(OWNERS) == set(State)


def test_every_state_can_be_reached_from_the_first_and_left_again():
    reached, waiting = set(), {State.DRAFT}
    while waiting:
        state = waiting.pop()
        reached.add(state)
        waiting |= set(TRANSITIONS[state]) - reached
    assert reached == set(State)
    assert all(set(afters) - {before} for before, afters in TRANSITIONS.items())


def test_whose_turn_it_is_can_make_a_move():
    assert all(OWNERS[state] in TRANSITIONS[state].values() for state in State if OWNERS[state])


@pytest.mark.parametrize(("before", "after", "party"), list(product([None, *State], State, Party)))
def test_the_button_and_the_guard_share_one_rule(before, after, party):
    allowed = TRANSITIONS[before or State.DRAFT].get(after) == party
    assert can_move(before, after, {party}) == allowed
    if not allowed:
        with pytest.raises(MoveRefused):
            check_move(before, after, {party})


def test_nobody_approves_what_was_not_handed_in_and_no_writer_approves():
    assert [s for s in State if can_move(s, State.APPROVED, set(Party))] == [State.SUBMITTED]
    assert not can_move(State.SUBMITTED, State.APPROVED, {Party.WRITER})


def test_a_second_pair_of_eyes_is_asked_of_approvals_and_of_nothing_else():
    moves = [(before, after) for before, afters in TRANSITIONS.items() for after in afters]
    refused = {move for move in moves if can_move(*move, set(Party)) and not can_move(*move, set(Party), own=True)}
    assert refused == FOUR_EYES == {move for move in moves if move[1] == State.APPROVED}


def test_the_drawing_in_the_documentation_is_the_one_the_dicts_give():
    drawn = (ROOT / "docs/livsforloeb.md").read_text(encoding="utf-8").split("```mermaid\n")[1].split("\n```")[0]
    assert drawn == diagram()
