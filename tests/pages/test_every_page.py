"""Every page type: accessible, readable at every size, whole in print."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
import requests
from playwright.sync_api import Page

from tests.pages.telling import AREA, PERIOD, WITHOUT_FIGURES, figures_without
from tests.plugins.browser import DESKTOP, PHONE, TABLET_LANDSCAPE, VIEWPORTS, keep_picture

PAGES = {
    "forside": "/",
    "forside-ikke-naaet": "/?vis=ikke-naaet",
    "forside-kendt": "/?kendt=2020-09-15",
    "planer": "/planer/",
    "plan": "/planer/beskaeftigelsesplan-2020/",
    "tillaeg": "/planer/tillaeg-2020/",
    "plan-2021": "/planer/beskaeftigelsesplan-2021/",
    "strategi": "/planer/beskaeftigelsesstrategi-2015/",
    "ministermaal": "/planer/ministermaal-2018/",
    "maal-1": "/planer/beskaeftigelsesplan-2020/maal/1/",
    "maal-4": "/planer/beskaeftigelsesplan-2020/maal/4/",
    "maal-8": "/planer/beskaeftigelsesplan-2020/maal/8/",
    "maal-uden-tal": "/planer/ministermaal-2018/maal/1/",
    "maalsaetninger": "/maalsaetninger/",
    "maalsaetninger-filter": "/maalsaetninger/?maalgruppe=veteraner",
    "indsatser": "/indsatser/",
    "indsatser-filter": "/indsatser/?maalgruppe=veteraner",
    "indsats": "/indsatser/task-force-viborg/",
    "partner": "/partnere/mercantec/",
    "hoeringer": "/hoeringer/",
    "hoering": "/hoeringer/beskaeftigelsesplan-2021/",
    "indikatorer": "/indikatorer/",
    "indikator": "/indikatorer/ledige-pct-arbejdsstyrken/",
    "indikator-demo": "/indikatorer/ledige-pct-befolkning/",
    "sammenlign": "/sammenlign/",
    "sammenlign-andet": "/sammenlign/?indikator=ordinaere-timer-pct&gruppe=landkommuner&periode=2025-01",
    "sammenlign-uden-tal": "/sammenlign/?kendt=2020-09-15",
    "udforsk": "/udforsk/?omraade=791,000,657,661,615,630,740,751",
    "maalepunkter": "/planer/beskaeftigelsesplan-2020/maalepunkter/",
    "forbundne-kar": "/forbundne-kar/",
    "moeder": "/moeder/",
    "moede": "/moeder/2021-02-18/",
    "ukendt-valg": "/sammenlign/?gruppe=naboer",
    "om-tallene": "/om-tallene/",
    "rettelser": "/om-tallene/rettelser/",
    "aendringer": "/aendringer/?fra=2020-09-15&til=2021-03-01",
    "aendringer-fejl": "/aendringer/?fra=2021-03-01&til=2020-09-15",
    "log-ind": "/log-ind/",
    "ukendt-dato": "/?kendt=i-morgen",
    "findes-ikke": "/findes-ikke/",
    "api-docs": "/api/v1/docs/",
    "data": "/data/",
}
WITH_PERIODS = {"forside", "maal-4", "maal-8", "aendringer", "indikator", "indikator-demo", "indikatorer"}
REFUSED = {"findes-ikke", "ukendt-dato", "ukendt-valg", "aendringer-fejl"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_named_tells_of_its_figures_and_fits_every_screen(page_at, axe, name):
    page = page_at(DESKTOP, PAGES[name])
    assert page.locator("h1").count() == 1
    assert page.title().endswith("Beskæftigelsesplan, Viborg Kommune")
    assert page.locator("html").get_attribute("lang") == "da"
    for size, viewport in VIEWPORTS.items():
        page.set_viewport_size(viewport)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], size
        if viewport in (DESKTOP, PHONE):
            keep_picture(page, f"{name}-{size}")
            assert axe(page) == []
    if name not in WITHOUT_FIGURES:
        assert figures_without(page, AREA) == []
    if name in WITH_PERIODS:
        assert figures_without(page, PERIOD) == []
    if name != "api-docs":
        assert_nothing_is_lost_at_twice_the_size(page)


def assert_nothing_is_lost_at_twice_the_size(page: Page) -> None:
    """A browser that enlarges to 200 % has half the pixels; 320 is what a phone may be left with."""
    page.set_viewport_size(TABLET_LANDSCAPE)
    headings = page.locator("main h1, main h2").all_inner_texts()
    rows = page.get_by_test_id("goal-row").count()
    for width, height in ((683, 384), (512, 345), (384, 475), (320, 422)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("main h1, main h2").all_inner_texts() == headings
        assert page.locator("[data-testid=goal-row]:visible").count() == rows


@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_is_accessible_and_fits_every_screen(page_at, axe, name):
    page = page_at(DESKTOP, f"/en{PAGES[name]}")
    assert page.title().endswith("Employment plan, Viborg Municipality")
    assert page.locator("html").get_attribute("lang") == "en"
    for size, viewport in VIEWPORTS.items():
        page.set_viewport_size(viewport)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], size
    keep_picture(page, f"en-{name}-{size}")
    assert axe(page) == []


def test_every_link_on_the_way_leads_somewhere(portal):
    with ThreadPoolExecutor(2) as pool, requests.Session() as reader:  # as many as the portal's own web workers

        def ask(path: str) -> requests.Response:
            return reader.get(portal + path, allow_redirects=False, timeout=60)

        pages = pool.map(ask, [path for name, path in PAGES.items() if name not in REFUSED])
        links = sorted({unescape(link) for page in pages for link in re.findall(r'<a [^>]*href="(/[^"#]*)', page.text)})
        answers = {path: answer.status_code for path, answer in zip(links, pool.map(ask, links), strict=True)}
    assert len(answers) > 200
    assert {path: status for path, status in answers.items() if status not in (200, 302)} == {}


def test_in_print_the_details_are_open_and_the_menu_is_gone(page_at):
    page = page_at(DESKTOP, PAGES["maal-4"])
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert page.get_by_test_id("table").first.locator("tbody tr").first.bounding_box()["height"] > 0


@pytest.mark.parametrize("name", ["forside", "plan", "maal-4", "indikator-demo", "indikatorer"])
def test_made_up_figures_are_marked_wherever_they_stand(page_at, name):
    assert "demotal" in page_at(DESKTOP, PAGES[name]).locator("main").inner_text()


def test_real_figures_name_their_source_and_are_not_marked(page_at):
    text = page_at(DESKTOP, PAGES["indikator"]).locator("main").inner_text()
    assert "Kilde: Jobindsats" in text
    assert "demotal" not in text
