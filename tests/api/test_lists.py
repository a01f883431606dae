"""Plans, targets, indicators and areas: their keys, one by code, and pages."""

from datetime import date

import pytest

from indicators.models import Area, AreaMembership, Edit
from tests.api.conftest import API, at, cell, deliver, make_indicator

pytestmark = pytest.mark.django_db


def ask(client, address: str, **query):
    return client.get(f"/api/v1/{address}", query).json()


def test_a_plan_is_told_whole(client, goal_2):
    assert ask(client, "plans/beskaeftigelsesplan-2020/") == {
        "slug": "beskaeftigelsesplan-2020",
        "title": "Beskæftigelsesplan 2020",
        "kind": "plan",
        "year": 2020,
        "summary": "",
        "supplements": None,
        "adopted_on": None,
        "known_from": "2020-01-01",
        "period": {"first": "2020-01-01", "last": "2020-12-31"},
        "current": True,
        "document": "",
        "goals": 1,
        "urls": {"page": "http://testserver/planer/beskaeftigelsesplan-2020/"}
        | {
            name: f"{API}{name}/?plan=beskaeftigelsesplan-2020"
            for name in ("goals", "targets", "themes", "objectives", "initiatives", "hearings")
        },
    }


def test_a_supplement_names_the_plan_it_adds_to(client, plan):
    (supplement,) = ask(client, "plans/", kind="supplement")["results"]
    assert (supplement["slug"], supplement["supplements"]) == ("tillaeg-2020", "beskaeftigelsesplan-2020")


def test_a_plan_is_there_from_the_day_it_was_known(client, plan):
    assert [p["slug"] for p in ask(client, "plans/", as_of="2020-07-31")["results"]] == [plan.slug]
    assert client.get("/api/v1/plans/tillaeg-2020/?as_of=2020-07-31").status_code == 404
    assert client.get("/api/v1/plans/tillaeg-2020/?as_of=2020-08-01").status_code == 200


def test_a_plan_is_not_there_at_a_moment_before_it_was_made(client, plan):
    Edit.objects.create(kind="plan", row=plan.pk, field="", at=at(2020, 9, 15, 12))
    assert client.get(f"/api/v1/plans/{plan.slug}/?as_of=2020-09-15T09:00:00Z").status_code == 404
    assert client.get(f"/api/v1/plans/{plan.slug}/?as_of=2020-09-15T13:00:00Z").status_code == 200


def test_targets_are_listed_as_they_were_known(client, goal_2):
    assert [t["kind"] for t in ask(client, "targets/", as_of="2020-07-31")["results"]] == ["original"]
    assert ask(client, "targets/", plan="beskaeftigelsesplan-2020")["results"][1] == {
        "plan": "beskaeftigelsesplan-2020",
        "goal": 2,
        "measure": "m02",
        "kind": "revised",
        "rule": "value",
        "value": 8.4,
        "printed": "8,4 %",
        "basis": "newest",
        "rounded": False,
        "document": "tillaeg-2020",
        "decision": None,
        "valid_from": None,
        "known_from": "2020-08-01",
        "reason": "",
        "strict": False,
        "by": None,
        "by_percent": False,
        "baseline": None,
        "baseline_period": None,
        "near": 0,
        "due": None,
        "path": [],
        "urls": {
            "page": "http://testserver/planer/beskaeftigelsesplan-2020/maal/2/",
            "plan": f"{API}plans/beskaeftigelsesplan-2020/",
            "document": f"{API}plans/tillaeg-2020/",
        },
    }


def test_an_indicator_is_told_with_what_a_reader_needs_to_trust_it(client, areas):
    found = make_indicator("ledige", unit_name="pct. af befolkningen", trend_threshold="0.15", min_count=5)
    found.breaks.create(period=1506, reason="Reform")
    assert ask(client, "indicators/ledige/") == {
        "code": "ledige",
        "name": "ledige",
        "definition": "…",
        "population": "",
        "unit": "percent",
        "unit_name": "pct. af befolkningen",
        "decimals": 0,
        "direction": "lower",
        "accumulation": "stock",
        "frequency": "M",
        "publisher": "Jobindsats (STAR)",
        "source": "jobindsats",
        "table": "",
        "newest_is_provisional": False,
        "publication_lag": 35,
        "trend_threshold": 0.15,
        "min_count": 5,
        "breaks": [{"period": "2025-07", "reason": "Reform"}],
        "synthetic": False,
        "urls": {
            "page": "http://testserver/indikatorer/ledige/",
            "series": f"{API}series/?indicator=ledige",
            "observations": f"{API}observations/?indicator=ledige",
        },
    }


def test_an_indicator_is_synthetic_as_long_as_all_its_figures_are(client, indicator):
    address = f"indicators/{indicator.code}/"
    assert ask(client, address)["synthetic"] is False
    deliver(cell("2020-07", "8.1"), known=at(2020, 9, 1), source="demo")
    assert ask(client, address)["synthetic"] is True
    deliver(cell("2021-07", "8.2"), known=at(2021, 9, 1))
    assert ask(client, address)["synthetic"] is False
    assert ask(client, address, as_of="2021-08-31")["synthetic"] is True


def test_an_internal_indicator_is_neither_listed_nor_found(client, areas):
    make_indicator("hemmelig", visibility="internal")
    make_indicator("aaben")
    assert [found["code"] for found in ask(client, "indicators/")["results"]] == ["aaben"]
    assert client.get("/api/v1/indicators/hemmelig/").status_code == 404


def test_an_area_names_the_groups_of_the_day(client, areas):
    viborg = Area.objects.get(code="791")
    for code, first, last in [("082", None, None), ("yderkommuner", date(2011, 1, 1), date(2017, 12, 31))]:
        group = Area.objects.create(code=code, name=code, kind="group")
        AreaMembership.objects.create(group=group, member=viborg, valid_from=first, valid_to=last)
    assert ask(client, "areas/791/") == {
        "code": "791",
        "name": "Viborg",
        "kind": "municipality",
        "groups": ["082"],
        "urls": {"series": f"{API}series/?area=791"},
    }
    assert ask(client, "areas/791/", as_of="2017-12-31")["groups"] == ["082", "yderkommuner"]
    assert [area["code"] for area in ask(client, "areas/", kind="country")["results"]] == ["000"]


def test_a_list_is_read_page_by_page(client, areas):
    first = ask(client, "areas/", limit="1")
    second = client.get(first["next"]).json()
    assert (first["count"], first["previous"], second["next"]) == (2, None, None)
    assert [area["code"] for page in (first, second) for area in page["results"]] == ["000", "791"]
