"""The OpenAPI schema is valid and true, and the page for people shows all of it."""

import jsonschema
import pytest
from drf_spectacular.validation import validate_schema

from tests.api.conftest import ON_BENEFITS, at, cell, deliver, make_indicator
from viborg_plan.api import descriptions

ADDRESSES = {
    "/api/v1/plans/": "/api/v1/plans/",
    "/api/v1/plans/{slug}/": "/api/v1/plans/tillaeg-2020/",
    "/api/v1/goals/": "/api/v1/goals/",
    "/api/v1/targets/": "/api/v1/targets/",
    "/api/v1/indicators/": "/api/v1/indicators/",
    "/api/v1/indicators/{code}/": "/api/v1/indicators/midlertidig-forsoergelse-pct-befolkning/",
    "/api/v1/areas/": "/api/v1/areas/",
    "/api/v1/areas/{code}/": "/api/v1/areas/791/",
    "/api/v1/observations/": "/api/v1/observations/",
    "/api/v1/series/": "/api/v1/series/",
    "/api/v1/imports/": "/api/v1/imports/",
    "/api/v1/themes/": "/api/v1/themes/",
    "/api/v1/objectives/": "/api/v1/objectives/",
    "/api/v1/initiatives/": "/api/v1/initiatives/",
    "/api/v1/initiatives/{slug}/": "/api/v1/initiatives/task-force-viborg/",
    "/api/v1/partners/": "/api/v1/partners/",
    "/api/v1/partners/{slug}/": "/api/v1/partners/mercantec/",
    "/api/v1/status-updates/": "/api/v1/status-updates/",
    "/api/v1/hearings/": "/api/v1/hearings/",
    "/api/v1/hearings/{slug}/": "/api/v1/hearings/beskaeftigelsesplan-2020/",
    "/api/v1/reports/": "/api/v1/reports/",
}


@pytest.fixture(scope="module")
def made_schema() -> dict:
    """Filled by the first test: what it tells is the same for all, and making it takes a fifth of a second."""
    return {}


@pytest.fixture
def schema(client, goal_2, initiative, hearing, paper, made_schema) -> dict:
    if not made_schema:
        made_schema.update(client.get("/api/v1/schema/").json())
    return made_schema


def test_the_schema_is_valid_openapi_and_covers_every_address(schema):
    validate_schema(schema)
    assert schema["openapi"] == "3.1.0"
    assert set(schema["paths"]) == set(ADDRESSES)


def test_the_schema_names_the_codes_one_can_ask_with_now(client, schema):
    make_indicator("hemmelig", visibility="internal")
    told = client.get("/api/v1/schema/").json()["paths"]["/api/v1/observations/"]["get"]["parameters"]
    codes = {parameter["name"]: parameter["schema"].get("enum") for parameter in told}
    assert (codes["area"], codes["indicator"], codes["measure"]) == (["000", "791"], [ON_BENEFITS], ["m02"])


def test_the_schema_comes_as_yaml_to_whoever_asks(client, areas):
    answer = client.get("/api/v1/schema/", headers={"Accept": "application/vnd.oai.openapi"})
    assert answer.content.startswith(b"openapi: 3.1.0")


def check(schema: dict, operation: dict, answer, status: str) -> None:
    """Nothing is missing, of another kind, or there without being told of."""
    content = operation["responses"][status]["content"][answer.headers["Content-Type"]]
    parts = {name: part | {"additionalProperties": False} for name, part in schema["components"]["schemas"].items()
             if part.get("type") == "object"}  # fmt: skip
    told = {"components": {"schemas": schema["components"]["schemas"] | parts}, **content["schema"]}
    jsonschema.validate(answer.json(), told, jsonschema.Draft202012Validator)


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_answer_holds_what_the_schema_tells_and_nothing_else(client, schema, path):
    deliver(cell("2020-08", None, missing=2), known=at(2020, 11, 1))
    check(schema, schema["paths"][path]["get"], client.get(ADDRESSES[path]), "200")


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_refusal_holds_what_the_schema_tells_and_nothing_else(client, schema, path):
    check(schema, schema["paths"][path]["get"], client.get(ADDRESSES[path], {"color": "red"}), "400")


@pytest.mark.parametrize("path", ADDRESSES)
def test_the_schema_tells_of_every_parameter_that_is_read(client, schema, path):
    allowed = client.get(ADDRESSES[path], {"color": "red"}).json()["allowed"]
    told = schema["paths"][path]["get"]["parameters"]
    assert {parameter["name"] for parameter in told if parameter["in"] == "query"} == set(allowed)


def test_the_page_names_every_address_and_parameter_and_needs_no_other_host(client, schema):
    page = client.get("/api/v1/docs/").content.decode()
    names = {p["name"] for get in schema["paths"].values() for p in get["get"]["parameters"] if p["in"] == "query"}
    assert [text for text in {*schema["paths"], *names} if f"<code>{text}</code>" not in page] == []
    assert "https://" not in page and "<script" not in page


def test_the_page_is_english_under_its_english_address_and_the_schema_stays_danish(client, schema):
    page = client.get("/en/api/v1/docs/").content.decode()
    assert "Plans, strategies and supplements." in page and "Planer, strategier" not in page
    assert 'href="/api/v1/docs/" lang="da"' in page
    assert schema["paths"]["/api/v1/plans/"]["get"]["description"] == "Planer, strategier og tillæg."


def test_the_catalogue_of_texts_is_asked_for_every_description_the_page_shows(client, schema):
    shown = client.get("/api/v1/docs/").context["endpoints"]
    texts = {part["text"] for endpoint in shown for part in [endpoint, *endpoint["parameters"], *endpoint["fields"]]}
    assert texts - {""} <= set(descriptions())
