"""What a program sends is read strictly, and what is wrong with it is pointed at, in Danish."""

import json

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from indicators.models import Batch
from initiatives.models import StatusUpdate
from tests.api.conftest import make_indicator
from tests.api.test_tokens import NUMBERS, STATUS, bearer, token_of, user_who_is

pytestmark = pytest.mark.django_db
NUMBER = NUMBERS["observations"][0]


@pytest.fixture
def officer(db) -> User:
    return user_who_is(Role.DATA_OFFICER)


@pytest.fixture
def send(client, areas, officer):
    """Posts figures and gives the refusal; nothing may have been written."""
    make_indicator("ledige", unit="count")
    headers = bearer(token_of(officer, "write:observations"), **{"Idempotency-Key": "n1"})

    def post(body) -> dict:
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        answer = client.post("/api/v1/observations/", text, content_type="application/json", headers=headers)
        assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
        assert not Batch.objects.exists()
        return answer.json()

    return post


@pytest.mark.parametrize(
    ("change", "pointer", "detail"),
    [
        ({"colour": "red"}, "/observations/1/colour", "feltet findes ikke."),
        ({"value": "x"}, "/observations/1/value", "skriv et tal."),
        ({"provisional": "måske"}, "/observations/1/provisional", "skriv true eller false."),
        ({"indicator": []}, "/observations/1/indicator", "skriv en tekst."),
        ({"breakdown": "alder"}, "/observations/1/breakdown", "skriv et objekt."),
        ({"period": None}, "/observations/1/period", "feltet må ikke være null."),
        ({"area": ""}, "/observations/1/area", "feltet må ikke være tomt."),
    ],
)
def test_what_is_wrong_with_a_field_is_pointed_at(send, change, pointer, detail):
    (error,) = send({"observations": [NUMBER, NUMBER | {"period": "2020-05"} | change]})["errors"]
    assert (error["pointer"], error["detail"]) == (pointer, detail)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"indicator": "nope"}, "/observations/1/indicator"),
        ({"area": "999"}, "/observations/1/area"),
        ({"period": "juli"}, "/observations/1/period"),
        ({"value": -5}, "/observations/1/value"),
        ({"value": 3.5}, "/observations/1/value"),
        ({"period": "2198-01"}, "/observations/1/period"),
        ({"period": "1900-01"}, "/observations/1/period"),
        ({"breakdown": {"forløb": "a"}}, "/observations/1/breakdown/forløb"),
    ],
)
def test_what_the_portal_does_not_know_is_pointed_at_too(send, change, pointer):
    (error,) = send({"observations": [NUMBER, NUMBER | {"period": "2020-05"} | change]})["errors"]
    assert error["pointer"] == pointer
    assert "linje" not in error["detail"] and "kolonne" not in error["detail"] and "#" not in error["detail"]


def test_an_unknown_field_names_those_there_are(send):
    problem = send({"observations": [NUMBER], "dry_run": True})
    assert problem["errors"] == [{"pointer": "/dry_run", "detail": "feltet findes ikke.", "allowed": ["observations"]}]
    assert (problem["parameter"], problem["allowed"]) == ("dry_run", ["observations"])


def test_a_word_that_is_not_allowed_names_those_that_are(send):
    (error,) = send({"observations": [NUMBER | {"value": None, "missing": "lost"}]})["errors"]
    assert error["pointer"] == "/observations/0/missing" and "not_published" in error["allowed"]


def test_what_is_missing_is_pointed_at(send):
    (error,) = send({})["errors"]
    assert error == {"pointer": "/observations", "detail": "feltet mangler."}
    (error,) = send({"observations": []})["errors"]
    assert error == {"pointer": "/observations", "detail": "listen må ikke være tom."}
    (error,) = send({"observations": [NUMBER] * 10_001})["errors"]
    assert error == {"pointer": "/observations", "detail": "der kan højst sendes 10000 ad gangen."}


@pytest.mark.parametrize(
    "body",
    [
        '{"observations":' + "[" * 990 + "]" * 990 + "}",
        '{"observations":' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"a":' * 990 + "1" + "}" * 990,
        '{"observations":' + "[" * 30 + "]" * 30 + "}",
        '{"observations": [}',
        '{"observations": NaN}',
        '{"observations": ' + "9" * 5000 + "}",
        b'{"observations": "\xe6"}',
        "null",
        "[]",
        '"tekst"',
        '{"observations": [{"indicator": "\\ud800"}]}',
        '{"observations": [{"indicator": "a\\u0000"}]}',
        '{"observations": [{"\\u0000": 1}]}',
    ],
)
def test_a_body_that_cannot_be_read_is_refused(send, body):
    detail = send(body)["detail"]
    assert detail and "JSON parse error" not in detail and "sys." not in detail


@pytest.fixture
def headers(initiative):
    return bearer(token_of(user_who_is(Role.STATUS_WRITER), "write:status"), **{"Idempotency-Key": "a1"})


def test_a_typing_error_does_not_switch_off_the_check_for_newer_versions(client, headers):
    answer = client.post("/api/v1/status-updates/", STATUS | {"sen": 0}, "application/json", headers=headers)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["pointer"]) == (400, "/sen") and "seen" in error["allowed"]
    assert StatusUpdate.objects.count() == 1


@pytest.mark.parametrize("sign", ["\u000b", "\u0000", "\u001b", "\u0007", "\ufffe", "\uffff", "\u000c"])
def test_a_text_that_other_programs_cannot_hold_is_refused(client, headers, sign):
    body = STATUS | {"text": f"To unge er begyndt.{sign}Fire venter."}
    answer = client.post("/api/v1/status-updates/", body, "application/json", headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/text")
    assert StatusUpdate.objects.count() == 1


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("path", ["/api/v1/status-updates", "/api/v1/observations", "/api/v2/goals", "/api"])
def test_without_the_last_slash_a_writer_is_told_so_in_the_same_form(headers, method, path):
    answer = getattr(Client(enforce_csrf_checks=True), method)(path, "{}", "application/json", headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert f"{path}/" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/api/", "/api/v2/", "/api/v2/goals/", "/api/v1/nope/"])
def test_beside_the_api_there_is_no_html(client, path):
    for answer in (client.get(path), client.post(path, "{}", "application/json")):
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
