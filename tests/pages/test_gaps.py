"""What is missing, listed by owner (J8): the front page's numbers, an owner's own part, and files of the same."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Team, User
from accounts.roles import Role
from goals.editing.answers import answer_question
from goals.models import Goal, OpenQuestion
from goals.status.plan_status import plan_status
from indicators import data_version, periods
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.store import write
from initiatives.models import Initiative, StatusUpdate
from initiatives.status.coverage import coverage_of, reported, status_coverage
from tests.pages.test_import_page import logged_in, text_of
from viborg_plan.pages.editorial_gaps import Gaps, gaps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]


@pytest.fixture
def reader() -> Client:
    return logged_in(Role.READER)


def found(owner: str = "") -> Gaps:
    now = timezone.now()
    return gaps(plan_status(None, now), now, owner)


def named(key: str, owner: str = "") -> list[str]:
    return [gap.what for entry in found(owner).lists if entry.key == key for gap in entry.gaps]


def test_the_front_page_counts_what_the_list_names(client, reader):
    front = client.get("/").content.decode()
    missing, total = re.search(r"<b>(\d+) af (\d+)</b>\s*indsatser mangler status", front).groups()
    assert (len(named("status")), Initiative.objects.count()) == (int(missing), int(total))
    assert f"<b>{missing} af {total}</b>" in reader.get("/redaktion/").content.decode()


def test_coverage_is_the_same_however_it_is_counted():
    now = timezone.now()
    assert coverage_of(list(reported(now))) == status_coverage(now)


def test_a_months_first_text_counts_nobody_as_late_before_its_deadline():
    def on(day: date):
        return status_coverage(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))

    december, opened = periods.of(2020, 12), datetime(2021, 2, 21, tzinfo=UTC)
    assert (on(date(2021, 2, 8)).month, on(date(2021, 2, 9)).month) == ("december 2020", "januar 2021")
    before = on(date(2021, 3, 1))
    up_to_date = Initiative.objects.filter(status_updates__period=december + 1).first()
    StatusUpdate.objects.create(
        initiative=up_to_date, period=december + 2, status="on_track", text="Tidligt.",
        author_role="Jobcenter", made_at=opened, state="approved",
    )  # fmt: skip
    assert on(date(2021, 3, 1)) == on(date(2021, 3, 8)) == before
    assert (on(date(2021, 3, 9)).missing, on(date(2021, 3, 9)).month) == (31, "februar 2021")  # two have ended
    assert reported(datetime(2021, 3, 9, 12, tzinfo=UTC)).filter(behind=True).count() == 31


def test_a_goal_is_served_only_by_an_initiative_that_goes_on():
    goal = Goal.objects.get(plan__slug="beskaeftigelsesplan-2020", number=4)
    assert str(goal) not in named("maal")
    now = timezone.now()
    for link in goal.links.all():
        StatusUpdate.objects.create(
            initiative=link.initiative, period=2021 * 12 + 11, status="done", text="Færdig.",
            author_role="Jobcenter", made_at=now, state="approved",
        )  # fmt: skip
    assert str(goal) in named("maal")
    assert len(named("maal")) == 6


def test_an_initiative_has_an_owner_by_the_plan_or_by_its_team():
    bare = named("ansvar")
    with_team = Initiative.objects.exclude(team=None).values_list("name", flat=True)
    assert bare and not set(bare) & set(with_team)
    Initiative.objects.filter(name=bare[0]).update(owner="Virksomhedsservice")
    assert bare[0] not in named("ansvar")


def test_a_measure_is_old_until_its_figures_come():
    measure = "2 Midlertidig forsørgelse"
    assert measure in named("tal")
    status = next(m for m in plan_status(None, timezone.now()).measures if m.measure.code == "m02")
    key = SeriesKey(status.measure.indicator.code, "791")
    today = timezone.localdate()
    newest = date(today.year, today.month, 1)
    write.save(frame_of([Cell(key, newest.year * 12 + newest.month - 2, Decimal("8.1"))]), source="file")
    assert measure not in named("tal")


def test_an_answered_question_is_no_longer_missing():
    question = OpenQuestion.objects.get(code="Q4")
    assert question.text in named("afklares") and len(named("afklares")) == 16
    by = User.objects.create_user("rie@example.org", name="Rie")
    answer_question(question=question, text="Et antal.", source="Sag 1", by=by)
    assert question.text not in named("afklares")


def test_an_owner_sees_the_owners_own(reader):
    owners = found().owners
    assert "Ungeindsatsen (demo)" in owners and "Jobcenter Viborg" in owners
    page = text_of(reader.get("/redaktion/", {"ansvarlig": "Ungeindsatsen (demo)"}))
    assert named("status", "Ungeindsatsen (demo)")[0] in page
    assert not named("ansvar", "Ungeindsatsen (demo)") and not named("maal", "Ungeindsatsen (demo)")


@pytest.mark.parametrize("path", ["/redaktion/", "/redaktion/mangler.csv", "/redaktion/mangler.xlsx"])
def test_an_owner_there_is_not_is_refused_with_those_there_are(reader, path):
    answer = reader.get(path, {"ansvarlig": "Ukendt"})
    assert answer.status_code == 400
    assert "»Ukendt« findes ikke" in text_of(answer) and "Ungeindsatsen (demo)" in text_of(answer)


def test_an_owner_whose_last_thing_was_mended_is_told_so(reader):
    Team.objects.create(slug="nyt", name="Nyt team")
    assert "Intet mangler lige nu" in text_of(reader.get("/redaktion/", {"ansvarlig": "Nyt team"}))


def test_a_team_is_shown_as_the_administrations_choice_beside_what_the_plan_says(client):
    initiative = Initiative.objects.get(slug="task-force-viborg")
    page = text_of(client.get("/indsatser/task-force-viborg/"))
    assert "Ansvarlig Ungeindsatsen (demo) valgt af forvaltningen; planen nævner ingen" in page
    Initiative.objects.filter(pk=initiative.pk).update(owner="Erhvervskontoret")
    data_version.changed()
    page = text_of(client.get("/indsatser/task-force-viborg/"))
    assert "Erhvervskontoret står i planen" in page and "Ungeindsatsen (demo) følger den i portalen" in page
    Initiative.objects.filter(pk=initiative.pk).update(owner="", team=None)
    data_version.changed()
    assert "Ansvarlig afklares" in text_of(client.get("/indsatser/task-force-viborg/"))


def test_the_files_say_what_the_page_says_and_run_nothing(reader):
    Initiative.objects.filter(slug="task-force-viborg").update(name="=1+1")
    Initiative.objects.filter(slug="boblberg").update(name="=cmd|' /C calc'!A0", team=None)
    expected = {gap.what for entry in found().lists for gap in entry.gaps}
    table = reader.get("/redaktion/mangler.csv").content.decode()
    assert table.startswith("\ufeffListe;Hvad;Ansvarlig;Bemærkning;Adresse\r\n")
    assert all(what.lstrip("=") in table.replace('""', '"') for what in expected)
    assert ";=" not in table
    book = load_workbook(BytesIO(reader.get("/redaktion/mangler.xlsx").content))
    cells = [row[0] for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert {str(cell).lstrip("'") for cell in cells} == expected
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


@pytest.mark.parametrize("path", ["/redaktion/", "/redaktion/mangler.csv", "/redaktion/mangler.xlsx"])
def test_only_staff_sees_what_is_missing(path, client, reader):
    assert client.get(path).status_code == 302
    assert logged_in(email="nobody@example.org").get(path).status_code == 404
    answer = reader.get(path)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]


def test_who_may_not_answer_reads_the_questions_without_a_way_to_answer(reader):
    page = reader.get("/redaktion/").content.decode()
    assert "/redaktion/afklar/" not in page and "Lav bilag til et møde" not in page
    page = logged_in(Role.SECRETARY, email="rie@example.org").get("/redaktion/").content.decode()
    assert "/redaktion/afklar/tillaeg-2020/Q1/" in page and "Lav bilag til et møde" in page
