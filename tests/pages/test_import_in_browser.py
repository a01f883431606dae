"""Importing by hand as a person does it: by keyboard, by dropping a file, without script, at every size."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.demo_users import DEMO_PASSWORD
from tests.plugins.browser import DESKTOP, PHONE, TABLET_LANDSCAPE, VIEWPORTS
from tests.plugins.portal import serving_demo

HEAD = "indicator;area;period;value\n"
CHANGING = HEAD + "ledige-antal;791;2026M06;{june}\nledige-antal;791;2026M05;1204\n"
WRONG = HEAD + "ledige-antal;999;2026M07;1150\nledige-antal;791;2026M13;1160\n"
OFFICER = "data-officer@demo.viborg.example"


@pytest.fixture(scope="module")
def portal(demo_template) -> Iterator[str]:
    """One of its own: these tests store figures."""
    with serving_demo("import_by_hand", demo_template) as address:
        yield address


@pytest.fixture
def import_page(page_at):
    """`import_page(PHONE)` is the upload page at that size, logged in."""

    def open_page(viewport=DESKTOP, **options) -> Page:
        page = page_at(viewport, "/log-ind/?next=/import/", **options)
        page.fill("#id_username", OFFICER)
        page.fill("#id_password", DEMO_PASSWORD)
        page.get_by_role("button", name="Log ind").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Indlæs tal fra en fil")
        return page

    return open_page


def file_of(folder: Path, text: str, name: str = "tal.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def choose(page: Page, path: Path) -> None:
    page.set_input_files("#id_file", path)
    with page.expect_navigation():
        page.get_by_role("button", name="Se, hvad filen ændrer").click()


def test_the_whole_way_by_keyboard_with_a_reason_a_receipt_and_an_undoing(import_page, tmp_path):
    page = import_page(TABLET_LANDSCAPE)
    page.set_input_files("#id_file", file_of(tmp_path, CHANGING.format(june=3000)))
    page.get_by_role("button", name="Se, hvad filen ændrer").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Filen giver 2 ændrede tal")
    assert "+1.803" in page.get_by_test_id("changes").locator("tbody tr").first.inner_text()
    page.get_by_role("button", name="Gem tallene").press("Enter")
    expect(page.get_by_test_id("errors")).to_be_focused()
    page.get_by_role("link", name="sæt kryds").press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.get_by_label("Kilden har rettet tallene").is_checked()
    page.get_by_role("button", name="Gem tallene").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 ændrede tal er indlæst")
    page.get_by_role("button", name="Fortryd").press("Enter")
    expect(page.locator("main")).to_contain_text(
        "De tal, der stod før, står igen, undtagen hvor der siden er indlæst andre."
    )


def test_the_whole_way_without_script(import_page, tmp_path):
    page = import_page(java_script_enabled=False)
    choose(page, file_of(tmp_path, CHANGING.format(june=1198)))
    page.get_by_role("button", name="Gem tallene").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 ændrede tal er indlæst")
    page.get_by_role("button", name="Fortryd").click()
    expect(page.locator("main")).to_contain_text(
        "De tal, der stod før, står igen, undtagen hvor der siden er indlæst andre."
    )


def test_a_file_can_be_dropped(import_page):
    page = import_page()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "sluppet.csv", { type: "text/csv" }));
            const form = document.querySelector("[data-drop]");
            form.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        CHANGING.format(june=1199),
    )
    expect(page.get_by_role("status")).to_have_text("Valgt: sluppet.csv")
    page.get_by_role("button", name="Se, hvad filen ændrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Filen giver 2 ændrede tal")


def test_errors_are_announced_and_lead_to_their_places(import_page, tmp_path):
    page = import_page()
    choose(page, file_of(tmp_path, WRONG))
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("2 rækker er afvist")
    alert.get_by_role("link", name="Perioder (1)").press("Enter")
    expect(page.get_by_role("heading", name="Perioder (1)")).to_be_focused()


def test_a_large_file_goes_to_the_worker_and_the_page_follows_it(import_page, tmp_path):
    areas = [f"{code}" for code in (101, 147, 151, 153, 155, 157, 159, 161, 163, 165, 167, 169, 173, 175, 183, 185)]
    months = [f"{year}M{month:02}" for year in range(1990, 2021) for month in range(1, 13)]
    note = "# " + "denne fil er stor " * 120_000 + "\n"  # what is stored at once is below two million bytes
    rows = "".join(f"ledige-antal;{area};{month};{100 + n}\n" for area in areas for n, month in enumerate(months))
    page = import_page()
    choose(page, file_of(tmp_path, note + HEAD + rows, "stor.csv"))
    for group in page.get_by_test_id("jump").all():
        group.get_by_label("Tallene opgøres på en ny måde").check()
    page.get_by_role("button", name="Gem tallene").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("tal er indlæst", timeout=60_000)


@pytest.mark.parametrize("text", [WRONG, CHANGING.format(june=3000)], ids=["errors", "preview"])
def test_the_pages_are_accessible_and_fit_every_screen(import_page, axe, tmp_path, text):
    page = import_page()
    for path in ("/import/", None, "/redaktion/"):
        page.goto(path) if path else choose(page, file_of(tmp_path, text))
        for size, viewport in VIEWPORTS.items():
            page.set_viewport_size(viewport)
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], (path, size)
            if viewport in (DESKTOP, PHONE):
                assert axe(page) == []
        page.goto("/import/")
