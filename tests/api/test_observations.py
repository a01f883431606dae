"""Observations: the contract's shape, what was known when, pages, and what must never be seen."""

from datetime import timedelta

import pytest

from indicators.missing import MissingReason
from tests.api.conftest import ON_BENEFITS, at, cell, deliver, make_indicator

ADDRESS = "/api/v1/observations/"


def ask(client, address: str = ADDRESS, **query):
    return client.get(address, query).json()


def values(answer: dict) -> list[tuple]:
    return [(row["period"], row["value"]) for row in answer["results"]]


def test_an_observation_is_told_as_the_contract_says(client, figures):
    answer = ask(client, indicator=ON_BENEFITS, area="791", **{"from": "2020-01", "to": "2020-12"})
    batch = answer["results"][0].pop("batch")
    assert batch.startswith("b")
    assert answer == {
        "results": [
            {
                "indicator": ON_BENEFITS,
                "area": "791",
                "breakdown": {},
                "period": "2020-07",
                "value": 8.1,
                "missing": None,
                "provisional": False,
                "synthetic": False,
                "known_from": "2020-10-01T06:00:00+02:00",
                "known_to": None,
                "source": "jobindsats",
            }
        ],
        "next": None,
    }


def test_numbers_are_exact_json_numbers(client, indicator):
    exact = ["0", "-0.3", "1373", "1234567890.1234", "9999999999.9999", "0.0001"]
    deliver(*[cell(f"2020-{month:02}", value) for month, value in enumerate(exact, 1)], known=at(2021, 1, 1))
    written = client.get(ADDRESS).content.decode()
    assert [f'"value":{value},' in written for value in exact] == [True] * len(exact)


@pytest.mark.parametrize("reason", [reason for reason in MissingReason if reason])
def test_a_missing_number_is_null_with_its_reason(client, indicator, reason):
    deliver(cell("2020-07", None, missing=reason), known=at(2020, 9, 1))
    row = ask(client)["results"][0]
    assert (row["value"], row["missing"]) == (None, reason.name.lower())


@pytest.mark.parametrize(
    ("as_of", "known"),
    [
        ("2019-08-31", []),
        ("2020-08-31", [("2019-07", 7.6)]),
        ("2020-09-01", [("2019-07", 7.6), ("2020-07", 8)]),
        ("2020-09-30", [("2019-07", 7.6), ("2020-07", 8)]),
        ("2020-10-01T05:59:59+02:00", [("2019-07", 7.6), ("2020-07", 8)]),
        ("2020-10-01T06:00:00", [("2019-07", 7.6), ("2020-07", 8.1)]),
        ("2020-10-01T04:00:00Z", [("2019-07", 7.6), ("2020-07", 8.1)]),
    ],
)
def test_as_of_gives_the_figures_of_that_day_or_moment(client, figures, as_of, known):
    assert values(ask(client, as_of=as_of)) == known


def test_a_plus_sign_that_was_not_escaped_is_understood(client, figures):
    answer = client.get(f"{ADDRESS}?as_of=2020-10-01T05:59:59+02:00")
    assert values(answer.json())[-1] == ("2020-07", 8)


def test_a_provisional_number_says_so(client, figures):
    assert [row["provisional"] for row in ask(client, as_of="2020-09-15")["results"]] == [False, True]


def test_to_takes_the_whole_of_a_year_or_quarter_along(client, indicator):
    deliver(*[cell(f"2020-{month:02}", str(month)) for month in range(1, 13)], known=at(2021, 2, 1))
    assert len(values(ask(client, **{"from": "2020", "to": "2020"}))) == 12
    assert [period for period, _ in values(ask(client, **{"from": "2020Q2", "to": "2020Q2"}))] == [
        "2020-04",
        "2020-05",
        "2020-06",
    ]


def test_a_breakdown_is_told_apart_from_the_whole(client, indicator):
    deliver(cell("2020-07", "8.1"), cell("2020-07", "9.2", breakdown="alder=18-29;koen=k"), known=at(2020, 9, 1))
    assert len(ask(client)["results"]) == 2
    young_women = ask(client, breakdown="alder=18-29;koen=k")["results"]
    assert [(row["breakdown"], row["value"]) for row in young_women] == [({"alder": "18-29", "koen": "k"}, 9.2)]
    assert [row["value"] for row in ask(client, breakdown="")["results"]] == [8.1]


def test_an_area_is_asked_for_by_its_code(client, indicator):
    deliver(cell("2020-07", "8.1"), cell("2020-07", "6.3", area="000"), known=at(2020, 9, 1))
    assert values(ask(client, area="000")) == [("2020-07", 6.3)]


def test_pages_hold_everything_once_even_when_figures_are_revised_in_between(client, indicator):
    months = [f"2020-{month:02}" for month in range(1, 8)]
    deliver(*[cell(month, "1") for month in months], known=at(2020, 9, 1))
    pages = [ask(client, limit="3")]
    deliver(*[cell(month, "2") for month in months], cell("2019-12", "2"), known=at(2020, 10, 1))
    while pages[-1]["next"]:
        pages.append(ask(client, pages[-1]["next"]))
    assert [len(page["results"]) for page in pages] == [3, 3, 1]
    assert [row for page in pages for row in values(page)] == [(month, 1) for month in months]
    assert values(ask(client))[0] == ("2019-12", 2)


def test_a_full_last_page_has_no_next(client, figures):
    assert ask(client, limit="2")["next"] is None


def test_demo_figures_are_marked_and_give_way_to_real_ones(client, indicator):
    deliver(cell("2020-07", "8.1"), cell("2020-08", "8.0"), known=at(2020, 10, 1), source="demo")
    assert [row["synthetic"] for row in ask(client)["results"]] == [True, True]
    deliver(cell("2020-07", "7.9"), known=at(2020, 11, 1))
    assert [(row["value"], row["synthetic"]) for row in ask(client)["results"]] == [(7.9, False)]
    assert [row["synthetic"] for row in ask(client, as_of="2020-10-15")["results"]] == [True, True]


def test_an_internal_indicator_is_nowhere_to_be_seen(client, areas):
    make_indicator("hemmelig", visibility="internal")
    deliver(cell("2020-07", "8.1", code="hemmelig", breakdown="hold=a"), known=at(2020, 9, 1))
    assert ask(client)["results"] == []
    answers = [client.get(ADDRESS, query) for query in ({"indicator": "hemmelig"}, {"breakdown": "hold=a"})]
    assert [(answer.status_code, answer.json()["allowed"]) for answer in answers] == [(400, []), (400, [])]


def test_asking_takes_no_more_queries_for_many_series_than_for_one(client, indicator, django_assert_max_num_queries):
    cells = [cell("2020-07", "1", breakdown=f"hold={place}") for place in range(30)]
    deliver(*cells, known=at(2020, 9, 1) + timedelta(days=1))
    with django_assert_max_num_queries(6):
        assert len(ask(client, indicator=ON_BENEFITS, area="791")["results"]) == 30
