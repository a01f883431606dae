"""The committee's papers in the API: a row a paper, verdicts as the goals say, addresses that lead somewhere."""

from collections import Counter
from datetime import date

import pytest

from reports.actions import record_paper
from reports.paper import paper_of
from tests.api.conftest import API, at, cell, deliver, make_goal

ADDRESS = "/api/v1/reports/"
NONE = {"met": 0, "near": 0, "missed": 0, "not_due": 0, "no_data": 0, "no_target": 0}


def ask(client, **query):
    return client.get(ADDRESS, query).json()


def test_a_paper_is_told_with_its_sum_its_verdicts_and_its_addresses(client, paper):
    site = "http://testserver/moeder/2020-09-15"
    assert ask(client, plan="beskaeftigelsesplan-2020", meeting="2020-09-15") == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "meeting": "2020-09-15",
                "as_of": "2020-09-15",
                "plan": "beskaeftigelsesplan-2020",
                "title": "Opfølgning på Beskæftigelsesplan 2020",
                "sha256": paper.sha256,
                "made_at": "2020-09-15T20:00:00+02:00",
                "verdicts": {"original": NONE | {"no_data": 1}, "revised": NONE | {"no_data": 1}},
                "demo": False,
                "urls": {
                    "page": f"{site}/",
                    "pdf": f"{site}.pdf",
                    "docx": f"{site}.docx",
                    "xlsx": f"{site}.xlsx",
                    "plan": f"{API}plans/beskaeftigelsesplan-2020/",
                    "goals": f"{API}goals/?plan=beskaeftigelsesplan-2020&as_of=2020-09-15",
                },
            }
        ],
    }


def test_the_counts_are_those_of_the_goals_it_leads_to(client, paper):
    record_paper(day=date(2020, 11, 1), by="make_report", made_at=at(2020, 11, 1, 20))
    rows = ask(client)["results"]
    assert rows
    for row in rows:
        goals = client.get(row["urls"]["goals"].removeprefix("http://testserver")).json()["results"]
        for against, counts in row["verdicts"].items():
            assert Counter(goal["verdicts"][against] for goal in goals) == Counter(counts)


def test_every_address_of_a_paper_leads_somewhere(client, paper):
    (row,) = ask(client)["results"]
    answers = {name: client.get(url.removeprefix("http://testserver")) for name, url in row["urls"].items()}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(row["urls"], 200)
    assert answers["pdf"].headers["Content-Type"] == "application/pdf"


def test_as_a_file_each_count_has_a_column(client, paper):
    head, row = client.get(ADDRESS, {"format": "csv"}).getvalue().decode("utf-8-sig").splitlines()
    told = dict(zip(head.split(";"), row.split(";"), strict=True))
    verdicts = ask(client)["results"][0]["verdicts"]
    counts = {f"{kind}_{name}": str(n) for kind, counted in verdicts.items() for name, n in counted.items()}
    assert told | counts == told and "{" not in row


def test_a_paper_is_there_from_when_it_was_made(client, paper):
    assert ask(client, as_of="2020-09-14")["count"] == 0
    assert ask(client, as_of="2020-09-15")["count"] == 1


@pytest.mark.parametrize(("name", "value"), [("meeting", "2020-09-16"), ("plan", "findes-ikke")])
def test_a_value_that_is_not_there_is_refused_with_those_that_are(client, paper, name, value):
    answer = client.get(ADDRESS, {name: value})
    assert answer.status_code == 400
    allowed = {"meeting": ["2020-09-15"], "plan": ["beskaeftigelsesplan-2020", "tillaeg-2020"]}
    assert answer.json()["allowed"] == allowed[name]


def test_made_again_after_a_later_delivery_it_is_the_same_paper(client, paper):
    deliver(cell("2020-06", "8.0"), known=at(2020, 10, 2))
    assert record_paper(day=date(2020, 9, 15), by="make_report").sha256 == paper.sha256
    assert [row["made_at"] for row in ask(client)["results"]] == ["2020-09-15T20:00:00+02:00"]


@pytest.fixture
def two_months(plan, indicator) -> None:
    """June is known in August, July on 10 September."""
    deliver(cell("2020-06", "9"), known=at(2020, 8, 10))
    deliver(cell("2020-07", "7"), known=at(2020, 9, 10, 6))
    make_goal(plan, 2, indicator)


def test_what_was_recorded_on_10_september_is_absent_in_the_paper_of_25_august(client, two_months):
    told = [paper_of(day).facts["goals"][0]["measures"][0] for day in (date(2020, 8, 25), date(2020, 9, 15))]
    assert [(one["period"], one["value"]) for one in told] == [("2020-06", "9"), ("2020-07", "7")]
    page = client.get("/moeder/2020-08-25/").content.decode()
    assert "9\u00a0%" in page and "7\u00a0%" not in page
