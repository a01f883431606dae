"""What each part of the paper holds, written out: the goals' lines, sections, documents, decisions, demo mark."""

from dataclasses import replace
from datetime import date

import pytest

from goals.models import Decision, Goal
from reports.paper import paper_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
APRIL, SEPTEMBER = date(2020, 4, 1), date(2020, 9, 15)


def test_each_goal_shows_its_own_lines_in_the_sections_of_the_plan():
    paper = paper_of(SEPTEMBER)
    assert [(goal.number, [line.number for line in goal.lines]) for goal in paper.goals] == [
        (1, ["1"]), (2, ["2"]), (3, ["3"]), (4, ["4a", "4b"]), (5, ["5"]), (6, ["6"]), (7, ["7"]), (8, ["8"]),
        (9, ["9"]), (10, ["10"]),
    ]  # fmt: skip
    assert [(name, [line.number for line in lines]) for name, lines in paper.sections] == [
        ("Placering blandt kommuner", ["1"]),
        ("Offentlig forsørgelse", ["2", "3"]),
        ("Unge 18-29 år", ["4a", "4b"]),
        ("Sygemeldte", ["5", "6"]),
        ("Rummeligt arbejdsmarked", ["7"]),
        ("Flygtninge og familiesam.", ["8", "9"]),
        ("Forsikrede og jobparate", ["10"]),
    ]


def test_a_supplement_is_named_from_the_day_it_was_known():
    plan, supplement = "Beskæftigelsesplan 2020", "Tillæg til Beskæftigelsesplan 2020"
    named = {day: paper_of(day).documents for day in (APRIL, date(2020, 6, 30), date(2020, 7, 1))}
    assert list(named.values()) == [(plan,), (plan,), (plan, supplement)]


def test_decisions_are_told_newest_first_once_known_and_only_with_their_meeting():
    goal = Goal.objects.get(plan__slug="beskaeftigelsesplan-2020", number=2)
    for code, meeting, known in [
        ("first", date(2020, 8, 25), date(2020, 8, 25)),
        ("second", date(2020, 9, 8), date(2020, 9, 15)),
        ("later", date(2020, 9, 10), date(2020, 9, 16)),
        ("undated", None, date(2020, 8, 1)),
    ]:
        Decision.objects.create(
            plan=goal.plan, goal=goal, code=code, meeting=meeting, known_from=known, text=f"Beslutning {code}."
        )
    assert paper_of(SEPTEMBER).decisions == ("08.09.2020: Beslutning second.", "25.08.2020: Beslutning first.")


def test_invented_figures_or_invented_words_are_each_enough_for_the_demo_mark():
    paper = paper_of(SEPTEMBER)
    assert any(line.said and line.said.demo for line in paper.lines)
    wordless = replace(
        paper,
        sections=tuple((name, tuple(replace(line, said=None) for line in lines)) for name, lines in paper.sections),
        goals=tuple(replace(goal, initiatives=()) for goal in paper.goals),
        questions=(),
    )
    real, invented = (replace(paper.freshness, synthetic=synthetic) for synthetic in (False, True))
    told = [replace(made, freshness=figures).demo for made in (paper, wordless) for figures in (real, invented)]
    assert told == [True, True, False, True]
