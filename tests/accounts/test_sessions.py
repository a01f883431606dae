"""A login ends by itself, and at once when the user is shut out."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.access import is_staff
from accounts.models import User
from accounts.roles import Role
from accounts.sessions import BEGAN, SEEN
from accounts.tasks import clear_sessions
from accounts.tokens import create_token, holder_of
from viborg_plan.beat_schedule import timetable

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    user = User.objects.create_user("alice@example.org", name="Alice")
    user.assignments.create(role=Role.READER)
    return user


@pytest.fixture
def logged_in(client, alice) -> Client:
    client.force_login(alice)
    session = client.session
    session[BEGAN] = session[SEEN] = time.time()
    session.save()
    assert client.get("/konto/").status_code == 200
    return client


def let_time_pass(client: Client, *, began: float = 0, seen: float = 0) -> None:
    session = client.session
    session[BEGAN] -= began
    session[SEEN] -= seen
    session.save()


def test_who_has_been_away_too_long_has_to_log_in_again(logged_in, settings):
    let_time_pass(logged_in, seen=60 * settings.SESSION_IDLE_MINUTES - 5)
    assert logged_in.get("/konto/").status_code == 200
    let_time_pass(logged_in, seen=60 * settings.SESSION_IDLE_MINUTES + 5)
    assert logged_in.get("/konto/").headers["Location"] == "/log-ind/?next=/konto/"
    assert logged_in.get("/konto/").status_code == 302


def test_a_sign_of_life_prolongs_but_never_beyond_the_whole(logged_in, settings):
    let_time_pass(logged_in, seen=600)
    logged_in.get("/konto/")
    assert time.time() - logged_in.session[SEEN] < 5
    let_time_pass(logged_in, began=settings.SESSION_COOKIE_AGE + 5)
    assert logged_in.get("/konto/").status_code == 302


def test_a_session_that_does_not_say_when_it_began_began_at_the_last_login(client, alice, settings):
    client.force_login(alice)
    assert client.get("/konto/").status_code == 200
    User.objects.update(last_login=timezone.now() - timedelta(minutes=settings.SESSION_IDLE_MINUTES + 1))
    assert client.get("/konto/").status_code == 302


def test_a_public_page_does_not_ask_who_reads_it(logged_in):
    let_time_pass(logged_in, seen=600)
    before = logged_in.session[SEEN]
    assert "Cookie" not in logged_in.get("/om-tallene/").headers.get("Vary", "")
    assert logged_in.session[SEEN] == before


def test_shutting_a_user_out_ends_the_sessions_and_tokens_at_once_and_for_good(logged_in, alice):
    _, text = create_token(name="program", scopes=[], days=9, by=alice)
    administrator = User.objects.create_user("admin@example.org", name="Admin")
    administrator.assignments.create(role=Role.ADMINISTRATOR)
    office = Client()
    office.force_login(administrator)
    address = f"/admin/accounts/user/{alice.pk}/change/"
    form = {"email": alice.email, "name": "Alice", "assignments-TOTAL_FORMS": 0, "assignments-INITIAL_FORMS": 0}
    office.post(address, form)
    assert logged_in.get("/konto/").status_code == 302
    assert holder_of(text) is None
    office.post(address, form | {"is_active": "on"})
    alice.refresh_from_db()
    assert alice.is_active
    assert logged_in.get("/konto/").status_code == 302
    assert holder_of(text) is None


def test_a_new_password_ends_the_sessions_elsewhere(logged_in, alice):
    alice.set_password("et-helt-andet-langt-kodeord")
    alice.save()
    assert logged_in.get("/konto/").status_code == 302


def test_another_role_holds_from_the_next_click(logged_in, alice):
    assert logged_in.get("/redaktion/").status_code == 200
    alice.assignments.all().delete()
    assert logged_in.get("/redaktion/").status_code == 404


@pytest.mark.parametrize("user", [AnonymousUser(), None])
def test_the_cookie_of_an_ended_session_makes_nobody_staff(user, settings):
    """None: the API's user, as long as there is no token."""
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME], request.user = "of-an-ended-session", user
    assert not is_staff(request)


def test_who_is_logged_in_is_staff_and_without_the_cookie_nobody_is_looked_up(alice, settings):
    request = RequestFactory().get("/")
    request.user = alice
    assert not is_staff(request)
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "of-an-open-session"
    assert is_staff(request)


def test_every_night_the_rows_of_ended_logins_go_and_those_of_open_ones_stay():
    ended, open_one = SessionStore(), SessionStore()
    for session, seconds in ((ended, -60), (open_one, 600)):
        session.set_expiry(timezone.now() + timedelta(seconds=seconds))
        session.save()
    for _night in range(2):
        clear_sessions()
        assert list(Session.objects.values_list("session_key", flat=True)) == [open_one.session_key]
    assert timetable()["clear sessions"]["task"] == clear_sessions.name
