"""Reminders, through a real mail server: who is told what, each thing once, and never who asked not to be."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, Team, User
from accounts.roles import Role
from goals.models import Measure
from goals.texts.versions import send_back
from indicators import periods
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.store import write
from initiatives.models import Initiative, Reminder
from initiatives.status.due import cadence
from initiatives.status.reminders import choose_reminders, send_reminders
from initiatives.status.write import write_status
from initiatives.tasks import send_reminders as task
from tests.pages.test_mine_page import logged_in, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
TODAY = date(2026, 11, 25)  # November has been due since the 20th
AFTER_THE_DEADLINE = date(2026, 12, 9)


@pytest.fixture
def team() -> Team:
    """Only Alice is in it, so that each test has one letter to read."""
    team = Team.objects.create(slug="prøve", name="Prøveteamet")
    Initiative.objects.filter(code__in=["i-1.4-1", "i-4.5-7"]).update(team=team)
    User.objects.filter(email__endswith="demo.viborg.example").update(team=None)
    return team


@pytest.fixture
def alice(team) -> User:
    return person("alice", Role.STATUS_WRITER, team=team)


def report(by: User, period: int):
    initiative = Initiative.objects.get(code="i-4.5-7")
    return write_status(
        initiative=initiative, period=period, status="on_track", text="Går godt.", author_role="Team", by=by
    )


def test_what_is_due_is_told_in_one_mail_and_only_once(alice, inbox, settings):
    settings.PORTAL_URL = "https://plan.viborg.example"
    assert (send_reminders(TODAY), send_reminders(TODAY), len(inbox.letters)) == (2, 0, 1)
    text = inbox.texts["alice@example.org"]
    assert inbox.letters[0]["Subject"] == "2 ting venter på dig"
    assert "Mangler status:\n- Praktikpladsgaranti, november 2026" in text
    assert "https://plan.viborg.example/mine/task-force-viborg/2026-11/" in text
    assert "https://plan.viborg.example/konto/paamindelser/" in text


def test_what_is_still_missing_after_the_deadline_is_told_once_more(alice, inbox):
    send_reminders(TODAY)
    assert (send_reminders(AFTER_THE_DEADLINE), send_reminders(AFTER_THE_DEADLINE)) == (2, 0)
    assert "Fristen er overskredet:" in inbox.letters[-1].get_content()


def test_what_has_been_handed_in_is_not_asked_for(alice, inbox):
    report(alice, cadence().due_period(timezone.localdate()))
    send_reminders(timezone.localdate())
    assert "Task Force Viborg" not in inbox.texts["alice@example.org"]


def test_each_return_is_told_with_its_note(alice, inbox):
    carla, period = person("carla", Role.APPROVER), cadence().due_period(timezone.localdate())
    send_reminders(timezone.localdate())
    for note in ("Skriv hvor mange.", "Og hvor."):
        send_back(report(alice, period), note=note, by=carla)
        assert (send_reminders(timezone.localdate()), send_reminders(timezone.localdate())) == (1, 0)
        assert note in inbox.letters[-1].get_content()


def test_new_figures_of_ones_own_measure_are_told_once_and_old_ones_never(alice, inbox, team):
    Measure.objects.filter(code="m02").update(team=team)
    Initiative.objects.filter(team=team).update(team=None)
    assert send_reminders(timezone.localdate()) == 0
    key = SeriesKey("midlertidig-forsoergelse-pct-befolkning", "791")
    write.save(
        frame_of([Cell(key, periods.of(2020, 12), Decimal("8.0"))]),
        source="demo",
        known_from=timezone.now(),
        synthetic=True,
    )
    assert (send_reminders(timezone.localdate()), send_reminders(timezone.localdate())) == (1, 0)
    assert "Nye tal:\n- Mål 2: " in inbox.texts["alice@example.org"]


def test_who_asked_for_none_gets_none_and_may_change_it_back(alice, inbox):
    client = logged_in(alice)
    client.post("/konto/paamindelser/")
    assert "checked" not in client.get("/konto/paamindelser/").content.decode()
    assert send_reminders(TODAY) == 0
    client.post("/konto/paamindelser/", {"wanted": "1"})
    assert send_reminders(TODAY) == 2
    changes = AuditEvent.objects.filter(verb="chose reminders").values_list("changes", flat=True)
    assert list(changes) == [{"wanted": [False, True]}, {"wanted": [True, False]}]


def test_the_choice_is_ones_own_and_only_for_writers(alice):
    assert Client().get("/konto/paamindelser/").headers["Location"].startswith("/log-ind/")
    assert logged_in(person("eve", Role.READER)).get("/konto/paamindelser/").status_code == 404


def test_only_active_writers_in_a_team_are_told(alice, inbox, team):
    person("reader", Role.READER, team=team)
    person("alone", Role.STATUS_WRITER)
    gone = person("gone", Role.STATUS_WRITER, team=team)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    send_reminders(TODAY)
    assert set(inbox.texts) == {"alice@example.org"}


def test_a_mail_that_cannot_be_sent_is_not_marked_as_sent_and_comes_next_time(alice, inbox):
    inbox.closed = True
    assert (send_reminders(TODAY), Reminder.objects.count()) == (0, 0)
    inbox.closed = False
    assert (send_reminders(TODAY), len(inbox.letters)) == (2, 1)


def test_one_whose_mail_fails_does_not_keep_the_others_from_theirs(alice, inbox, team):
    inbox.unknown = person("aaron", Role.STATUS_WRITER, team=team).email  # the first in line
    assert send_reminders(TODAY) == 2
    assert set(inbox.texts) == {"alice@example.org"}


def test_the_task_run_twice_finds_the_database_as_the_first_left_it(alice, inbox):
    task()
    rows = list(Reminder.objects.order_by("pk").values())
    task()
    assert list(Reminder.objects.order_by("pk").values()) == rows


def test_without_a_mail_server_nobody_is_marked_as_told(alice, settings):
    settings.EMAIL_URL = ""
    task()
    assert not Reminder.objects.exists()


def test_the_choice_made_twice_is_one(alice):
    for _ in range(2):
        choose_reminders(wanted=False, by=alice)
    assert AuditEvent.objects.filter(verb="chose reminders").count() == 1
