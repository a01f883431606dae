"""The same numbers in five forms: rows, columns, CSV for Danish Excel, JSON-stat and a spreadsheet."""

import csv
import io
import json

import openpyxl
import pytest

from indicators.queries import columns
from tests.api.conftest import ON_BENEFITS, at, cell, deliver, make_indicator

ADDRESS = "/api/v1/observations/"


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def varied(indicator):
    """Two areas, a breakdown, a gap with its reason, a provisional month, and a revision."""
    deliver(cell("2020-06", "8.25"), cell("2020-07", None, missing=2), cell("2020-06", "7", area="000"),
            known=at(2020, 9, 1, 6))  # fmt: skip
    deliver(cell("2020-06", "8.2"), cell("2020-08", "-0.5", provisional=True), known=at(2020, 10, 1, 6))
    deliver(cell("2020-06", "1000", breakdown="alder=18-29"), known=at(2020, 10, 2, 6))
    return indicator


def rows(client) -> list[dict]:
    return json.loads(body(client.get(ADDRESS)))["results"]


def test_columnar_holds_the_same_as_the_rows(client, varied):
    answer = json.loads(body(client.get(ADDRESS, {"format": "columnar"})))
    unrolled = [
        {
            "indicator": series["indicator"], "area": series["area"], "breakdown": series["breakdown"],
            "period": period, "value": value, "missing": series["missing"].get(period),
            "provisional": period in series["provisional"], "synthetic": series["synthetic"],
            "known_from": answer["batches"][batch]["known_from"], "known_to": None,
            "source": answer["batches"][batch]["source"], "batch": batch,
        }
        for series in answer["series"]
        for period, value, batch in zip(series["period"], series["value"], series["batch"], strict=True)
    ]  # fmt: skip
    assert unrolled == rows(client)


def test_csv_opens_right_in_danish_excel(client, varied):
    answer = client.get(ADDRESS, {"format": "csv"})
    text = body(answer).decode()
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert text.startswith("\ufeffindicator;area;breakdown;period;value;")
    table = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [(row["period"], row["value"], row["missing"]) for row in table] == [
        ("2020-06", "8,2", ""), ("2020-07", "", "not_published"), ("2020-08", "-0,5", ""),
        ("2020-06", "7", ""), ("2020-06", "1000", ""),
    ]  # fmt: skip


def test_a_spreadsheet_holds_numbers_as_numbers_and_codes_as_texts(client, varied):
    answer = client.get(ADDRESS, {"format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(body(answer))).active
    table = [
        dict(zip([c.value for c in sheet[1]], [c.value for c in line], strict=True)) for line in sheet.iter_rows(2)
    ]
    assert [(row["area"], row["period"], row["value"]) for row in table] == [
        ("791", "2020-06", 8.2), ("791", "2020-07", None), ("791", "2020-08", -0.5),
        ("000", "2020-06", 7), ("791", "2020-06", 1000),
    ]  # fmt: skip


def test_json_stat_is_a_cube_of_area_breakdown_and_time(client, varied):
    cube = client.get(ADDRESS, {"format": "jsonstat", "indicator": ON_BENEFITS}).json()
    assert (cube["version"], cube["class"], cube["id"], cube["size"]) == (
        "2.0", "dataset", ["area", "alder", "period"], [2, 2, 3],
    )  # fmt: skip

    def at_place(area: str, age: str, period: str):
        place = 0
        for name, size, category in zip(cube["id"], cube["size"], (area, age, period), strict=True):
            place = place * size + cube["dimension"][name]["category"]["index"].index(category)
        return cube["value"].get(str(place)), cube["status"].get(str(place))

    assert at_place("791", "I alt", "2020-06") == (8.2, None)
    assert at_place("791", "I alt", "2020-07") == (None, "not_published")
    assert at_place("791", "I alt", "2020-08") == (-0.5, "provisional")
    assert at_place("000", "I alt", "2020-06") == (7, None)
    assert at_place("791", "18-29", "2020-06") == (1000, None)


def test_json_stat_asks_for_one_indicator(client, varied):
    assert client.get(ADDRESS, {"format": "jsonstat"}).json()["parameter"] == "format"


@pytest.mark.parametrize("form", ["csv", "columnar", "xlsx"])
def test_limit_holds_in_every_form(client, varied, form):
    assert len(body(client.get(ADDRESS, {"format": form, "limit": 1}))) < len(
        body(client.get(ADDRESS, {"format": form}))
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_was_recorded_since_comes_as_a_file_too(client, varied, form):
    answer = client.get(ADDRESS, {"format": form, "known_since": "2020-09-15", "limit": 2})
    assert 'rel="next"' in answer.headers["Link"]
    assert answer.headers["Content-Disposition"].endswith(f'.{form}"')
    assert body(answer)


@pytest.mark.parametrize("form", ["columnar", "jsonstat"])
def test_what_was_recorded_since_has_no_such_form(client, varied, form):
    assert client.get(ADDRESS, {"format": form, "known_since": "2020-09-15"}).json()["allowed"] == [
        "csv",
        "json",
        "xlsx",
    ]


def test_small_counts_are_withheld_in_every_form(client, areas):
    make_indicator("faa", unit="count", min_count=5)
    deliver(cell("2020-07", "4", code="faa"), cell("2020-08", "41", code="faa"), known=at(2020, 9, 1))
    for form in ("json", "columnar", "csv", "jsonstat"):
        text = body(client.get(ADDRESS, {"indicator": "faa", "format": form})).decode()
        assert "below_min_count" in text and "41" in text
        assert ":4," not in text and ":4}" not in text and "[4" not in text and ";4;" not in text, form


def test_large_answers_are_sent_while_they_are_made_and_hold_all(client, indicator, monkeypatch):
    monkeypatch.setattr(columns, "FIRST_ROUND", 2)
    deliver(*[cell("2020-07", str(n), breakdown=f"hold={n:02}") for n in range(20)], known=at(2020, 9, 1))
    answer = client.get(ADDRESS, {"limit": 6000})
    assert answer.streaming
    assert [row["value"] for row in json.loads(body(answer))["results"]] == list(range(20))


def test_pages_of_every_size_hold_everything_once(client, varied):
    whole = rows(client)
    for limit in range(1, 6):
        pages = [client.get(ADDRESS, {"limit": limit}).json()]
        while pages[-1]["next"]:
            pages.append(client.get(pages[-1]["next"]).json())
        assert [row for page in pages for row in page["results"]] == whole


@pytest.mark.parametrize("resource", ["plans", "areas", "indicators", "initiatives", "partners", "targets", "goals"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_list_comes_as_a_file(client, goal_2, initiative, resource, form):
    answer = client.get(f"/api/v1/{resource}/", {"format": form})
    (first, *_) = client.get(f"/api/v1/{resource}/").json()["results"]
    if form == "csv":
        table = list(csv.reader(io.StringIO(body(answer).decode("utf-8-sig")), delimiter=";"))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(body(answer))).active
        table = [[c.value for c in line] for line in sheet.iter_rows()]
    assert table[0] == [name for name in first if name != "urls"]
    assert table[1][0] == str(next(iter(first.values())))


def test_an_empty_list_as_a_file_still_names_its_columns(client, areas):
    assert body(client.get("/api/v1/partners/", {"format": "csv"})).decode("utf-8-sig").startswith("slug;name;type")
