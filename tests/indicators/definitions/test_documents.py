"""YAML documents: what is wrong is told with file and line."""

from datetime import date

import pytest
from pydantic import BaseModel, ConfigDict

from indicators.definitions import yaml_documents
from indicators.definitions.yaml_documents import DocumentError


class Goal(BaseModel):
    model_config = ConfigDict(extra="forbid")
    number: int
    title: str


class Plan(BaseModel):
    model_config = ConfigDict(extra="forbid")
    adopted: date | None = None
    goals: list[Goal]


RIGHT = """\
adopted: 2020-01-28
goals:
  - number: 1
    title: Flere i job
  - number: 2
    title: Færre på ydelse
"""


def refusal(text: str) -> str:
    with pytest.raises(DocumentError) as error:
        yaml_documents.parse(text, Plan, name="plan.yaml")
    return str(error.value)


def test_a_right_document_becomes_the_model(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(RIGHT, encoding="utf-8")
    plan = yaml_documents.load(path, Plan)
    assert [goal.title for goal in plan.goals] == ["Flere i job", "Færre på ydelse"]


def test_a_wrong_type_is_told_with_its_line():
    assert refusal(RIGHT.replace("number: 2", "number: to")).startswith("plan.yaml line 5: goals.1.number: ")


def test_a_missing_key_is_told_with_the_line_of_what_lacks_it():
    assert refusal(RIGHT.replace("    title: Færre på ydelse\n", "")) == (
        "plan.yaml line 5: goals.1.title: Field required"
    )


def test_an_unknown_key_is_told_with_its_own_line():
    assert refusal(RIGHT.replace("    title: Flere", "    titel: x\n    title: Flere")).startswith(
        "plan.yaml line 4: goals.0.titel: "
    )


def test_every_fault_is_told_at_once():
    wrong = RIGHT.replace("number: 1", "number: en").replace("number: 2", "number: to")
    assert [line.split(":")[0] for line in refusal(wrong).splitlines()] == ["plan.yaml line 3", "plan.yaml line 5"]


def test_a_key_that_stands_twice_is_refused():
    assert refusal(RIGHT.replace("    title: Flere", "    number: 3\n    title: Flere")) == (
        "plan.yaml line 4: the key 'number' stands twice"
    )


def test_broken_yaml_is_told_with_its_line():
    assert refusal(RIGHT.replace("  - number: 2", " - number: 2")).startswith("plan.yaml line 5: ")


def test_an_impossible_date_is_refused():
    assert refusal(RIGHT.replace("2020-01-28", "2020-02-31")).startswith("plan.yaml")


@pytest.mark.parametrize("text", ["", "bare en sætning", "- 1\n- 2\n"])
def test_a_document_of_another_shape_is_refused(text):
    assert refusal(text).startswith("plan.yaml line 1: ")


def test_objects_of_python_are_not_made():
    assert "plan.yaml" in refusal("goals: !!python/object/apply:os.getcwd []\n")


def test_a_file_that_is_not_there_is_told_by_name(tmp_path):
    with pytest.raises(DocumentError, match="plan.yaml: cannot be read"):
        yaml_documents.load(tmp_path / "plan.yaml", Plan)


def test_the_line_of_a_place_is_found_for_further_checks(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(RIGHT, encoding="utf-8")
    assert yaml_documents.line_of(path, "goals", 1, "title") == 6
