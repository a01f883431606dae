"""Internal figures are nowhere: not at any address of the API or the open data, in any form, by any word."""

import io
import zipfile

import pytest

from goals.models import Target
from indicators.models import Batch, Indicator
from indicators.store.undo import undo
from tests.api.conftest import at, cell, deliver, make_goal, make_indicator

pytestmark = pytest.mark.django_db
SECRETS = ("hemmelig", "12345.67", "12345,67", "holdet")
FORMS = ["json", "csv", "xlsx", "columnar", "jsonstat"]


@pytest.fixture
def secret(goal_2, plan, initiative):
    """An internal indicator that a goal measures, with figures, a breakdown of its own and a target."""
    indicator = make_indicator("hemmelig", name="Hemmelig", visibility="internal")
    measure = make_goal(plan, 7, indicator)
    Target.objects.create(measure=measure, kind="original", value="12345.67", printed="hemmelig", document=plan,
                          known_from=plan.known_from)  # fmt: skip
    deliver(cell("2020-07", "12345.67", code="hemmelig"), known=at(2020, 11, 1))
    deliver(cell("2020-07", "12345.67", code="hemmelig", breakdown="hold=holdet"), known=at(2020, 11, 2))


def addresses(schema: dict) -> list[str]:
    lists = [path for path in schema["paths"] if "{" not in path]
    return [*lists, "/data/", "/data/catalog", "/data/datapackage.json", "/data/nyt.atom", "/data/nyt.json"]


def body(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        content = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    return content.decode().lower()


def told(client, schema: dict) -> dict[str, str]:
    """Every list in every form it has, as known now and since the beginning, and what each refusal allows."""
    asked = [(path, {}) for path in [*addresses(schema), "/api/v1/schema/", "/api/v1/docs/"]]
    for path in addresses(schema)[:-5]:
        forms = next(p for p in schema["paths"][path]["get"]["parameters"] if p["name"] == "format")["schema"]["enum"]
        asked += [(path, {"format": form}) for form in forms]
        asked += [(path, {name: "?"}) for name in client.get(path, {"color": "red"}).json()["allowed"]]
    asked += [("/api/v1/observations/", {"known_since": "2019-01-01", "format": form}) for form in FORMS]
    asked += [("/api/v1/observations/", {"as_of": "2020-12-31", "format": form}) for form in FORMS]
    return {f"{path} {query}": body(client.get(path, query)) for path, query in asked}


def test_nothing_internal_is_told_anywhere(client, secret):
    answers = told(client, client.get("/api/v1/schema/").json())
    assert len(answers) > 100
    assert [(address, word) for address, text in answers.items() for word in SECRETS if word in text] == []


@pytest.mark.parametrize("form", FORMS)
def test_the_same_words_are_found_where_they_may_be_seen(client, secret, form):
    Indicator.objects.update(visibility="public")
    answer = body(client.get("/api/v1/observations/", {"indicator": "hemmelig", "format": form}))
    assert "hemmelig" in answer and "12345" in answer


def test_a_mixed_delivery_tells_how_many_figures_the_reader_may_see(client, secret):
    """Not of the 3 new ones and the 1 corrected that are for the house alone."""
    make_indicator("aaben")
    deliver(cell("2020-01", "1", code="aaben"), known=at(2020, 11, 3))
    hidden = [cell(f"2020-0{month}", "9", code="hemmelig") for month in (1, 2, 3, 7)]
    open_to_all = [cell(f"2020-0{month}", "2", code="aaben") for month in (1, 2)]
    deliver(*hidden, *open_to_all, known=at(2020, 11, 4))
    newest = client.get("/api/v1/imports/", {"limit": 1}).json()["results"][0]
    assert {name: newest[name] for name in ("new", "changed", "withdrawn", "unchanged")} == {
        "new": 1, "changed": 1, "withdrawn": 0, "unchanged": None,
    }  # fmt: skip
    texts = [item["content_text"] for item in client.get("/data/nyt.json").json()["items"] if "tal" in item["title"]]
    assert texts[0] == "1 nye, 1 rettede, 0 trukket tilbage."
    undo(Batch.objects.latest("id").pk, known_from=at(2020, 11, 5))
    undone = client.get("/api/v1/imports/", {"limit": 1}).json()["results"][0]
    assert (undone["new"], undone["changed"], undone["withdrawn"]) == (0, 1, 1)
