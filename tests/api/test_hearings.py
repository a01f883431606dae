"""Hearings: what was said, what was answered in public, and as it was known."""

from datetime import date

import pytest

from goals.models import Plan
from indicators import data_version
from tests.api.conftest import API, at
from tests.api.test_lists import ask

pytestmark = pytest.mark.django_db


def codes(answer: dict) -> list[str]:
    return [point["code"] for hearing in answer["results"] for point in hearing["points"]]


def test_a_hearing_is_told_whole_and_no_draft_of_an_answer_with_it(client, hearing):
    assert ask(client, f"hearings/{hearing.slug}/") == {
        "slug": "beskaeftigelsesplan-2020",
        "title": "Høring",
        "plan": "beskaeftigelsesplan-2020",
        "known_from": "2020-01-01",
        "opened_on": None,
        "deadline": None,
        "parties_complete": False,
        "document": "",
        "parties": [
            {
                "slug": "handicapraadet",
                "name": "Handicaprådet",
                "answered": True,
                "received_on": None,
                "signed_by_role": "",
            }
        ],
        "points": [
            {
                "code": "h1",
                "party": "handicapraadet",
                "section": "Fokusområder",
                "passage": "Unge",
                "stance": "request",
                "kind": "content",
                "summary": "Nævn revalidering.",
                "lines": "1-3",
                "known_from": "2020-01-01",
                "state": "recommended",
                "answer": {
                    "outcome": "partly_accepted",
                    "reason": "Delvist nævnt.",
                    "wording_before": "",
                    "wording_after": "",
                    "author_role": "Jobcentret",
                    "meeting": None,
                    "decision": "",
                    "version": 1,
                    "made_at": "2020-10-01T09:00:00+02:00",
                    "demo": False,
                },
                "notes": [{"text": "Læst igen.", "known_from": "2020-09-01"}],
                "same_subject": [],
            }
        ],
        "urls": {
            "page": "http://testserver/hoeringer/beskaeftigelsesplan-2020/",
            "plan": f"{API}plans/beskaeftigelsesplan-2020/",
        },
    }


def test_as_of_an_earlier_day_only_what_was_known_then(client, hearing):
    (point,) = ask(client, f"hearings/{hearing.slug}/", as_of="2020-08-31")["points"]
    assert (point["state"], point["answer"], point["notes"]) == ("received", None, [])
    assert ask(client, "hearings/", as_of="2019-12-31")["count"] == 0
    assert client.get(f"/api/v1/hearings/{hearing.slug}/?as_of=2019-12-31").status_code == 404


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ({"stance": "request"}, {"stance": "concern"}),
        ({"state": "recommended"}, {"state": "received"}),
        ({"outcome": "partly_accepted"}, {"outcome": "accepted"}),
        ({"plan": "beskaeftigelsesplan-2020"}, {"plan": "tillaeg-2020"}),
    ],
)
def test_points_are_chosen_by_what_they_are(client, hearing, right, wrong):
    assert codes(ask(client, "hearings/", **right)) == ["h1"]
    assert codes(ask(client, "hearings/", **wrong)) == []
    assert codes(ask(client, "hearings/", party="handicapraadet", **right)) == ["h1"]


def test_a_state_that_is_never_public_is_no_choice(client, hearing):
    answer = ask(client, "hearings/", state="answered")
    assert answer["allowed"] == ["decided", "received", "recommended"]


def test_the_hearing_of_a_draft_is_neither_listed_nor_found(client, hearing):
    Plan.objects.filter(slug=hearing.slug).update(known_from=None)
    assert ask(client, "hearings/")["count"] == 0
    assert client.get(f"/api/v1/hearings/{hearing.slug}/").status_code == 404


def test_hearings_come_as_a_file_too(client, hearing):
    csv = client.get("/api/v1/hearings/?format=csv").getvalue().decode("utf-8-sig")
    assert csv.splitlines()[0].startswith("slug;title;plan;") and "Nævn revalidering." in csv
    points = [point for found in ask(client, "hearings/")["results"] for point in found["points"]]
    assert len(csv.splitlines()) == 1 + len(points) and "{" not in csv
    assert f";{points[0]['code']};Handicaprådet;" in csv
    assert client.get("/api/v1/hearings/?format=xlsx").getvalue().startswith(b"PK")


def test_a_list_costs_the_same_however_much_was_said(client, hearing, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        ask(client, "hearings/")


def test_a_decision_on_a_point_is_news_and_an_answer_in_the_making_is_none(client, hearing):
    assert client.get("/data/nyt.json").json()["items"] == []
    facts = {"outcome": "partly_accepted", "reason": "Delvist nævnt.", "author_role": "Jobcentret"}
    decided = {"state": "decided", "meeting": date(2020, 12, 1), "decision": "Godkendt.", "made_at": at(2020, 12, 2)}
    hearing.points.get().answers.create(version=3, **facts, **decided)
    data_version.changed()
    (item,) = client.get("/data/nyt.json").json()["items"]
    assert (item["title"], item["content_text"]) == (
        "Beslutning om høringspunkt h1",
        "Imødekommes delvist. Godkendt.",
    )
    assert item["url"].endswith("/hoeringer/beskaeftigelsesplan-2020/#h1")
    assert client.get(item["url"]).status_code == 200
