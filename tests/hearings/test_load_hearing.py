"""Loading hearings: what the document says is there, a wrong file changes nothing, what was said stands."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from hearings.load_documents import load_hearings
from hearings.models import Hearing, Point
from indicators.definitions.yaml_documents import DocumentError
from tests.hearings.conftest import SLUG
from viborg_plan.demo.load import FIXTURES

pytestmark = pytest.mark.django_db
FILE = FIXTURES / "hearings" / f"{SLUG}.yaml"


class HearingFile:
    """A copy of the demo's document, under a name of its own, to be edited and loaded."""

    def __init__(self, folder: Path, slug: str) -> None:
        self.path = folder / f"{slug}.yaml"
        self.path.write_text(FILE.read_text(encoding="utf-8").replace(f"slug: {SLUG}", f"slug: {slug}", 1))

    def edit(self, right: str, wrong: str) -> int:
        """Gives the line of the change."""
        text = self.path.read_text(encoding="utf-8")
        assert right in text
        self.path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
        return text[: text.index(right)].count("\n") + 1 + (right + wrong).startswith("\n")

    def load(self) -> str:
        return "\n".join(map(str, load_hearings([self.path])))

    def refusal(self) -> str:
        with pytest.raises(DocumentError) as refused:
            self.load()
        return str(refused.value)


@pytest.fixture
def new_file(hearing, tmp_path) -> HearingFile:
    """Of a hearing that is not loaded yet."""
    return HearingFile(tmp_path, "proevehoering")


@pytest.fixture
def loaded_file(hearing, tmp_path) -> HearingFile:
    return HearingFile(tmp_path, SLUG)


def test_the_demo_holds_the_fifteen_points_of_the_response(hearing):
    points = list(hearing.points.order_by("position"))
    assert [point.code for point in points] == [f"h{n}" for n in range(1, 16)]
    stances = [str(point.stance) for point in points]
    assert {stance: stances.count(stance) for stance in Point.Stance.values} == {
        "support": 4, "support_with_wish": 4, "concern": 4, "request": 3,
    }  # fmt: skip
    assert {point.party.name for point in points} == {"Handicaprådet"}
    assert all(point.lines and point.state == "received" for point in points)
    assert [str(goal.number) for goal in points[12].goals.order_by("number")] == ["5", "6"]
    assert (hearing.opened_on, hearing.deadline, hearing.parties_complete) == (None, None, False)


def test_a_new_document_is_told_in_one_line(new_file):
    assert new_file.load() == (
        "høring proevehoering: ny (1 hearing, 1 parties, 13 passages, 15 points, 2 points.goals)"
    )


def test_loading_again_changes_nothing(loaded_file, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        assert loaded_file.load() == f"høring {SLUG}: uændret"


def test_what_is_found_out_of_the_hearing_is_told_as_a_change(loaded_file, hearing):
    loaded_file.edit("parties_complete: false", "parties_complete: false\ndeadline: 2020-11-20")
    assert loaded_file.load() == f"høring {SLUG}: ændret\n  ændret: hearing {SLUG}: deadline (tom) → 2020-11-20"
    hearing.refresh_from_db()
    assert hearing.deadline == date(2020, 11, 20)


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("plan: beskaeftigelsesplan-2021", "plan: plan-2021", "no plan is called 'plan-2021'"),
        ("passage: fokus-unge", "passage: fokus-ung", "no passage is called 'fokus-ung'"),
        ("- code: h5", "- code: h4", "the point 'h4' already stands above"),
        ("  stance: request", "  stance: krav", "Input should be 'support'"),
        ("  lines: 21-29", "  linjer: 21-29", "Extra inputs are not permitted"),
        ("beskaeftigelsesplan-2020/5", "beskaeftigelsesplan-2020/50", "no goal is called"),
        ("  answered: true", "  answered: måske", "Input should be a valid boolean"),
        ("signed_by_role: formand", "signed_by_role: Ib Hansen", "never a person's name"),
        (
            "section: Fokusområder",
            "section: Viborgmodellen",
            "'Viborgmodellen' do not stand together",
        ),
        ("title: Høring om", "title: Høring 010101-1234 om", "looks like it holds a CPR number"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line_and_nothing_is_half_loaded(new_file, right, wrong, reason):
    line = new_file.edit(right, wrong)
    text = new_file.refusal()
    assert f"proevehoering.yaml line {line}: " in text and reason in text
    assert not Hearing.objects.filter(slug="proevehoering").exists()


def test_the_file_is_named_as_the_hearing(new_file):
    new_file.edit("slug: proevehoering", "slug: andet")
    assert "the file of 'andet' is proevehoering.yaml" in new_file.refusal()


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("summary: Hastværk kan", "summary: Hastværk kan ikke", "summary was Hastværk kan hæmme"),
        ("passage: fokus-unge\n  stance: support_with_wish", "passage: fokus-unge\n  stance: support", "stance was"),
        ("- code: h15", "- code: h16", "the point h15 is no longer in the file"),
    ],
)
def test_what_a_party_said_stands_as_it_was_loaded(loaded_file, hearing, right, wrong, reason):
    loaded_file.edit(right, wrong)
    text = loaded_file.refusal()
    assert reason in text and "as a note below it" in text and f"{SLUG}.yaml line " in text
    assert hearing.points.get(code="h11").summary == "Hastværk kan hæmme uddannelse."


def test_a_note_is_added_below_a_point_and_stands_from_then_on(loaded_file, hearing):
    loaded_file.edit("  lines: 125-131", "  lines: 125-131\n  notes: [{text: Læst igen., known_from: 2021-03-01}]")
    assert "ny: points.notes h11 Læst igen." in loaded_file.load()
    assert loaded_file.load() == f"høring {SLUG}: uændret"
    loaded_file.edit("Læst igen.", "Læst en gang til.")
    assert "a note that has been loaded stands" in loaded_file.refusal()


def test_a_point_that_comes_later_says_from_which_day(loaded_file, hearing):
    late = "- code: h16\n  party: handicapraadet\n  passage: kerneydelse\n  stance: support\n  summary: Godt.\n"
    loaded_file.edit("points:\n", f"points:\n{late}")
    assert "must say from which day it is known" in loaded_file.refusal()
    loaded_file.edit("  summary: Godt.\n", "  summary: Godt.\n  known_from: 2021-02-01\n")
    loaded_file.load()
    assert hearing.points.get(code="h16").known_from == date(2021, 2, 1)


def test_a_drafts_points_say_from_which_day_they_are_known(new_file):
    new_file.edit("known_from: 2021-01-01", "known_from: null")
    assert "a draft's point must say from which day it is known" in new_file.refusal()


def test_the_command_tells_what_changed_or_ends_with_the_reason(hearing, tmp_path):
    output = StringIO()
    call_command("load_hearing", str(FILE), stdout=output)
    assert output.getvalue() == f"høring {SLUG}: uændret\n"
    with pytest.raises(CommandError, match="nowhere.yaml: cannot be read"):
        call_command("load_hearing", str(tmp_path / "nowhere.yaml"))
