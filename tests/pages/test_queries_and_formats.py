"""Pages from the inside: how many queries they ask, what they send, and what they refuse."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from indicators import periods
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.queries.deliveries import shown_deliveries
from indicators.store import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]

LIMITS = {
    "/": 3,
    "/en/": 3,
    "/?kendt=2020-09-15": 3,
    "/?vis=ikke-naaet": 3,
    "/planer/": 1,
    "/planer/beskaeftigelsesplan-2020/": 13,
    "/planer/beskaeftigelsesplan-2021/": 25,  # one of them asks for goals without a measure, where no goal has one
    "/planer/beskaeftigelsesplan-2020/maal/4/": 15,
    "/en/planer/beskaeftigelsesplan-2020/maal/4/": 15,
    "/aendringer/?fra=2020-09-15&til=2021-03-01": 10,
    "/aendringer/?kendt=2021-12-31": 14,  # and four that look for the last news
    "/om-tallene/rettelser/": 3,
    "/maalsaetninger/": 8,
    "/maalsaetninger/?maalgruppe=veteraner": 8,
    "/indsatser/": 10,
    "/indsatser/task-force-viborg/": 6,
    "/partnere/mercantec/": 7,
    "/indikatorer/": 2,
    "/indikatorer/ledige-antal/": 6,
    "/sammenlign/": 7,
    "/udforsk/": 3,
    "/planer/beskaeftigelsesplan-2020/maalepunkter/": 3,
    "/forbundne-kar/": 4,
    "/om-tallene/": 0,
}


@pytest.mark.parametrize("path", LIMITS)
def test_a_page_asks_few_queries_once_and_none_until_something_is_written(
    client, django_assert_max_num_queries, django_assert_num_queries, path
):
    shown_deliveries()  # each process remembers them until the next delivery
    with django_assert_max_num_queries(LIMITS[path]):
        first = client.get(path)
    with django_assert_num_queries(0):
        second = client.get(path)
    assert (first.status_code, second.content) == (200, first.content)


@pytest.mark.parametrize(
    "path", ["/", "/en/", "/planer/beskaeftigelsesplan-2020/maal/4/", "/indsatser/", "/indikatorer/"]
)
def test_a_public_page_sets_no_cookie_and_is_guarded(client, path):
    answer = client.get(path)
    assert not answer.cookies
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"style=" not in answer.content


@pytest.mark.parametrize("text", ["2099-01-01", "i går", "2020-02-30"])
@pytest.mark.parametrize(
    "path", ["/", "/planer/", "/indsatser/", "/indikatorer/ledige-antal/", "/sammenlign/", "/om-tallene/"]
)
def test_a_day_that_cannot_be_shown_is_refused_with_a_way_on(client, path, text):
    answer = client.get(path, {"kendt": text})
    assert answer.status_code == 400
    assert b'name="kendt"' in answer.content


@pytest.mark.parametrize(
    "path",
    [
        "/planer/findes-ikke/",
        "/planer/beskaeftigelsesplan-2020/maal/0/",
        "/planer/beskaeftigelsesplan-2020/maal/11/",
        "/planer/beskaeftigelsesplan-2020/maal/4/m02.csv",
        "/planer/beskaeftigelsesplan-2021/?kendt=2020-06-01",
        "/indsatser/task-force-viborg/?kendt=2020-06-01",
        "/indikatorer/findes-ikke/",
        "/partnere/findes-ikke/",
    ],
)
def test_what_does_not_exist_or_did_not_yet_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_links_keep_the_day(client):
    page = client.get("/planer/beskaeftigelsesplan-2020/maal/4/?kendt=2021-02-01").content.decode()
    assert "/indsatser/task-force-viborg/?kendt=2021-02-01" in page
    assert "m04a.csv?kendt=2021-02-01" in page


@pytest.mark.parametrize("path", ["/sammenlign/", "/forbundne-kar/", "/planer/beskaeftigelsesplan-2020/maalepunkter/"])
def test_a_page_gives_the_link_that_shows_the_same_again(client, path):
    page = client.get(path).content.decode()
    link = re.search(r'href="([^"]*)" data-testid="permanent"', page)[1]
    assert link == f"{path}?kendt={timezone.localdate().isoformat()}"
    again = client.get(link).content.decode()
    assert re.search("(?s)<h1.*?</h1>", page)[0] == re.search("(?s)<h1.*?</h1>", again)[0]


def test_the_way_back_to_now_keeps_what_was_chosen(client):
    chosen = "/sammenlign/?indikator=kontanthjaelp-pct-befolkning&gruppe=landkommuner"
    page = unescape(client.get(f"{chosen}&kendt=2026-09-01").content.decode())
    assert f'href="{chosen}">Vis det, vi ved nu</a>' in page
    assert f'href="{chosen}&kendt=2026-09-01" data-testid="permanent"' in page


def test_a_strategy_is_not_said_to_run_for_the_year_of_the_plan_it_frames(client):
    assert "Gælder 01.01.2020" in client.get("/planer/beskaeftigelsesplan-2020/").content.decode()
    assert "Gælder 01.01.2015" not in client.get("/planer/beskaeftigelsesstrategi-2015/").content.decode()


def test_a_goals_csv_follows_the_day(client):
    path = "/planer/beskaeftigelsesplan-2020/maal/2/m02.csv"
    then, now = client.get(path + "?kendt=2020-09-15").content.decode(), client.get(path).content.decode()
    assert "juli 2020" in then and "november 2020" not in then
    assert "november 2020" in now


def test_initiatives_can_be_filtered_and_the_gaps_are_shown_without_a_filter(client):
    everything = client.get("/indsatser/").content.decode()
    assert everything.count('data-testid="initiative"') == 34
    assert "Ingen indsatser i planen endnu." in everything
    uncertain = everything.split("<span>1.2</span>")[1].split("</section>")[0]
    assert "Fritidsjob til unge" in uncertain and "mulig placering" in uncertain and "Ingen" not in uncertain
    veterans = client.get("/indsatser/?maalgruppe=veteraner").content.decode()
    assert veterans.count('data-testid="initiative"') == 1
    assert "Ingen indsatser i planen endnu." not in veterans
    assert "Ingen indsatser passer til valget" in client.get("/indsatser/?partner=findes-ikke").content.decode()


def test_an_error_of_ours_is_a_page_of_ours(monkeypatch):
    monkeypatch.setattr("viborg_plan.pages.views.plan_status", lambda *args: 1 / 0)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert "Noget gik galt" in answer.content.decode()


def test_the_accessibility_statement_is_one_step_away(client, settings):
    assert client.get("/was")["Location"] == settings.WAS_URL


@pytest.mark.parametrize(
    ("indicator", "area", "period", "page"),
    [
        ("ledige-antal", "791", "2026M08", "/indikatorer/ledige-antal/"),
        ("ledige-antal", "000", "2026M08", "/indikatorer/ledige-antal/"),
        ("ledige-pct-befolkning", "791", "2020M11", "/planer/beskaeftigelsesplan-2020/maal/10/"),
        ("ledige-pct-befolkning", "791", "2019M11", "/planer/beskaeftigelsesplan-2020/maal/10/"),
        ("ledige-pct-befolkning", "791", "2021M03", "/planer/beskaeftigelsesplan-2020/maal/10/"),
    ],
)
def test_one_new_figure_alone_breaks_no_page(client, indicator, area, period, page):
    _, month = periods.parse(period)
    write.save(frame_of([Cell(SeriesKey(indicator, area), month, Decimal("2.0"))]), source="file", name="test")
    for path in (page, "/", "/indikatorer/", f"/indikatorer/{indicator}/", f"/indikatorer/{indicator}.csv"):
        assert client.get(path).status_code == 200, path
    # A newer month of the country makes Viborg's July final by this file, which does not give that number.
    assert ("indlæst fra fil" in client.get(page).content.decode()) == (area == "791")


def test_a_date_of_publication_is_that_of_most_measures(client):
    _, month = periods.parse("2020M11")
    key = SeriesKey("ledige-pct-befolkning", "791")
    write.save(frame_of([Cell(key, month, Decimal("2.0"))]), source="file", name="test")
    assert "offentliggjort 05.02.2021" in client.get("/").content.decode()
