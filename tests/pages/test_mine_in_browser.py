"""J7: six statuses by keyboard alone, and what the script must never lose.

They write on the portal that all browser tests share: what nobody approves, no public page shows, and each test has
a month of its own. `make races` types at the pace of a person; else the keys are the same without the pauses.
"""

import time

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.demo_users import DEMO_PASSWORD
from indicators import periods
from tests.long_form import at_length
from tests.plugins.browser import DESKTOP, PHONE, VIEWPORTS

PAUSE = 60 / 200  # seconds between two signs, for somebody who types 200 a minute
SENTENCE = "Fjorten unge er begyndt i praktik, og fire afventer svar nu."
WRITER = "status-writer@demo.viborg.example"
APPROVER, SECRETARY = "approver@demo.viborg.example", "secretary@demo.viborg.example"
ASSESSMENT = "/planer/beskaeftigelsesplan-2020/maal/4/m04a/vurdering/"


@pytest.fixture(scope="module")
def logged_in_as(browser, portal):
    """The cookies of a demo user who has logged in once."""
    known = {}

    def cookies_of(who: str):
        if who not in known:
            context = browser.new_context(base_url=portal)
            page = context.new_page()
            page.goto("/log-ind/")
            page.fill("#id_username", who)
            page.fill("#id_password", DEMO_PASSWORD)
            page.get_by_role("button", name="Log ind").click()
            page.wait_for_url("**/konto/")
            known[who] = context.cookies()
            context.close()
        return known[who]

    return cookies_of


@pytest.fixture
def at(page_at, logged_in_as):
    """`at("/mine/")` is the page as the writer sees it, logged in."""

    def open_page(path: str, viewport=DESKTOP, who: str = WRITER, **options) -> Page:
        return page_at(viewport, path, cookies=logged_in_as(who), **options)

    return open_page


def entry(page: Page):
    return page.locator("form.entry")


def month(back: int, slug: str = "task-force-viborg") -> str:
    """The page of an earlier month, so that each test has one of its own."""
    today = timezone.localdate()
    return f"/mine/{slug}/{periods.iso(periods.of(today.year, today.month) - back, 'M')}/"


class Keys:
    """Presses keys as a person does, one at a time, and counts those that are not the text."""

    def __init__(self, page: Page, pause: float) -> None:
        self.page, self.pause, self.pressed = page, pause, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += len(key.split("+"))
            time.sleep(self.pause)

    def type(self, text: str) -> None:
        """Without a pace to keep, the whole text is there at once."""
        if self.pause:
            self.page.keyboard.type(text, delay=self.pause * 1000)
        else:
            self.page.keyboard.insert_text(text)


def test_six_statuses_by_keyboard(at, record_property):
    page = at("/mine/")
    keys = Keys(page, PAUSE if at_length("RACES") else 0)
    begun = time.monotonic()
    for number in range(6):
        expect(entry(page).locator(":focus")).to_have_attribute("type", "radio")
        name, before = page.locator("#nu").inner_text(), keys.pressed
        keys.press("1" if number % 2 else "2", "Tab", "Control+a")
        keys.type(SENTENCE)
        assert page.locator("[data-preview-text]").inner_text() == SENTENCE
        keys.press("Control+Enter")
        expect(page.get_by_role("status").first).to_contain_text("er gemt: afventer godkendelse")
        assert keys.pressed - before <= 8, name
    seconds = time.monotonic() - begun
    expect(page.get_by_test_id("done")).to_have_text("6 af 6 er opdateret")
    assert seconds < 180
    record_property("figure", f"six statuses in {seconds:.0f} s, {keys.pressed / 6:.1f} keys each besides the text")


def test_a_draft_survives_the_page_says_so_and_esc_gives_the_saved_text_back(at):
    page = at(month(2))
    saved = page.locator("#tekst").input_value()
    page.locator("#tekst").fill("Halvt færdig")
    expect(page.locator("[data-draft]")).to_contain_text("Kladden er gemt")
    page.reload()
    expect(page.locator("#tekst")).to_have_value("Halvt færdig")
    expect(page.locator("[data-draft]")).to_contain_text("er hentet frem")
    page.locator("#tekst").press("Escape")
    expect(page.locator("#tekst")).to_have_value(saved)
    page.reload()
    expect(page.locator("#tekst")).to_have_value(saved)


def test_what_looks_like_a_civil_registration_number_is_not_kept_in_the_browser(at):
    page = at(month(2))
    page.locator("#tekst").fill("Ring til 010203-1234")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#tekst-fejl")).to_contain_text("CPR-nummer")
    assert "010203" not in page.evaluate("JSON.stringify(localStorage)") + page.content()


def test_what_is_typed_after_a_refusal_outlives_the_page(at):
    page = at(month(2))
    page.get_by_text("Forsinket", exact=True).click()
    page.locator("#tekst").fill("")
    page.locator("#tekst").press("Control+Enter")
    expect(page.locator("#tekst-fejl")).to_contain_text("Skriv hvorfor")
    page.locator("#tekst").fill("Puljen kom sent.")
    page.reload()
    expect(page.locator("#tekst-fejl")).to_be_visible()
    expect(page.locator("#tekst")).to_have_value("Puljen kom sent.")


