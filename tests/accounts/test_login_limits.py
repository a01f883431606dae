"""Guessing passwords is slow for everybody, in the same words, also with many guesses at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test import Client

from accounts import login_limits
from accounts.hashers import Argon2
from accounts.models import LoginAttempt, User

PASSWORD = "et-langt-kodeord-til-test"
ALICE = "alice@example.org"
# Failed attempts let through: 5 of a name at a machine in 15 minutes; 20 of a name and 100 of a machine in an hour.
PAIR, NAME, ADDRESS = 5, 20, 100

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    return User.objects.create_user(ALICE, PASSWORD, name="Alice")


@pytest.fixture
def cheap(settings):
    """What is tried here is how often, not how long one guess takes."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def log_in(email: str = ALICE, password: str = PASSWORD, address: str = "192.0.2.1"):
    form = {"username": email, "password": password}
    return Client(REMOTE_ADDR=address).post("/log-ind/", form)


def guess(times: int, **where) -> list[int]:
    return [log_in(password="wrong", **where).status_code for _ in range(times)]


def let_time_pass(**time) -> None:
    for attempt in LoginAttempt.objects.all():
        attempt.at -= timedelta(**time)
        attempt.save()


def test_after_too_many_wrong_guesses_even_the_right_password_has_to_wait(cheap, alice):
    assert guess(PAIR) == [200] * PAIR
    refused = log_in()
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 800
    assert "Vent 15 minutter" in refused.content.decode()
    let_time_pass(minutes=16)
    assert log_in().status_code == 302


def test_waiting_is_not_prolonged_by_trying_again(cheap, alice):
    guess(PAIR)
    let_time_pass(minutes=14)
    assert guess(10) == [429] * 10
    let_time_pass(minutes=2)
    assert log_in().status_code == 302


def test_known_unknown_and_inactive_are_refused_alike(cheap, alice):
    User.objects.create_user("bob@example.org", PASSWORD, name="Bob", is_active=False)
    pages = {}
    for email, address in [(ALICE, "192.0.2.1"), ("bob@example.org", "192.0.2.2"), ("nobody@x.dk", "192.0.2.3")]:
        guess(PAIR, email=email, address=address)
        page = log_in(email, address=address)
        pages[page.status_code, page.content.decode().replace(email, "").partition("<form")[0]] = email
    assert len(pages) == 1 and next(iter(pages))[0] == 429


@pytest.mark.parametrize("email", [ALICE, "bob@example.org", "nobody@example.org"])
def test_every_guess_costs_one_hashing_of_a_password(monkeypatch, alice, email):
    """Known, inactive and unknown: nobody can tell by the clock."""
    User.objects.create_user("bob@example.org", PASSWORD, name="Bob", is_active=False)
    hashed = []
    for name in ("encode", "verify"):
        original = getattr(Argon2, name)
        monkeypatch.setattr(Argon2, name, lambda *a, _do=original, **k: hashed.append(1) or _do(*a, **k))
    assert authenticate(None, username=email, password="wrong") is None
    assert len(hashed) == 1


def test_a_name_is_guarded_against_many_machines(cheap, alice):
    for number in range(NAME // 4):
        assert guess(4, address=f"192.0.2.{number}") == [200] * 4
    assert log_in(address="198.51.100.1").status_code == 429
    let_time_pass(minutes=20)  # longer than the pair's limit reaches
    assert log_in(address="198.51.100.1").status_code == 429
    let_time_pass(minutes=39)
    assert log_in(address="198.51.100.1").status_code == 429
    let_time_pass(minutes=2)
    assert log_in(address="198.51.100.1").status_code == 302


def test_a_machine_cannot_try_many_names(cheap, alice):
    waits = [login_limits.begin(f"name-{number}", "192.0.2.1").wait for number in range(ADDRESS)]
    assert waits == [None] * ADDRESS
    assert log_in().status_code == 429
    assert log_in(address="192.0.2.2").status_code == 302
    let_time_pass(minutes=59)
    assert log_in().status_code == 429
    let_time_pass(minutes=2)
    assert log_in().status_code == 302


def test_logging_in_elsewhere_does_not_wipe_out_what_a_guesser_has_used_up(cheap, alice):
    guess(PAIR, address="192.0.2.1")
    assert log_in(address="192.0.2.2").status_code == 302
    assert log_in(address="192.0.2.1").status_code == 429


def test_who_knows_the_password_starts_afresh(cheap, alice):
    for _ in range(3):
        assert guess(PAIR - 1) == [200] * (PAIR - 1)
        assert log_in().status_code == 302


def test_the_admins_own_page_has_the_same_limit(cheap, alice):
    guess(PAIR)
    form = {"username": ALICE, "password": PASSWORD}
    client = Client(REMOTE_ADDR="192.0.2.1")
    assert client.post("/admin/login/", form).status_code == 200
    assert "session" not in client.cookies


def test_nothing_that_was_typed_is_kept(cheap, alice):
    log_in(email="mit-kodeord-ved-en-fejl", password="wrong")
    kept = str(LoginAttempt.objects.values_list("user", "address").get())
    assert "kodeord" not in kept and "192.0.2" not in kept


@pytest.mark.django_db(transaction=True)
def test_twenty_guesses_at_once_are_no_more_than_five():
    def begin(_: int) -> bool:
        try:
            return login_limits.begin(ALICE, "192.0.2.1").wait is None
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(begin, range(20))) <= PAIR
