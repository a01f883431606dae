"""What HTTP promises: 304 without a query, copies that a write makes old, links, other origins, limits."""

import gzip

import pytest

from indicators import data_version
from indicators.queries import column_sql
from tests.api.conftest import at, cell, deliver
from viborg_plan.http import response_cache

ADDRESS = "/api/v1/observations/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def no_copying_out(monkeypatch):
    """Numbers are copied out of PostgreSQL, which Django does not count as a query: from here on it fails."""

    def forbid():
        monkeypatch.delattr(column_sql, "_copied_out")

    return forbid


def test_an_unchanged_answer_is_304_without_asking_the_database(
    client, figures, django_assert_num_queries, no_copying_out
):
    tag = client.get(ADDRESS).headers["ETag"]
    no_copying_out()
    with django_assert_num_queries(0):
        answer = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_the_second_reader_gets_a_copy_without_asking_the_database(
    client, figures, django_assert_num_queries, no_copying_out, monkeypatch, elsewhere
):
    """Also in another process, where it took long enough to make."""
    monkeypatch.setattr(response_cache, "QUICK", -1)
    first = client.get(ADDRESS)
    if elsewhere:
        response_cache._near.clear()
    no_copying_out()
    with django_assert_num_queries(0):
        second = client.get(ADDRESS)
    assert (second.content, second.headers["Content-Type"]) == (first.content, first.headers["Content-Type"])


def test_a_new_delivery_makes_copies_and_tags_old(client, figures):
    before = client.get(ADDRESS)
    deliver(cell("2020-07", "8.2"), known=at(2020, 11, 1))
    after = client.get(ADDRESS, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.json()["results"][-1]["value"] == 8.2


def test_tags_differ_by_what_is_asked(client, figures):
    tags = {client.get(ADDRESS, query).headers["ETag"] for query in ({}, {"limit": 5}, {"as_of": "2020-09-15"})}
    assert len(tags) == 3


def test_an_error_is_neither_tagged_nor_copied(client, figures):
    assert "ETag" not in client.get(ADDRESS, {"color": "red"}).headers


def test_readers_may_keep_an_answer_for_five_seconds(client, figures):
    answer = client.get(ADDRESS)
    assert answer.headers["Cache-Control"] == "public, max-age=5, must-revalidate"
    assert {"Accept", "Accept-Encoding", "Authorization"} <= set(answer.headers["Vary"].split(", "))


def test_without_a_cache_everything_is_still_answered(client, figures, monkeypatch):
    monkeypatch.setattr(data_version, "cache", Gone())
    monkeypatch.setattr("viborg_plan.http.response_cache.cache", Gone())
    answer = client.get(ADDRESS)
    assert answer.status_code == 200 and "ETag" not in answer.headers


class Gone:
    def __getattr__(self, name):
        def gone(*args, **kwargs):
            raise ConnectionError

        return gone


def test_answers_are_compressed_for_whoever_can_read_it(client, figures):
    for _ in ("made", "copied"):
        answer = client.get("/api/v1/schema/", headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert b"openapi" in gzip.decompress(answer.content)
    assert "Content-Encoding" not in client.get("/api/v1/schema/").headers


@pytest.mark.parametrize("address", [ADDRESS, "/api/v1/areas/", f"{ADDRESS}?known_since=2019-01-01"])
def test_a_page_links_to_the_next(client, figures, address):
    answer = client.get(address, {"limit": "1"} | dict(pair.split("=") for pair in address.split("?")[1:]))
    assert answer.headers["Link"] == f'<{answer.json()["next"]}>; rel="next"'


def test_a_later_page_links_back(client, areas):
    assert 'rel="prev"' in client.get("/api/v1/areas/?limit=1&offset=1").headers["Link"]


def test_every_origin_may_read(client, figures):
    for address in (ADDRESS, "/api/v1/nope/", "/api/v1/schema/"):
        headers = client.get(address, headers={"Origin": "https://avis.example"}).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get("/").headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_before_another_origin_reads_it_is_told_that_it_may(client):
    asked = {"Origin": "https://avis.example", "Access-Control-Request-Method": "GET"}
    answer = client.options(ADDRESS, headers=asked)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


def test_options_name_what_can_be_done(client, areas):
    assert client.options("/api/v1/areas/").headers["Allow"] == "GET, HEAD, OPTIONS"
    assert client.options("/api/v1/status-updates/").headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert client.options("/api/v1/nope/").status_code == 404


def test_head_tells_what_get_would_without_the_body(client, figures):
    told, whole = client.head(ADDRESS), client.get(ADDRESS)
    assert (told.status_code, told.content) == (200, b"")
    assert told.headers["ETag"] == whole.headers["ETag"]
    assert told.headers["Content-Type"] == whole.headers["Content-Type"]


@pytest.fixture
def three_a_minute(settings, monkeypatch):
    settings.API_REQUESTS_PER_MINUTE = 3
    monkeypatch.setattr("viborg_plan.http.api_access.time.time", lambda: 1_600_000_000.0)


def test_who_asks_too_often_is_told_when_to_come_back(client, areas, three_a_minute):
    answers = [client.get(f"/api/v1/areas/?limit={number}", REMOTE_ADDR="10.1.1.1") for number in range(1, 5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert (answers[3].headers["Content-Type"], answers[3].headers["Retry-After"]) == ("application/problem+json", "20")
    assert client.get("/api/v1/areas/", REMOTE_ADDR="10.1.1.2").status_code == 200


def test_asking_whether_something_changed_does_not_count(client, areas, three_a_minute):
    tag = client.get("/api/v1/areas/", REMOTE_ADDR="10.1.1.3").headers["ETag"]
    answers = [client.get("/api/v1/areas/", headers={"If-None-Match": tag}, REMOTE_ADDR="10.1.1.3") for _ in range(9)]
    assert {answer.status_code for answer in answers} == {304}