def test_keys_are_told_only_where_there_is_a_keyboard(at):
    expect(at(month(2)).get_by_text("Ctrl Enter", exact=True)).to_be_visible()
    for options in ({"viewport": PHONE}, {"has_touch": True, "is_mobile": True}):
        page = at(month(2), **options)
        expect(page.get_by_role("button", name="Gem og næste")).to_be_visible()
        assert [key for key in page.locator("[data-keys]").all() if key.is_visible()] == []


def test_no_change_is_one_keystroke(at):
    page = at(month(3))
    expect(entry(page).locator(":focus")).to_have_attribute("type", "radio")
    page.keyboard.press("0")
    expect(page.get_by_role("status").first).to_contain_text("Task Force Viborg er gemt")


def test_digits_write_digits_in_the_texts_and_do_nothing_outside_the_form(at):
    page = at(month(2))
    page.locator("#tekst").press("End")
    page.keyboard.type("40")
    assert page.locator("#tekst").input_value().endswith("40")
    before = page.locator("[name=status]:checked").input_value()
    page.locator("header a").first.focus()
    page.keyboard.press("4")
    page.locator("#skrevet-af").press("End")
    page.keyboard.type("4")
    assert page.locator("[name=status]:checked").input_value() == before
    assert page.locator("[data-preview-sign]").inner_text() == page.locator("#skrevet-af").input_value() != ""


def test_who_saves_on_an_old_text_is_shown_the_newer_one_and_keeps_the_own(at):
    alice, bob = at(month(4)), at(month(4))
    bob.locator("#tekst").fill("Bobs tekst.")
    alice.locator("#tekst").fill("Alices tekst.")
    alice.keyboard.press("Control+Enter")
    expect(alice.get_by_role("status").first).to_contain_text("er gemt")
    bob.reload()  # the draft comes back with the version it was written on
    bob.locator("#tekst").press("Control+Enter")
    expect(bob.get_by_test_id("conflict")).to_be_focused()
    expect(bob.get_by_test_id("conflict")).to_contain_text("Alices tekst.")
    expect(bob.locator("#tekst")).to_have_value("Bobs tekst.")
    bob.locator("#tekst").fill("Bobs tekst efter Alices.")
    bob.reload()  # the browser sends the refused form again; what was typed since is not lost
    expect(bob.get_by_test_id("conflict")).to_contain_text("Alices tekst.")
    expect(bob.locator("#tekst")).to_have_value("Bobs tekst efter Alices.")
    bob.locator("#tekst").press("Control+Enter")
    expect(bob.get_by_role("status").first).to_contain_text("er gemt")


def test_a_line_that_fails_is_tried_again_and_saves_once(at):
    page, asked = at(month(5), own=True), []  # what answers in its place stays with the window

    def fail_twice(route):
        asked.append(route.request.post_data)
        route.abort() if len(asked) < 3 else route.continue_()

    page.route(f"**{month(5)}", fail_twice)
    page.locator("#tekst").fill("Gennem en dårlig forbindelse.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").first).to_contain_text("er gemt")
    assert len(asked) == 3
    page.goto(month(5))
    expect(page.locator("#tekst")).to_have_value("Gennem en dårlig forbindelse.")
    assert page.locator("[name=seen]").input_value() == "1"


def test_it_works_without_script(at):
    page = at(month(6), java_script_enabled=False)
    page.get_by_text("Stoppet", exact=True).click()
    page.get_by_label("Hvad er der sket?").fill("Puljen er brugt.")
    page.get_by_role("button", name="Gem og næste").click()
    expect(page.get_by_role("status").first).to_contain_text("er gemt: afventer godkendelse")


def test_the_keyboard_goes_through_the_page_and_out_and_the_focus_is_always_seen(at):
    page = at(month(2))
    page.locator("body").evaluate("body => { document.activeElement.blur(); body.focus(); }")
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        place = page.evaluate(
            """() => { const on = document.activeElement; if (on === document.body) return null;
                const shown = on.type === "radio" ? on.closest("label") : on;
                return [on.outerHTML.slice(0, 80), getComputedStyle(shown).outlineWidth]; }"""
        )
        if place is None:
            break
        seen.append(place)
    assert place is None and len(seen) > 20
    assert [where for where, width in seen if width != "3px"] == []


def test_the_pages_are_accessible_and_fit_every_screen(at, axe):
    writer, approver = at(month(7)), at("/godkend/", who=APPROVER)
    secretary = at("/redaktion/maaneder/", who=SECRETARY)
    pages = [(writer, month(7)), (writer, ASSESSMENT), (writer, "/konto/paamindelser/")]
    for page, path in [*pages, (approver, "/godkend/"), (secretary, "/redaktion/maaneder/")]:
        page.goto(path)
        for size, viewport in VIEWPORTS.items():
            page.set_viewport_size(viewport)
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], (path, size)
            if viewport == PHONE:
                assert axe(page) == [], path
