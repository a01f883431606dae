"""The page for people, the catalogue for data portals, and the feed of news."""

import json
import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest

from goals.models import Decision, Plan
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
