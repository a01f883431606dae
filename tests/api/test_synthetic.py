"""Figures made up to show the portal say so in every form that they leave in."""

import io
import json

import openpyxl
import pytest

from tests.api.conftest import ON_BENEFITS, at, cell, deliver
from viborg_plan.api import MeasuredObservations

ADDRESS = "/api/v1/observations/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def made_up(indicator):
    deliver(cell("2020-07", "8.1"), cell("2020-08", "8.2", provisional=True), known=at(2020, 9, 1), source="demo")
    return indicator


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def table(content: bytes) -> list[list]:
    return [[c.value for c in line] for line in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()]


MARKS = {
    "json": lambda content: [row["synthetic"] for row in json.loads(content)["results"]] == [True, True],
    "columnar": lambda content: [series["synthetic"] for series in json.loads(content)["series"]] == [True],
    "csv": lambda content: [line.split(";")[7] for line in content.decode().split()] == ["synthetic", "true", "true"],
    "xlsx": lambda content: [line[7] for line in table(content)] == ["synthetic", "true", "true"],
    "jsonstat": lambda content: json.loads(content)["extension"]["synthetic"] is True,
}


@pytest.mark.parametrize("form", MeasuredObservations.formats)
def test_every_form_there_is_says_that_the_figures_are_made_up(client, made_up, form):
    content = body(client.get(ADDRESS, {"indicator": made_up.code, "format": form}))
    assert MARKS[form](content)
    if form != "xlsx":  # which is compressed
        assert b"Jobindsats" not in content


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_changes_say_so_too(client, made_up, form):
    assert MARKS[form](body(client.get(ADDRESS, {"known_since": "2020-01-01", "format": form})))


def test_a_cube_names_no_publisher_for_what_is_made_up(client, made_up):
    cube = client.get(ADDRESS, {"format": "jsonstat", "indicator": ON_BENEFITS}).json()
    assert cube["source"] == "opdigtet til fremvisning"
    assert any("Demotal" in note for note in cube["note"])


def test_a_cube_of_both_kinds_says_which_cells_are_made_up(client, made_up):
    deliver(cell("2020-07", "7", area="000"), known=at(2020, 10, 1))
    cube = client.get(ADDRESS, {"format": "jsonstat", "indicator": ON_BENEFITS}).json()
    assert cube["extension"]["synthetic"] == "mixed"
    assert cube["source"] == "Jobindsats (STAR); opdigtet til fremvisning"
    assert cube["dimension"]["area"]["category"]["index"] == ["000", "791"]
    assert cube["status"] == {"2": "synthetic", "3": "provisional, synthetic"}


def test_a_cube_of_real_figures_is_its_publishers(client, figures):
    cube = client.get(ADDRESS, {"format": "jsonstat", "indicator": ON_BENEFITS}).json()
    assert (cube["extension"]["synthetic"], cube["source"]) == (False, "Jobindsats (STAR)")


def test_catalogues_lay_what_is_made_up_to_nobody(client, made_up):
    (dataset,) = json.loads(client.get("/data/catalog").content)["dcat:dataset"]
    assert "dct:creator" not in dataset and dataset["dct:title"].endswith("(demotal)")
    assert dataset["dct:provenance"]["rdfs:label"] == "opdigtet til fremvisning"
    package = client.get("/data/datapackage.json").json()
    (resource,) = package["resources"]
    assert (package["sources"], resource["synthetic"]) == ([{"title": "opdigtet til fremvisning"}], True)
    assert resource["title"].endswith("(demotal)") and "opdigtet" in resource["description"]


def test_catalogues_name_who_made_what_is_real(client, made_up):
    deliver(cell("2020-07", "7"), known=at(2020, 10, 1))  # takes the place of all that was made up
    (dataset,) = json.loads(client.get("/data/catalog").content)["dcat:dataset"]
    assert (dataset["dct:creator"]["foaf:name"], dataset["dct:title"]) == ("Jobindsats (STAR)", made_up.name)
    assert client.get("/data/datapackage.json").json()["sources"] == [{"title": "Jobindsats (STAR)"}]
