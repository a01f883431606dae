"""What the API cannot answer is refused as problem+json, naming what it can."""

import pytest
from django.db import OperationalError

from indicators.api import observations

pytestmark = pytest.mark.django_db

RESOURCES = [
    "plans", "goals", "targets", "indicators", "areas", "observations", "series", "imports",
    "themes", "objectives", "initiatives", "partners", "status-updates", "hearings", "reports",
]  # fmt: skip


def refused(client, address: str, status: int = 400, **query) -> dict:
    answer = client.get(f"/api/v1/{address}", query)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    body = answer.json()
    assert body["status"] == status and body["title"] and body["detail"]
    return body


@pytest.mark.parametrize("resource", RESOURCES)
def test_an_unknown_parameter_is_refused_naming_those_there_are(client, resource):
    body = refused(client, f"{resource}/", color="red")
    assert body["parameter"] == "color"
    assert {"as_of", "format", "limit"} <= set(body["allowed"])
    assert all(name in body["detail"] for name in body["allowed"])


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("day", ["yesterday", "2020-13-01", "01.09.2020", "", "0001-01-01", "9999-12-31", "2020"])
def test_a_day_that_is_none_is_refused(client, resource, day):
    assert refused(client, f"{resource}/", as_of=day)["parameter"] == "as_of"


def test_a_day_to_come_is_refused(client):
    assert "fremtiden" in refused(client, "goals/", as_of="2199-01-01")["detail"]


@pytest.mark.parametrize(
    ("resource", "name"),
    [
        ("goals", "plan"),
        ("targets", "plan"),
        ("plans", "kind"),
        ("areas", "kind"),
        ("observations", "indicator"),
        ("observations", "area"),
        ("observations", "breakdown"),
        ("goals", "format"),
        ("hearings", "plan"),
        ("hearings", "stance"),
        ("hearings", "state"),
        ("hearings", "outcome"),
    ],
)
@pytest.mark.parametrize("value", ["nope", "\0", "' OR 1=1 --"])
def test_an_unknown_code_is_refused_with_the_codes_there_are(client, goal_2, resource, name, value):
    body = refused(client, f"{resource}/", **{name: value})
    assert body["parameter"] == name
    assert body["allowed"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "juli"),
        ("to", "2020-13"),
        ("limit", "0"),
        ("limit", "100001"),
        ("limit", "ten"),
        ("limit", "٣"),
        ("cursor", "abc"),
        ("cursor", "æ"),
        ("cursor", "MS4xLjE5OTk5OTk5OTk"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused(client, name, value):
    assert refused(client, "observations/", **{name: value})["parameter"] == name


def test_a_parameter_given_twice_is_refused(client):
    assert refused(client, "goals/", plan=["a", "b"])["parameter"] == "plan"


@pytest.mark.parametrize("address", ["plans/nope/", "indicators/nope/", "areas/999/", "nope/", "nope/nope/"])
def test_what_is_not_there_is_said_in_the_same_form(client, address):
    assert f"/api/v1/{address}" in refused(client, address, 404)["detail"]


def test_an_address_of_two_lines_is_not_there_either(client):
    refused(client, "indicators/a%0Ab/", 404)


def test_only_reading_is_possible(client):
    for method in (client.post, client.put, client.patch, client.delete):
        answer = method("/api/v1/plans/")
        assert (answer.status_code, answer.headers["Content-Type"]) == (405, "application/problem+json")


def test_a_format_there_is_not_is_said_so(client):
    answer = client.get("/api/v1/plans/", headers={"Accept": "image/png"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (406, "application/problem+json")


def test_an_address_without_its_last_slash_leads_to_the_right_one(client):
    answer = client.get("/api/v1/goals?limit=5")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/api/v1/goals/?limit=5")


def failing(error: Exception):
    def fail(*args, **kwargs):
        raise error

    return fail


def test_an_unreachable_database_is_said_so_with_when_to_try_again(client, monkeypatch):
    monkeypatch.setattr(observations, "selection", failing(OperationalError("gone")))
    answer = client.get("/api/v1/observations/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "gone" not in answer.content.decode()


def test_an_error_of_ours_tells_nothing_of_the_inside(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(observations, "selection", failing(RuntimeError("secret")))
    assert "secret" not in str(refused(client, "observations/", 500))


def test_a_first_period_after_the_last_is_refused_not_answered_with_nothing(client, figures):
    assert refused(client, "observations/", **{"from": "2023-01", "to": "2020-01"})["parameter"] == "from"
    assert client.get("/api/v1/observations/", {"from": "2020-12", "to": "2020"}).status_code == 200
