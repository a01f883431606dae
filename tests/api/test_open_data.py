"""The page for people, the catalogue for data portals, and the feed of news."""

import json
import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest

from accounts.models import User
from accounts.roles import Role
from accounts.tokens import NEEDS, create_token
from goals.models import Decision, Plan
from initiatives.models import Initiative
from tests.api.conftest import at, cell, deliver, make_indicator

pytestmark = pytest.mark.django_db


def test_the_catalogue_names_every_public_indicator_with_licence_and_files(client, figures):
    make_indicator("hemmelig", visibility="internal")
    answer = client.get("/data/catalog")
    told = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/ld+json"
    (dataset,) = told["dcat:dataset"]
    assert (told["@type"], dataset["dct:identifier"]) == ("dcat:Catalog", figures.code)
    assert told["dct:license"]["@id"].startswith("https://")
    assert told["dct:modified"] == "2020-10-01"
    for distribution in dataset["dcat:distribution"]:
        file = client.get(distribution["dcat:downloadURL"]["@id"])
        assert file.status_code == 200
        assert file.headers["Content-Type"].startswith(distribution["dcat:mediaType"])


def test_the_data_package_describes_the_columns_of_its_files(client, figures):
    (resource,) = client.get("/data/datapackage.json").json()["resources"]
    file = client.get(resource["path"]).getvalue().decode("utf-8-sig")
    names = [field["name"] for field in resource["schema"]["fields"]]
    assert file.splitlines()[0] == resource["dialect"]["delimiter"].join(names)
    assert client.get("/data/catalog?format=datapackage").json()["resources"] == [resource]


def test_an_unknown_form_of_the_catalogue_is_refused(client, areas):
    answer = client.get("/data/catalog?format=rdf")
    assert (answer.status_code, answer.json()["allowed"]) == (400, ["dcat", "datapackage"])


def test_the_feed_tells_of_figures_changed_targets_and_decisions(client, goal_2):
    Decision.objects.create(
        plan=Plan.objects.get(current=True), code="b1", text="Udvalget tog det til efterretning.",
        known_from=date(2020, 11, 3),
    )  # fmt: skip
    items = client.get("/data/nyt.json").json()["items"]
    assert [(item["title"], item["date_published"][:10]) for item in items] == [
        ("Ny beslutning", "2020-11-03"),
        ("Nye tal", "2020-10-01"),
        ("Nye tal", "2020-09-01"),
        ("Nyt mål for …: 8,4 %", "2020-08-01"),
        ("Nye tal", "2019-09-01"),
    ]
    assert {client.get(item["url"]).status_code for item in items} == {200}


def test_atom_and_json_tell_the_same(client, goal_2):
    atom = ElementTree.fromstring(client.get("/data/nyt.atom").content)  # noqa: S314 - our own answer
    ids = [entry.text for entry in atom.iterfind("{*}entry/{*}id")]
    assert ids == [item["id"] for item in client.get("/data/nyt.json").json()["items"]]
    assert len(ids) == len(set(ids)) == 4


def test_internal_figures_make_no_news(client, areas):
    make_indicator("hemmelig", visibility="internal")
    deliver(cell("2020-07", "8.1", code="hemmelig"), known=at(2020, 9, 1))
    assert client.get("/data/nyt.json").json()["items"] == []
    assert client.get("/api/v1/imports/").json()["results"] == []


def test_the_feed_is_304_while_nothing_is_new(client, goal_2, django_assert_num_queries):
    tag = client.get("/data/nyt.atom").headers["ETag"]
    with django_assert_num_queries(0):
        assert client.get("/data/nyt.atom", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.usefixtures("portal_with_demo")
def test_every_address_on_the_page_for_people_answers(client):
    page = client.get("/data/").content.decode()
    addresses = {part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:]}
    local = [address for address in addresses if address.startswith(("/api/", "/data/"))]
    assert len(local) >= 9
    assert {address: client.get(address).status_code for address in local} == dict.fromkeys(local, 200)


def examples(operation: dict) -> dict[str, str]:
    told = [parameter for parameter in operation["parameters"] if "examples" in parameter]
    return {parameter["name"]: next(iter(parameter["examples"].values()))["value"] for parameter in told}


@pytest.mark.usefixtures("portal_with_demo")
def test_every_example_of_a_question_in_the_schema_is_answered(client):
    """Each by itself and all of an address at once."""
    asked = []
    for path, operations in client.get("/api/v1/schema/").json()["paths"].items():
        if "{" in path:  # told as in the list
            continue
        given = examples(operations["get"])
        asked += [(path, query) for query in [given, *({name: value} for name, value in given.items())]]
    assert len(asked) > 30
    assert [(path, query) for path, query in asked if client.get(path, query).status_code != 200] == []


@pytest.mark.usefixtures("portal_with_demo")
def test_every_example_of_writing_in_the_schema_is_written(client):
    user = User.objects.get(assignments__role=Role.ADMINISTRATOR)
    _, token = create_token(name="Prøve", scopes=NEEDS, days=1, by=user)
    headers = {"Authorization": f"Bearer {token}"}
    schema, written = client.get("/api/v1/schema/").json(), {}
    for path, operations in schema["paths"].items():
        if "post" in operations:
            told = operations["post"]["requestBody"]["content"]["application/json"]["examples"]
            for example in told.values():
                Initiative.objects.filter(slug=example["value"].get("initiative")).update(team=user.team)
                headers["Idempotency-Key"] = path
                answer = client.post(path, example["value"], content_type="application/json", headers=headers)
                written[path] = answer.status_code
    assert written == {"/api/v1/observations/": 201, "/api/v1/status-updates/": 201}
