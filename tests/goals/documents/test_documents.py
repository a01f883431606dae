"""What a plan document may say: a wrong one is refused, and the reason names the line."""

from pathlib import Path

import pytest

from goals.documents import checks
from goals.documents.schema import PlanDocument
from indicators.definitions import yaml_documents
from indicators.definitions.yaml_documents import DocumentError

HEAD = """\
slug: plan-2030
title: Plan 2030
kind: plan
year: 2030
known_from: 2030-01-01
period_start: 2030-01-01
period_end: 2030-12-31
"""
GOALS = """\
sections:
- {code: unge, name: UNGE, short_name: Unge}
goals:
- number: 1
  title: Færre unge på forsørgelse
  section: unge
  measures:
  - code: m01
    name: Reducere andelen af unge
    short_name: Unge
    subject: Andel af unge
    better: lower
targets:
- {measure: m01, kind: original, value: 10.4, printed: '10,4 %'}
"""
KNOWN = {("plan", "", "plan-2029"): "plan-2029"}


def parse(text: str) -> PlanDocument:
    return yaml_documents.parse(text, PlanDocument, name="plan-2030.yaml")


def problems(text: str, known: dict = KNOWN) -> list[str]:
    return [f"{'.'.join(map(str, place))}: {reason}" for place, reason in checks.problems(parse(text), known)]


def line(text: str, containing: str) -> int:
    return next(n for n, row in enumerate(text.splitlines(), start=1) if containing in row)


def test_a_plan_with_goals_and_targets_has_no_problems():
    assert problems(HEAD + GOALS) == []


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("year: 2030", "year: i tyve tredive", "year: Input should be a valid integer"),
        ("title: Færre unge", "titel: Færre unge", "goals.0.titel: Extra inputs are not permitted"),
        ("kind: original", "kind: ønske", "targets.0.kind: Input should be 'original' or 'revised'"),
        ("better: lower", "better: mindre", "goals.0.measures.0.better: Input should be"),
        ("value: 10.4", "value: ti", "targets.0.value: Input should be a valid decimal"),
        ("value: 10.4", "value: 10.4, by: 2", "targets.0: by and baseline are a change's: rule: change"),
        ("period_end: 2030-12-31", "period_end: 31. december", "period_end: Input should be a valid date"),
    ],
)
def test_a_wrong_key_or_value_is_refused_with_its_line(right, wrong, reason):
    text = (HEAD + GOALS).replace(right, wrong)

    with pytest.raises(DocumentError) as refusal:
        parse(text)

    assert f"plan-2030.yaml line {line(text, wrong)}: {reason}" in str(refusal.value)


def test_a_missing_key_is_refused_with_the_line_of_its_entry():
    text = (HEAD + GOALS).replace("    short_name: Unge\n", "")

    with pytest.raises(DocumentError, match="goals.0.measures.0.short_name: Field required") as refusal:
        parse(text)

    assert f"line {line(text, 'code: m01')}:" in str(refusal.value)


def test_a_plan_that_ends_before_it_starts_is_refused():
    with pytest.raises(DocumentError, match="period_end is before period_start"):
        parse(HEAD.replace("2030-12-31", "2029-12-31"))


@pytest.mark.parametrize(
    ("addition", "problem"),
    [
        ("- {number: 1, title: Et andet}", "goals.1.number: the goal 1 already stands above"),
        ("- {number: 2, title: Et andet, section: gamle}", "goals.1.section: no section is called 'gamle'"),
        (
            "- {number: 2, title: Et andet, related: [plan-2029/3]}",
            "goals.1.related.0: no goal is called 'plan-2029/3'",
        ),
        ("- {number: -2, title: Et andet}", "goals.1.number: Denne værdi skal være større end eller lig 0."),
    ],
)
def test_a_goal_that_does_not_fit_the_rest_is_found(addition, problem):
    text = HEAD + GOALS.replace("targets:", f"{addition}\ntargets:")

    assert problem in problems(text)


@pytest.mark.parametrize(
    ("addition", "problem"),
    [
        ("- {measure: m02, kind: original, value: 1, printed: '1'}", "targets.1.measure: no measure is called 'm02'"),
        (
            "- {measure: m01, kind: original, value: 11, printed: 11 %}",
            "targets.1: a further target of the same kind must say from which day it is known",
        ),
        (
            "- {measure: m01, kind: revised, value: 11, printed: 11 %, decision: sag-1}",
            "targets.1.decision: no decision is called 'sag-1'",
        ),
        (
            "focus_areas:\n- {code: fa, name: Unge, target_groups: [unge]}",
            "focus_areas.0.target_groups.0: no target group is called 'unge'",
        ),
        (
            "focus_areas:\n- {code: fa, name: Unge, goals: [{goal: 1}, {goal: 1}]}",
            "focus_areas.0.goals.1.goal: 1 already stands above",
        ),
        (
            "open_questions:\n- {code: Q1, text: Hvornår?, goals: [1, 1]}",
            "open_questions.0.goals.1: 1 already stands above",
        ),
        ("objectives:\n- {number: '1.1', theme: 1, name: Job}", "objectives.0.theme: no theme is called 1"),
        ("supplements: plan-2028", "supplements: no plan is called 'plan-2028'"),
    ],
)
def test_a_reference_to_nothing_and_a_repetition_are_found(addition, problem):
    assert problem in problems(f"{HEAD}{GOALS}{addition}\n")


def test_a_text_too_long_for_the_database_is_found():
    found = problems((HEAD + GOALS).replace("short_name: Unge}", f"short_name: {'x' * 41}}}"))

    assert len(found) == 1
    assert found[0].startswith("sections.0.short_name:")


def test_what_another_document_introduced_is_not_introduced_again():
    text = HEAD + "target_groups:\n- {slug: unge, name: Unge}\n"

    assert problems(text, KNOWN | {("target group", "", "unge"): "plan-2029"}) == [
        "target_groups.0.slug: the target group 'unge' already stands in plan-2029"
    ]


def test_an_objective_has_several_wordings_but_one_from_a_day():
    objectives = """\
themes:
- {number: 1, name: Læring}
objectives:
- {number: '1.3', theme: 1, name: Gammel ordlyd, valid_to: 2030-06-30}
- {number: '1.3', theme: 1, name: Ny ordlyd, valid_from: 2030-07-01}
"""
    repeated = "- {number: '1.3', theme: 1, name: Nyere ordlyd, valid_from: 2030-07-01}\n"

    assert problems(HEAD + objectives) == []
    assert problems(HEAD + objectives + repeated) == [
        "objectives.2.number: another wording of the objective is valid from the same day"
    ]


def test_a_supplement_speaks_of_its_plans_goals_and_adds_none():
    head = HEAD + "supplements: plan-2029\n"
    known = KNOWN | {("measure", "plan-2029", "m05"): "plan-2029"}
    target = "targets:\n- {measure: m05, kind: revised, value: 2, printed: '2,0 %'}\n"

    assert problems(head + target, known) == []
    assert "goals: a supplement adds no goals: they stand in the plan it supplements" in problems(
        head + "goals:\n- {number: 11, title: Et nyt}\n", known
    )


def test_the_line_of_a_problem_can_be_told(tmp_path: Path):
    text = HEAD + GOALS.replace("section: unge", "section: gamle")
    path = tmp_path / "plan-2030.yaml"
    path.write_text(text, encoding="utf-8")

    ((place, _),) = checks.problems(yaml_documents.load(path, PlanDocument), KNOWN)

    assert yaml_documents.line_of(path, *place) == line(text, "section: gamle")
