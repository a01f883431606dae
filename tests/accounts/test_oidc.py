"""Logging in by way of a real OpenID provider that runs as a process of its own."""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit, urlunsplit

import pytest
import requests
from django.test import Client

from accounts.models import AuditEvent, Team, User
from accounts.roles import Role
from scripts.environment import npm
from tests.plugins.services import as_user, free_port

ROOT = Path(__file__).resolve().parents[2]
PORTAL = "http://testserver"
ALICE = {"email": "alice@example.org", "email_verified": True, "name": "Alice", "groups": ["bplan-laes", "andet"]}
SETTINGS = {
    "OIDC_CLIENT_ID": "portal",
    "OIDC_CLIENT_SECRET": "a-secret-of-the-test-suite-alone",
    "OIDC_ROLES": {"bplan-laes": "reader", "bplan-godkend": "approver"},
    "OIDC_TEAMS": {"team-unge": "unge"},
}

pytestmark = pytest.mark.django_db


class Provider:
    """A running provider, and a person in front of it."""

    def __init__(self, folder: Path, clock: int = 0) -> None:
        self.accounts, port = folder / "accounts.json", free_port()
        self.issuer = f"http://127.0.0.1:{port}"
        self.say(alice=ALICE)
        facts = {"PORT": str(port), "ACCOUNTS": str(self.accounts), "PORTAL": PORTAL, "CLOCK": str(clock)}
        node = shutil.which("node") or npm()[0]
        with (folder / "printed.txt").open("wb") as printed:
            self.process = subprocess.Popen(
                [*as_user(None), node, str(ROOT / "tests" / "plugins" / "oidc_provider.mjs")],
                env=os.environ | facts, stdout=printed, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def say(self, **people: dict) -> None:
        self.accounts.write_text(json.dumps(people), encoding="utf-8")

    def wait(self) -> None:
        for _ in range(300):
            try:
                requests.get(f"{self.issuer}/.well-known/openid-configuration", timeout=5)
                return
            except requests.ConnectionError:
                time.sleep(0.05)
        raise AssertionError("the provider did not start")

    def log_in(self, address: str, name: str = "alice") -> str:
        """Fill in the provider's own forms, one after the other, until it leads back to the portal; gives where to."""
        person = requests.Session()
        answer = person.get(address, allow_redirects=False, timeout=5)
        for _ in range(12):
            if answer.is_redirect:
                address = urljoin(answer.url, answer.headers["Location"])
                if address.startswith(PORTAL):
                    return address
                answer = person.get(address, allow_redirects=False, timeout=5)
                continue
            form = re.search(r'<form[^>]* action="([^"]+)"', answer.text)
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            assert form and prompt, answer.text[:500]
            filled = {"prompt": prompt[1], "login": name, "password": "unused"}
            answer = person.post(urljoin(answer.url, form[1]), filled, allow_redirects=False, timeout=5)
        raise AssertionError("the provider never led back")


@contextmanager
def running(folder: Path, **facts) -> Iterator[Provider]:
    found = Provider(folder, **facts)
    try:
        found.wait()
        yield found
    finally:
        found.process.terminate()
        found.process.wait(10)


@pytest.fixture(scope="module")
def process(tmp_path_factory) -> Iterator[Provider]:
    with running(tmp_path_factory.mktemp("provider")) as found:
        yield found


@pytest.fixture
def provider(process, settings) -> Provider:
    process.say(alice=ALICE)
    use(process, settings)
    return process


def use(provider: Provider, settings) -> None:
    settings.OIDC_ISSUER = provider.issuer
    for name, value in SETTINGS.items():
        setattr(settings, name, value)


def asked(client: Client, **query) -> str:
    return client.get("/log-ind/faelles/", query).headers["Location"]


def changed(address: str, **parameters: str) -> str:
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | parameters
    return urlunsplit(parts._replace(query=urlencode(query)))


def log_in(client: Client, provider: Provider, **query):
    return client.get(provider.log_in(asked(client, **query)))


def assert_refused(client: Client, answer, reason: str, status: int = 403) -> None:
    text = answer.content.decode()
    assert answer.status_code == status and reason in text and "Du er ikke logget ind" in text
    assert client.get("/konto/").status_code == 302


def test_somebody_new_gets_in_with_the_role_of_the_group(client, provider):
    assert "Log ind med kommunens login" in client.get("/log-ind/").content.decode()
    answer = log_in(client, provider, next="/redaktion/")
    assert answer.headers["Location"] == "/redaktion/"
    alice = User.objects.get(email="alice@example.org")
    assert (alice.name, alice.roles, alice.has_usable_password()) == ("Alice", [Role.READER], False)
    assert client.get("/redaktion/").status_code == 200
    event = AuditEvent.objects.get(kind="user")
    assert (event.actor, event.verb, event.changes["roles"]) == ("oidc", "created", [[], ["reader"]])


def test_pkce_state_and_nonce_are_asked_with(client, provider):
    query = parse_qs(urlsplit(asked(client)).query)
    assert query["code_challenge_method"] == ["S256"] and {"state", "nonce", "code_challenge"} <= query.keys()


def test_changed_groups_are_changed_roles_and_teams_at_the_next_login(client, provider):
    Team.objects.create(slug="unge", name="Unge")
    log_in(client, provider)
    provider.say(alice=ALICE | {"groups": ["bplan-godkend", "team-unge"]})
    log_in(Client(), provider)
    alice = User.objects.get()
    assert (alice.roles, alice.team.slug) == ([Role.APPROVER], "unge")
    assert AuditEvent.objects.first().changes["roles"] == [["reader"], ["approver"]]


def test_who_has_left_all_groups_is_refused_and_keeps_no_role(client, provider):
    log_in(client, provider)
    provider.say(alice=ALICE | {"groups": ["andet"]})
    again = Client()
    assert_refused(again, log_in(again, provider), "Ingen af dine grupper giver adgang")
    assert User.objects.get().roles == []
    assert client.get("/redaktion/").status_code == 404


def test_a_user_of_before_is_recognised_by_e_mail_and_from_then_on_by_the_providers_name(client, provider):
    User.objects.create_user("Alice@example.org", name="A.")
    log_in(client, provider)
    provider.say(alice=ALICE | {"email": "alice.new@example.org"})
    log_in(Client(), provider)
    assert User.objects.get().email == "alice.new@example.org"


def test_who_is_shut_out_here_is_shut_out(client, provider):
    User.objects.create_user("alice@example.org", name="Alice", is_active=False)
    assert_refused(client, log_in(client, provider), "Din adgang er lukket")


def test_an_e_mail_that_is_not_confirmed_is_nobodys(client, provider):
    provider.say(alice=ALICE | {"email_verified": False})
    assert_refused(client, log_in(client, provider), "ingen bekræftet e-mail")
    assert not User.objects.exists()


def test_a_wrong_state_is_refused(client, provider):
    back = provider.log_in(asked(client))
    assert_refused(client, client.get(changed(back, state="made-up")), "kunne ikke bruges")


def test_an_answer_meant_for_another_browser_is_refused(client, provider):
    back = provider.log_in(asked(Client()))
    assert_refused(client, client.get(back), "kunne ikke bruges")


def test_an_answer_serves_once(client, provider):
    back = provider.log_in(asked(client))
    assert client.get(back).status_code == 302
    client.logout()
    assert_refused(client, client.get(back), "kunne ikke bruges")


def test_a_wrong_nonce_is_refused(client, provider):
    back = provider.log_in(changed(asked(client), nonce="made-up"))
    assert_refused(client, client.get(back), "kunne ikke bruges")


def test_a_code_of_another_challenge_is_refused(client, provider):
    back = provider.log_in(changed(asked(client), code_challenge="A" * 43))
    assert_refused(client, client.get(back), "kunne ikke bruges")


def test_another_issuer_than_the_expected_is_refused(client, provider, settings):
    """The same provider under another name: its answers say who it is."""
    settings.OIDC_ISSUER = provider.issuer.replace("127.0.0.1", "localhost")
    assert_refused(client, log_in(client, provider), "kunne ikke bruges")


def test_a_token_that_has_run_out_is_refused(client, settings, tmp_path):
    """From a provider whose clock is half an hour behind; its tokens hold for a minute."""
    with running(tmp_path, clock=-1800) as late:
        use(late, settings)
        assert_refused(client, log_in(client, late), "for gammelt")


def test_somebody_who_breaks_off_is_told_so(client, provider):
    state = parse_qs(urlsplit(asked(client)).query)["state"][0]
    answer = client.get("/log-ind/faelles/svar/", {"error": "access_denied", "state": state})
    assert_refused(client, answer, "kunne ikke bruges")


def test_a_provider_that_does_not_answer_is_told_of(client, settings, provider):
    settings.OIDC_ISSUER = f"http://127.0.0.1:{free_port()}"
    assert_refused(client, client.get("/log-ind/faelles/"), "svarer ikke", status=503)


def test_nobody_is_sent_on_to_another_site(client, provider):
    assert log_in(client, provider, next="https://evil.example/").headers["Location"] == "/konto/"


def test_logging_out_ends_it_here_and_offers_to_end_it_there(client, provider):
    log_in(client, provider)
    page = client.post("/log-ud/").content.decode()
    assert client.get("/konto/").status_code == 302
    link = re.search(r'href="(http://127[^"]+)"', page)[1].replace("&amp;", "&")
    there = requests.get(link, timeout=5)
    assert there.status_code == 200 and urlsplit(link).path == "/session/end"


def test_without_an_issuer_there_is_no_such_way_in(client, settings):
    settings.OIDC_ISSUER = ""
    assert [client.get(p).status_code for p in ("/log-ind/faelles/", "/log-ind/faelles/svar/")] == [404, 404]
    assert "kommunens login" not in client.get("/log-ind/").content.decode()
