"""Logging in, one's own page, and logging out."""

import pytest
from django.db import IntegrityError

from accounts.models import User
from accounts.roles import Role

PASSWORD = "et-langt-kodeord-til-test"
REFUSED = "E-mail eller adgangskode passer ikke."

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    user = User.objects.create_user("alice@example.org", PASSWORD, name="Alice")
    user.assignments.create(role=Role.DATA_OFFICER)
    return user


def log_in(client, email: str, password: str = PASSWORD, **more):
    return client.post("/log-ind/", {"username": email, "password": password, **more})


@pytest.mark.parametrize("email", ["alice@example.org", "Alice@Example.ORG", " alice@example.org "])
def test_the_e_mail_may_be_typed_in_any_case(client, alice, email):
    answer = log_in(client, email)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/konto/")


def test_two_users_cannot_have_the_same_e_mail_in_different_case(alice):
    with pytest.raises(IntegrityError):
        User.objects.create_user("ALICE@example.org", name="Another")


def test_unknown_inactive_and_mistyped_are_refused_in_the_same_words(client, alice):
    User.objects.create_user("bob@example.org", PASSWORD, name="Bob", is_active=False)
    attempts = [("nobody@example.org", PASSWORD), ("bob@example.org", PASSWORD), ("alice@example.org", "wrong")]
    pages = [log_in(client, email, password) for email, password in attempts]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert all(REFUSED in page.content.decode() for page in pages)
    assert "session" not in client.cookies


def test_logging_in_leads_back_to_where_one_came_from_but_never_to_another_site(client, alice):
    assert log_in(client, alice.email, next="/planer/").headers["Location"] == "/planer/"
    assert log_in(client, alice.email, next="https://evil.example/").headers["Location"] == "/konto/"


def test_ones_own_page_says_who_one_is_and_what_one_may(client, alice):
    client.force_login(alice)
    page = client.get("/konto/")
    text = page.content.decode()
    assert all(words in text for words in ["Alice", "alice@example.org", "Dataansvarlig", "Indlæse tal"])
    assert "Godkende" not in text
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        (Role.DATA_OFFICER, {"/import/"}),
        (Role.SECRETARY, {"/planer/"}),
        (Role.ADMINISTRATOR, {"/import/", "/planer/", "/admin/"}),
        (Role.READER, set()),
    ],
)
def test_ones_own_page_leads_to_what_one_may_do(client, role, addresses):
    user = User.objects.create_user("rie@example.org", PASSWORD, name="Rie")
    user.assignments.create(role=role)
    client.force_login(user)
    ways = client.get("/konto/").content.decode().partition('data-testid="ways"')[2].partition("</ul>")[0]
    assert {way for way in ("/import/", "/planer/", "/admin/") if f'href="{way}"' in ways} == addresses


def test_a_stranger_is_asked_to_log_in_before_seeing_an_account(client):
    answer = client.get("/konto/")
    assert answer.headers["Location"] == "/log-ind/?next=/konto/"


def test_logging_out_takes_a_post_and_ends_the_session(client, alice):
    client.force_login(alice)
    assert client.get("/log-ud/").status_code == 405
    assert client.post("/log-ud/").headers["Location"] == "/"
    assert client.get("/konto/").status_code == 302


def test_a_password_is_kept_as_argon2_with_the_agreed_cost(alice):
    assert alice.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
