"""Tokens: shown once, as strong as their user at the moment, revocable; and writing with them once."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from redis import Redis

from accounts.models import ApiToken, AuditEvent, Team, User
from accounts.roles import Role
from accounts.tokens import TokenRefused, create_token, revoke_token
from goals.texts.versions import approve
from indicators.models import Batch
from initiatives.models import Initiative, StatusUpdate
from tests.api.conftest import at, cell, deliver, make_indicator

pytestmark = pytest.mark.django_db
STATUS = {
    "initiative": "task-force-viborg", "period": "2020-11", "status": "on_track",
    "text": "Det går.", "author_role": "Jobcentret",
}  # fmt: skip


def user_who_is(*roles: Role) -> User:
    user = User.objects.create_user(f"{roles[0]}@demo.viborg.example", name="Demo")
    for role in roles:
        user.assignments.create(role=role)
    return user


def token_of(user: User, *scopes: str) -> str:
    return create_token(name="Prøve", scopes=scopes, days=30, by=user)[1]


def bearer(text: str, **more: str) -> dict:
    return {"Authorization": f"Bearer {text}", **more}


@pytest.fixture
def officer(db) -> User:
    return user_who_is(Role.DATA_OFFICER)


@pytest.fixture
def writer(db) -> User:
    return user_who_is(Role.STATUS_WRITER)


@pytest.fixture
def secret_figures(areas):
    make_indicator("hemmelig", visibility="internal")
    deliver(cell("2020-07", "8.1", code="hemmelig"), known=at(2020, 9, 1))


def test_internal_figures_are_for_those_who_may_see_them(client, secret_figures, officer):
    asked = {"path": "/api/v1/observations/", "data": {"indicator": "hemmelig"}}
    answer = client.get(**asked, headers=bearer(token_of(officer, "read:internal")))
    assert [row["value"] for row in answer.json()["results"]] == [8.1]
    assert answer.headers["Cache-Control"] == "private, no-store" and "ETag" not in answer.headers
    assert client.get(**asked).status_code == 400
    assert client.get(**asked, headers=bearer(token_of(officer, "write:observations"))).status_code == 400


@pytest.mark.parametrize("query", [{}, {"indicator": "hemmelig"}, {"known_since": "2020-01-01"}, {"format": "csv"}])
def test_who_reads_internal_figures_is_recorded_with_the_purpose(client, secret_figures, officer, query):
    make_indicator("aaben")
    deliver(cell("2020-07", "8.1", code="aaben"), known=at(2020, 9, 2))
    client.get("/api/v1/observations/", query, headers=bearer(token_of(officer, "read:internal")))
    event = AuditEvent.objects.get(verb="read")
    assert (event.actor, event.kind, event.key, event.reason) == (officer.email, "indicator", "hemmelig", "Prøve")
    assert event.changes["asked"][1].startswith("/api/v1/observations/")


def test_reading_what_all_may_see_is_not_recorded(client, secret_figures, officer):
    make_indicator("aaben")
    deliver(cell("2020-07", "8.1", code="aaben"), known=at(2020, 9, 2))
    client.get("/api/v1/observations/", {"indicator": "hemmelig"})
    client.get("/api/v1/observations/", headers=bearer(token_of(officer, "write:observations")))
    client.get("/api/v1/observations/", {"indicator": "aaben"}, headers=bearer(token_of(officer, "read:internal")))
    assert not AuditEvent.objects.filter(verb="read").exists()


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_long_answer_asks_the_cache_no_more_often_than_a_short_one(client, secret_figures, officer, form):
    headers = bearer(token_of(officer, "read:internal"))

    def looked_up() -> int:
        before = cache_lookups()
        client.get("/api/v1/observations/", {"known_since": "2020-01-01", "format": form}, headers=headers)
        return cache_lookups() - before

    looked_up()  # what is kept in the process from here on
    short = looked_up()
    deliver(*(cell(f"20{year}-01", "8.1", code="hemmelig") for year in range(10, 20)), known=at(2020, 9, 2))
    looked_up()
    assert looked_up() == short


def cache_lookups() -> int:
    statistics = Redis.from_url(settings.REDIS_URL).info("commandstats")
    return statistics.get("cmdstat_get", {"calls": 0})["calls"]


def test_a_token_is_no_stronger_than_its_user_at_the_moment(client, secret_figures, officer):
    text = token_of(officer, "read:internal")
    officer.assignments.all().delete()
    assert client.get("/api/v1/indicators/hemmelig/", headers=bearer(text)).status_code == 404


def test_nobody_can_make_a_token_stronger_than_himself(writer):
    with pytest.raises(TokenRefused):
        create_token(name="Prøve", scopes=["write:observations"], days=30, by=writer)


@pytest.mark.parametrize("spoil", ["revoked", "expired", "deactivated", "altered", "foreign"])
def test_a_token_that_no_longer_holds_is_refused(client, officer, areas, spoil):
    text = token_of(officer, "read:internal")
    token = ApiToken.objects.get()
    if spoil == "revoked":
        revoke_token(token=token, by=officer)
    if spoil == "expired":
        ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    if spoil == "deactivated":
        User.objects.update(is_active=False)
    text = {"altered": text[:-1] + ("a" if text[-1] != "a" else "b"), "foreign": "Basic"}.get(spoil, text)
    answer = client.get("/api/v1/areas/", headers=bearer(text))
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_token_itself_is_not_kept(officer):
    text = token_of(officer, "read:internal")
    token = ApiToken.objects.get()
    assert text.split("_", 2)[2] not in json.dumps([token.prefix, token.sha256, token.name])
    assert AuditEvent.objects.get(kind="api_token").key == token.prefix


def post(client, address: str, body: dict, **headers):
    return client.post(f"/api/v1/{address}/", body, content_type="application/json", headers=headers)


def test_a_status_is_written_once_per_key_and_seen_at_once_where_nobody_approves(client, initiative, writer, settings):
    settings.STATUS_APPROVAL = False
    client.get("/api/v1/status-updates/")
    headers = bearer(token_of(writer, "write:status"), **{"Idempotency-Key": "a1"})
    first, again = post(client, "status-updates", STATUS, **headers), post(client, "status-updates", STATUS, **headers)
    assert (first.status_code, again.status_code, first.json()) == (201, 200, again.json())
    newest = client.get("/api/v1/status-updates/").json()["results"][0]
    assert newest == first.json() and newest["text"] == "Det går."
    assert StatusUpdate.objects.count() == 2
    event = AuditEvent.objects.get(kind="initiative")
    assert (event.actor, event.changes) == (
        writer.email,
        {"status": ["on_track", "on_track"], "text": ["Går godt.", "Det går."]},
    )


def test_a_status_is_public_when_an_approver_has_said_yes(client, initiative, writer):
    headers = bearer(token_of(writer, "write:status"), **{"Idempotency-Key": "a1"})
    assert post(client, "status-updates", STATUS, **headers).json()["state"] == "submitted"
    assert [row["text"] for row in client.get("/api/v1/status-updates/").json()["results"]] == ["Går godt."]
    assert client.get("/api/v1/initiatives/task-force-viborg/").json()["status"]["text"] == "Går godt."
    approve(StatusUpdate.objects.get(text="Det går."), by=user_who_is(Role.APPROVER))
    assert client.get("/api/v1/status-updates/").json()["results"][0]["text"] == "Det går."


def test_who_says_what_was_seen_is_told_when_there_is_a_newer_one(client, initiative, writer):
    def send(key: str, seen: int) -> int:
        headers = bearer(token_of(writer, "write:status"), **{"Idempotency-Key": key})
        return post(client, "status-updates", STATUS | {"seen": seen}, **headers).status_code

    assert [send("a", 0), send("b", 0), send("c", 1)] == [201, 409, 201]


def test_an_initiative_of_another_team_is_answered_like_one_that_is_not_there(client, initiative, writer):
    headers = bearer(token_of(writer, "write:status"), **{"Idempotency-Key": "a1"})
    Initiative.objects.update(team=Team.objects.create(slug="andre", name="Andre"))
    foreign = post(client, "status-updates", STATUS, **headers)
    unknown = post(client, "status-updates", STATUS | {"initiative": "nope"}, **headers)
    assert (foreign.status_code, foreign.json()) == (unknown.status_code, unknown.json()) == (400, foreign.json())
    assert StatusUpdate.objects.count() == 1


def test_a_key_used_for_something_else_is_refused(client, initiative, writer):
    headers = bearer(token_of(writer, "write:status"), **{"Idempotency-Key": "a1"})
    post(client, "status-updates", STATUS, **headers)
    assert post(client, "status-updates", STATUS | {"text": "Andet."}, **headers).status_code == 422
    assert StatusUpdate.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("initiative", "nope"),
        ("period", "2020"),
        ("period", "2199-01"),
        ("status", "fine"),
        ("text", "x" * 301),
        ("text", "Ring til 010203-1234"),
        ("author_role", ""),
    ],
)
def test_a_wrong_status_is_refused_and_its_key_can_be_used_again(client, initiative, writer, field, value):
    headers = bearer(token_of(writer, "write:status"), **{"Idempotency-Key": "a1"})
    answer = post(client, "status-updates", STATUS | {field: value}, **headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert field in answer.json()["detail"] and "010203" not in answer.content.decode()
    assert post(client, "status-updates", STATUS, **headers).status_code == 201


def test_a_delay_needs_its_reason(client, initiative, writer):
    headers = bearer(token_of(writer, "write:status"), **{"Idempotency-Key": "a1"})
    assert post(client, "status-updates", STATUS | {"status": "delayed", "text": " "}, **headers).status_code == 400


@pytest.mark.parametrize("resource", ["status-updates", "observations"])
def test_writing_takes_a_token_with_the_right_to_and_a_key(client, initiative, writer, officer, resource):
    wrong = {"status-updates": token_of(officer, "read:internal"), "observations": token_of(writer, "write:status")}
    right = {
        "status-updates": token_of(writer, "write:status"),
        "observations": token_of(officer, "write:observations"),
    }
    assert post(client, resource, STATUS, **{"Idempotency-Key": "a"}).status_code == 401
    assert post(client, resource, STATUS, **bearer(wrong[resource], **{"Idempotency-Key": "a"})).status_code == 403
    assert "Idempotency-Key" in post(client, resource, STATUS, **bearer(right[resource])).json()["detail"]


NUMBERS = {
    "observations": [
        {"indicator": "ledige", "area": "791", "period": "2020-07", "value": 1412, "provisional": True},
        {"indicator": "ledige", "area": "791", "period": "2020-06", "value": None, "missing": "not_published"},
        {"indicator": "ledige", "area": "791", "period": "2020-07", "value": 3.5, "breakdown": {"alder": "18-29"}},
    ]
}


@pytest.fixture
def unemployed(areas):
    return make_indicator("ledige", unit="count", decimals=1)


def test_numbers_are_taken_in_like_a_file(client, unemployed, officer):
    headers = bearer(token_of(officer, "write:observations"), **{"Idempotency-Key": "n1"})
    answer = post(client, "observations", NUMBERS, **headers)
    batch = Batch.objects.get()
    assert (answer.status_code, answer.json()) == (
        201, {"batch": f"b{batch.pk}", "new": 3, "changed": 0, "unchanged": 0},
    )  # fmt: skip
    assert (batch.source, batch.actor) == ("api", officer.email)
    rows = client.get("/api/v1/observations/").json()["results"]
    assert {(row["period"], row["value"], row["missing"], row["provisional"]) for row in rows} == {
        ("2020-07", 1412, None, True), ("2020-06", None, "not_published", False), ("2020-07", 3.5, None, False),
    }  # fmt: skip
    assert post(client, "observations", NUMBERS, **headers).status_code == 200
    assert Batch.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("indicator", "nope"),
        ("area", "999"),
        ("period", "juli"),
        ("value", "x"),
        ("value", 1e20),
        ("value", -5),
        ("breakdown", {"forløb": "a"}),
    ],
)
def test_one_wrong_number_refuses_them_all(client, unemployed, officer, field, value):
    wrong = {"observations": [NUMBERS["observations"][1], NUMBERS["observations"][0] | {field: value}]}
    headers = bearer(token_of(officer, "write:observations"), **{"Idempotency-Key": "n1"})
    answer = post(client, "observations", wrong, **headers)
    assert (answer.status_code, Batch.objects.count()) == (400, 0)


def test_a_body_without_end_is_refused(client, unemployed, officer, monkeypatch):
    monkeypatch.setattr("accounts.token_authentication.LARGEST_BODY", 100)
    headers = bearer(token_of(officer, "write:observations"), **{"Idempotency-Key": "n1"})
    assert post(client, "observations", NUMBERS, **headers).status_code == 413


def test_a_person_makes_a_token_sees_it_once_and_revokes_it(client, writer, areas):
    client.force_login(writer)
    page = client.post("/konto/api-noegler/", {"name": "Regneark", "days": 30, "scopes": ["write:status"]})
    (text,) = re.findall(r"viborg_\w{8}_[-\w]{43}", page.content.decode())
    assert client.get("/api/v1/areas/", headers=bearer(text)).status_code == 200
    prefix = ApiToken.objects.get().prefix
    again = client.get("/konto/api-noegler/").content.decode()
    assert prefix in again and text not in again
    client.post(f"/konto/api-noegler/{prefix}/spaer/")
    assert client.get("/api/v1/areas/", headers=bearer(text)).status_code == 401


def test_the_page_offers_only_what_the_person_may(client, writer):
    client.force_login(writer)
    page = client.get("/konto/api-noegler/").content.decode()
    assert "write:status" in page and "write:observations" not in page
    refused = client.post("/konto/api-noegler/", {"name": "X", "days": 30, "scopes": ["write:observations"]})
    assert refused.status_code == 200 and not ApiToken.objects.exists()


def test_a_token_of_somebody_else_is_not_there(client, writer, officer):
    token_of(officer, "read:internal")
    client.force_login(writer)
    assert client.post(f"/konto/api-noegler/{ApiToken.objects.get().prefix}/spaer/").status_code == 404


def test_tokens_are_only_for_those_who_are_logged_in(client):
    assert client.get("/konto/api-noegler/").headers["Location"].startswith("/log-ind/")
