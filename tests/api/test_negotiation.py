"""In which form, of which moment, and whether at all: what the headers and `as_of` mean."""

import pytest

from indicators.files.xlsx_stream import MEDIA_TYPE
from tests.api.conftest import at, cell, deliver

pytestmark = pytest.mark.django_db
FILES = {"text/csv": "text/csv; charset=utf-8", MEDIA_TYPE: MEDIA_TYPE}


@pytest.mark.parametrize(
    "address", ["/api/v1/areas/", "/api/v1/observations/", "/api/v1/observations/?known_since=2019-01-01"]
)
@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        *FILES.items(),
        ("text/csv;q=0.5, application/json", "application/json"),
        ("text/csv, application/json;q=0.5", "text/csv; charset=utf-8"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/json"),
        ("application/problem+json", "application/json"),
        ("", "application/json"),
    ],
)
def test_accept_chooses_the_form(client, figures, address, accept, kind):
    answer = client.get(address, headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)


@pytest.mark.parametrize(("accept", "form"), [("text/csv", "json"), ("image/png", "json"), ("text/csv", "columnar")])
def test_format_counts_for_more_than_accept(client, figures, accept, form):
    answer = client.get("/api/v1/observations/", {"format": form}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")


def test_what_cannot_be_had_is_refused_naming_what_can(client, areas):
    answer = client.get("/api/v1/areas/", headers={"Accept": "image/png"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (406, "application/problem+json")
    assert {"application/json", "text/csv", MEDIA_TYPE} <= set(answer.json()["allowed"])
    one = client.get("/api/v1/areas/791/", headers={"Accept": "text/csv"})
    assert (one.status_code, "text/csv" in one.json()["allowed"]) == (406, False)


def test_a_day_means_its_end_however_it_is_written(client, indicator):
    deliver(cell("2020-07", "8.0"), known=at(2020, 9, 5, 0))
    deliver(cell("2020-07", "8.1"), known=at(2020, 9, 5, 12))
    for day in ("2020-09-05", "20200905"):
        (row,) = client.get("/api/v1/observations/", {"as_of": day}).json()["results"]
        assert row["value"] == 8.1, day


@pytest.mark.parametrize(
    "text", ["2020-W37", "2020-W37-1", "2020W371", "2020-249", "2020-09", "20200905T12", "2020-09-05T12"]
)
def test_other_ways_to_write_a_day_are_refused(client, areas, text):
    answer = client.get("/api/v1/observations/", {"as_of": text})
    assert (answer.status_code, answer.json()["parameter"]) == (400, "as_of")


@pytest.mark.parametrize(
    "text", ["2020-09-15T12:00", "2020-09-15T12:00:00", "2020-09-15T12:00:00.123456+02:00", "2020-09-15T10:00:00Z"]
)
def test_an_instant_is_understood(client, areas, text):
    assert client.get("/api/v1/observations/", {"as_of": text}).status_code == 200


@pytest.mark.parametrize("form", ["{weak}", "{strong}", '"x", {weak}', 'W/"x" , {strong},"y"', "*"])
def test_who_has_the_answer_is_told_so_however_it_is_asked(client, figures, form):
    weak = client.get("/api/v1/observations/").headers["ETag"]
    names = form.format(weak=weak, strong=weak.removeprefix("W/"))
    answer = client.get("/api/v1/observations/", headers={"If-None-Match": names})
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", weak)


@pytest.mark.parametrize("form", ['"x"', 'W/"x", "y"', "{bare}", '"{bare}x"'])
def test_who_has_another_gets_this_one(client, figures, form):
    bare = client.get("/api/v1/observations/").headers["ETag"].removeprefix('W/"').removesuffix('"')
    answer = client.get("/api/v1/observations/", headers={"If-None-Match": form.format(bare=bare)})
    assert answer.status_code == 200


def test_any_answer_is_none_where_there_is_none(client, areas):
    assert client.get("/api/v1/areas/999/", headers={"If-None-Match": "*"}).status_code == 404
    assert client.get("/api/v1/areas/", {"limit": 1}, headers={"If-None-Match": "*"}).status_code == 304
