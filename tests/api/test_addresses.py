"""Every row says where it belongs, and each of those addresses answers: with the demo data, resource by resource."""

import pytest

from viborg_plan.api import router

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
PLACELESS = {"observations", "imports"}  # their rows are many, and their codes name the rest
LINKED = sorted({prefix for prefix, *_ in router.registry} - PLACELESS)


@pytest.mark.parametrize("resource", LINKED)
def test_the_addresses_of_every_row_answer(client, resource):
    rows = client.get(f"/api/v1/{resource}/").json()["results"]
    assert rows and all(row["urls"] for row in rows)
    kinds = {tuple(row["urls"]): row["urls"] for row in rows}  # one row for each set of places
    addresses = {address for urls in kinds.values() for address in urls.values()}
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_what_a_row_does_not_have_has_no_address(client):
    plans = {row["slug"]: row["urls"] for row in client.get("/api/v1/plans/").json()["results"]}
    assert "supplements" not in plans["beskaeftigelsesplan-2020"]
    assert plans["tillaeg-2020"]["supplements"] == "http://testserver/api/v1/plans/beskaeftigelsesplan-2020/"


def test_every_example_on_the_page_about_the_api_answers_with_something(client):
    shown = client.get("/api/v1/docs/").context["endpoints"]
    examples = [endpoint["example"] for endpoint in shown if endpoint["example"]]
    answers = {example: client.get(example) for example in examples}
    assert len(examples) == 15 and {answer.status_code for answer in answers.values()} == {200}
    assert [example for example, answer in answers.items() if not answer.json()["results"]] == []
