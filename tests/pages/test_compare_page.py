"""J4: is our place fair? In a real browser, with the keyboard, with and without script."""

import pytest

from tests.plugins.browser import AT_EVERY_SIZE, DESKTOP, TABLET_LANDSCAPE, TABLET_PORTRAIT, follow

PATH = "/sammenlign/"


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def focused(page) -> str:
    return plain(page.evaluate("document.activeElement.getAttribute('aria-label') || ''"))


@AT_EVERY_SIZE
def test_the_finding_the_place_and_all_98_are_there_at_every_size(page_at, viewport, script):
    page = page_at(viewport, PATH, java_script_enabled=script)
    text = plain(page.locator("main").inner_text())
    assert "Viborg ligger lavere end landet: 2,5 mod 3,0 %" in text
    assert "Nr. 7 af 16 provinsbykommuner" in text
    assert "Lavere er bedre." in text
    assert "Hvad tallet ikke kan bruges til" in text
    page.get_by_test_id("all").get_by_text("Tabel: alle 98 kommuner").click()
    assert page.get_by_test_id("all").locator("tbody tr").count() == 98
    assert page.get_by_test_id("all").get_by_role("rowheader", name="Viborg").is_visible()
    assert_the_benchmark_is_told_in_persons(page)


def assert_the_benchmark_is_told_in_persons(page) -> None:
    section = page.get_by_test_id("expected")
    text = plain(section.inner_text())
    assert "Viborg har 10 personer færre end forventet: nr. 49 af 98" in text
    assert "Forårsudgaven 2023: 4 kvartaler til og med 4. kvt. 2022" in text
    assert "Færre end forventet er godt." in text and "demotal" not in text
    assert "Hvad pladsen ikke kan bruges til" in text
    assert "Provinsbykommuner: Danmarks Statistiks inddeling, som den ser ud i dag; startdato ikke oplyst." in text
    assert section.locator("svg.chart:visible").count() == 1
    section.get_by_text("Tabel: alle 98 kommuner").click()
    rows = page.get_by_test_id("expected-all").locator("tbody tr")
    assert rows.count() == 98
    own = page.get_by_test_id("expected-all").get_by_role("row", name="Viborg")
    assert plain(own.inner_text()) == "49 Viborg 4.560 4.570 −10 personer −0,2 %"


STRIPS = {
    "alle": ("Viborg Kommune: 2,5 %, plads 39=", "Ishøj Kommune: 5,0 %"),
    "forventet-alle": (
        "Viborg Kommune: faktisk 4.560, forventet 4.570, 10 personer færre, plads 49",
        "Brøndby Kommune: faktisk",
    ),
}


def strip_of(page, section: str):
    return page.locator(f"section[aria-labelledby={section}]").locator("svg.chart--wide")


@pytest.mark.parametrize(("section", "said"), STRIPS.items(), ids=STRIPS)
def test_every_dot_is_reached_with_the_arrow_keys_and_says_its_name(page_at, section, said):
    own, last = said
    page = page_at(DESKTOP, PATH)
    strip_of(page, section).locator("[tabindex='0']").focus()
    assert focused(page).startswith(own)
    page.keyboard.press("Home")
    seen = [focused(page)]
    for _ in range(97):
        page.keyboard.press("ArrowRight")
        seen.append(focused(page))
    assert len(set(seen)) == 98
    assert seen[-1].startswith(last)
    assert plain(page.locator(f"section[aria-labelledby={section}] [data-readout]").inner_text()) == seen[-1]
    page.keyboard.press("ArrowRight")
    assert focused(page) == seen[-1]


def test_the_funnel_is_walked_from_the_smallest_to_the_largest_starting_at_viborg(page_at):
    page = page_at(DESKTOP, PATH + "?indikator=ordinaere-timer-pct&periode=2026-05")
    strip_of(page, "tragt").locator("[tabindex='0']").focus()
    seen = [focused(page)]
    for key in ("ArrowLeft", "ArrowRight", "ArrowRight", "End", "Home"):
        page.keyboard.press(key)
        seen.append(focused(page))
    own, smaller, again, larger, largest, smallest = seen
    assert own == again and own.startswith("Viborg Kommune")
    sizes = [int(text.split(" af ")[1].split(" personer")[0].replace(".", "")) for text in seen]
    assert sizes[5] < sizes[1] <= sizes[0] <= sizes[3] < sizes[4]
    assert smallest.startswith("Samsø") and largest.startswith("København")


def test_in_print_there_are_neither_choices_nor_tables_of_the_whole_country(page_at):
    page = page_at(DESKTOP, PATH + "?indikator=ordinaere-timer-pct&periode=2026-05")
    page.emulate_media(media="print")
    assert page.locator("main table:visible").count() == 2
    assert page.locator("main select:visible").count() == 0


@pytest.mark.parametrize("section", STRIPS)
def test_the_strip_is_one_stop_on_the_way_through_the_page(page_at, section):
    page = page_at(DESKTOP, PATH)
    assert strip_of(page, section).locator("circle[tabindex='0']").count() == 1
    strip_of(page, section).locator("[tabindex='0']").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


@pytest.mark.parametrize("section", STRIPS)
def test_the_dots_are_as_many_as_the_numbers_and_the_kinds_differ_in_shape_not_only_colour(page_at, section):
    dots = strip_of(page_at(DESKTOP, PATH), section)
    assert dots.locator("circle").count() == 98
    assert dots.locator("circle.g-dot").count() == 1
    assert dots.locator("circle.g-ring").count() == 15
    stroke = "e => getComputedStyle(e).strokeWidth"
    assert dots.locator("circle.g-ring").first.evaluate(stroke) != dots.locator("circle.g-pale").first.evaluate(stroke)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_another_indicator_group_and_month_are_chosen_with_the_form(page_at, script):
    page = page_at(TABLET_LANDSCAPE, PATH, java_script_enabled=script)
    page.get_by_label("Indikator").select_option(label="Kontanthjælp i pct. af befolkningen")
    page.get_by_label("Gruppe").select_option(label="Region Midtjylland (19)")
    follow(page.get_by_role("button", name="Vis"))
    text = plain(page.locator("main").inner_text())
    assert "af 19 kommuner i Region Midtjylland" in text
    assert "Pct. af befolkningen 16-66 år" in text
    page.get_by_label("Periode").select_option("2025-01")
    follow(page.get_by_role("button", name="Vis"))
    assert "januar 2025 (endeligt tal)" in plain(page.locator("main").inner_text())


def test_the_chosen_day_is_kept_by_the_form(page_at):
    page = page_at(TABLET_LANDSCAPE, PATH + "?kendt=2026-09-01")
    page.get_by_label("Gruppe").select_option(label="Landkommuner (31)")
    follow(page.get_by_role("button", name="Vis"))
    assert "kendt=2026-09-01" in page.url
    assert page.get_by_test_id("known").is_visible()


@pytest.mark.parametrize("viewport", [TABLET_LANDSCAPE, TABLET_PORTRAIT, DESKTOP])
def test_the_menu_stays_on_one_line(page_at, viewport):
    page = page_at(viewport, PATH)
    links = page.get_by_role("navigation", name="Hovedmenu").get_by_role("link").all()
    assert len({link.bounding_box()["y"] for link in links}) == 1
    assert page.get_by_role("link", name="Viborg Kommune · Beskæftigelsesplan").count() == 1
