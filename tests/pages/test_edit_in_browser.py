"""Editing as a person does it, in a real browser: J3's last part, J8 and J12; with and without script."""

from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Page, expect

from accounts.demo_users import DEMO_PASSWORD
from tests.plugins.browser import AT_EVERY_SIZE, DESKTOP, PHONE, TABLET_LANDSCAPE, VIEWPORTS, keep_picture, open_window
from tests.plugins.portal import serving_demo

EDITOR, COLLEAGUE = "secretary@demo.viborg.example", "data-officer@demo.viborg.example"
PLAN = "/planer/beskaeftigelsesplan-2020/"
GOAL, THEN = f"{PLAN}maal/4/", "?kendt=2021-06-01"
MARKER = "svg.chart--wide .g-marker"
OUTCOMES = {2: "changed", 9: "dropped"}  # all others are continued
FORMS = {
    "redaktion": "/redaktion/",
    "rediger-plan": f"{PLAN}rediger/",
    "rediger-maal": f"{PLAN}rediger/maal/4/",
    "nyt-maaltal": f"{PLAN}rediger/maal/4/m04a/maaltal/",
    "kopier-plan": f"{PLAN}rediger/kopier/",
    "afklar-q1": "/redaktion/afklar/tillaeg-2020/Q1/",
    "afklar-q2": "/redaktion/afklar/beskaeftigelsesplan-2020/Q2/",
    "rediger-indsats": "/indsatser/task-force-viborg/rediger/",
    "rediger-maalsaetning": "/planer/beskaeftigelsesplan-2021/rediger/maalsaetning/1.4/",
}


@pytest.fixture(scope="module")
def portal(demo_template) -> Iterator[str]:
    """One of its own: these tests change plans."""
    with serving_demo("editing_by_hand", demo_template) as address:
        yield address


def log_in(page: Page, path: str, who: str) -> None:
    page.goto(f"/log-ind/?next={path}")
    page.fill("#id_username", who)
    page.fill("#id_password", DEMO_PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    page.wait_for_url(f"**{path}")


@pytest.fixture
def logged_in_at(page_at):
    def open_page(path: str, viewport=DESKTOP, who: str = EDITOR, **options) -> Page:
        page = page_at(viewport, "/log-ind/", **options)
        log_in(page, path, who)
        return page

    return open_page


def test_every_form_is_accessible_and_fits_every_screen(logged_in_at, axe):
    page = logged_in_at("/redaktion/")
    for name, path in FORMS.items():
        page.set_viewport_size(DESKTOP)
        page.goto(path)
        assert page.locator("h1").count() == 1
        assert axe(page) == [], name
        for size, viewport in VIEWPORTS.items():
            page.set_viewport_size(viewport)
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], (name, size)
            keep_picture(page, f"{name}-{size}")


def test_what_is_wrong_is_told_accessibly(logged_in_at, axe):
    page = logged_in_at(FORMS["rediger-maal"], PHONE)
    page.fill("[name=title]", "")
    page.get_by_role("button", name="Gem").click()
    page.get_by_role("alert").get_by_role("link", name="Målet").click()
    expect(page.locator("[name=title]")).to_be_focused()
    assert axe(page) == []


def test_the_day_of_adoption_brings_the_marker_and_leaves_earlier_views_alone(logged_in_at, page_at):
    """J3, its last part, without script."""
    reader = page_at(DESKTOP, GOAL + THEN)
    assert reader.locator(MARKER).count() == 0
    before = reader.content()

    page = logged_in_at("/redaktion/", java_script_enabled=False)
    page.get_by_test_id("tally").get_by_role("link", name="Spørgsmål, der skal afklares").click()
    page.get_by_test_id("gaps-afklares").get_by_role("link", name="Hvornår blev de nye mål vedtaget").click()
    page.get_by_label("Svar", exact=True).fill("De nye mål blev vedtaget den 25. august 2020.")
    page.get_by_label("Kilde", exact=True).fill("Referat, sag 20/1")
    page.get_by_label("Vedtaget den").fill("2020-08-25")
    page.get_by_role("button", name="Se virkningen").click()
    expect(page.get_by_test_id("headline")).to_have_text("Ingen vurdering ændrer sig")
    page.get_by_role("button", name="Gem").click()
    page.wait_for_url("**/redaktion/")

    reader.goto(GOAL)
    assert reader.locator(MARKER).count() == 2  # one for each measure
    expect(reader.locator("svg.chart--wide").first).to_contain_text("25.08.2020")
    keep_picture(reader, "maal-4-med-dato")
    reader.goto(GOAL + THEN)
    assert reader.content() == before
    assert reader.locator(MARKER).count() == 0


def test_an_answer_that_moves_verdicts_shows_which_before_it_is_saved(logged_in_at):
    page = logged_in_at(FORMS["afklar-q2"], TABLET_LANDSCAPE)
    page.get_by_label("Svar", exact=True).fill("Årets gennemsnit.")
    page.get_by_label("Kilde", exact=True).fill("Mail fra økonomi")
    page.get_by_label("gennemsnittet af periodens tal").check()
    page.get_by_role("button", name="Se virkningen").click()
    told = page.get_by_test_id("effect").locator("tbody tr")
    expect(told).not_to_have_count(0)
    keep_picture(page, "virkning-tablet")
    page.get_by_role("button", name="Ret").click()
    expect(page.get_by_label("Svar", exact=True)).to_have_value("Årets gennemsnit.")
    assert page.get_by_label("gennemsnittet af periodens tal").is_checked()


def test_what_is_missing_is_listed_by_owner_and_can_be_fetched(logged_in_at, page_at):
    """J8: the numbers are the front page's."""
    front = page_at(DESKTOP, "/").get_by_test_id("freshness").inner_text()
    page = logged_in_at("/redaktion/", who=COLLEAGUE)
    missing = page.get_by_test_id("gaps-status").locator("li").count()
    assert f"{missing} af 34 indsatser mangler status" in front
    for key in ("maal", "ansvar", "tal", "afklares"):
        assert page.get_by_test_id(f"gaps-{key}").locator("h3").is_visible()
    assert page.get_by_test_id("gaps-afklares").locator("a").count() == 0  # a colleague reads, and does not answer
    owner = page.locator("#ansvarlig option").nth(1).inner_text()
    page.select_option("#ansvarlig", owner)
    page.get_by_role("button", name="Vis").click()
    page.wait_for_url("**ansvarlig=*")
    assert set(page.locator(".gap-list li .small").all_inner_texts()) and all(
        text.startswith(owner) for text in page.locator(".gap-list li .small").all_inner_texts()
    )
    with page.expect_download() as file:
        page.get_by_role("link", name="Hent listerne som CSV").click()
    assert file.value.path().read_bytes().startswith(b"\xef\xbb\xbfListe;Hvad;")


@pytest.fixture(scope="module")
def editors(browser, portal) -> Iterator[dict[bool, Page]]:
    """An editor with script and one without, logged in once for all sizes."""
    windows = {script: open_window(browser, portal, java_script_enabled=script) for script in (True, False)}
    for window in windows.values():
        log_in(window.page, "/redaktion/", EDITOR)
    yield {script: window.page for script, window in windows.items()}
    assert [line for window in windows.values() for line in window.close()] == []


@pytest.fixture(scope="module")
def reworded(editors) -> None:
    """Objective 1.4 has another name from 2022 on."""
    page = editors[True]
    page.goto(FORMS["rediger-maalsaetning"])
    page.get_by_label("Ordlyd").fill("Flere unge skal have en uddannelse")
    page.get_by_label("Gælder fra").fill("2022-01-01")
    page.get_by_role("button", name="Gem").click()
    expect(page.locator(".told")).to_be_visible()


YEARS = iter(range(2022, 2100))  # each size publishes a plan of its own


@AT_EVERY_SIZE
def test_a_plan_is_copied_and_published_and_a_dropped_goal_stays_readable(editors, page_at, portal, viewport, script):
    """J12."""
    year, page = next(YEARS), editors[script]
    page.set_viewport_size(viewport)
    page.goto(FORMS["kopier-plan"])
    page.locator("[name=year]").fill(str(year))
    page.locator("[name=title]").fill(f"Beskæftigelsesplan {year}")
    for number in range(1, 11):
        page.locator(f"select[name=outcome-{number}]").select_option(OUTCOMES.get(number, "continued"))
    page.get_by_role("button", name="Lav kladden").click()
    page.wait_for_url(f"**/planer/beskaeftigelsesplan-{year}/rediger/")
    expect(page.get_by_test_id("successions")).to_contain_text("udgået")
    keep_picture(page, f"kladde-{year}")

    assert f"beskaeftigelsesplan-{year}" not in requests.get(f"{portal}/planer/", timeout=30).text
    page.get_by_role("link", name="Udgiv planen").click()
    page.get_by_role("button", name="Udgiv").click()
    page.wait_for_url(f"**/planer/beskaeftigelsesplan-{year}/rediger/")
    reader = page_at(viewport, f"/planer/beskaeftigelsesplan-{year}/", java_script_enabled=script)
    told = reader.get_by_test_id("succession")
    for word in ("Videreført", "Ændret", "Udgået"):
        expect(told).to_contain_text(word)
    reader.goto(f"{PLAN}maal/9/")
    expect(reader.get_by_test_id("succession").first).to_contain_text("udgået")
    assert reader.get_by_test_id("latest").first.is_visible()
    assert "Nået" in reader.get_by_test_id("status-revised").first.inner_text()


@AT_EVERY_SIZE
def test_an_objective_bears_the_name_of_the_day_that_is_looked_at(reworded, page_at, viewport, script):
    """J12."""
    page = page_at(viewport, "/maalsaetninger/", java_script_enabled=script)
    objective = page.get_by_test_id("objective").filter(has_text="1.4")
    expect(objective).to_contain_text("Flere unge skal have en uddannelse")
    page.goto("/maalsaetninger/?kendt=2021-06-01")
    expect(objective).to_contain_text("90 % af unge har taget")
    expect(objective).not_to_contain_text("Flere unge skal have en uddannelse")
    expect(page.get_by_test_id("priorities")).to_contain_text("afklares")
    expect(page.get_by_test_id("priorities")).not_to_contain_text("nej")
