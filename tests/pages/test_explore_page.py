"""J11: trust a number. The reader's own view, its figure to take away, and a link that shows the same again."""

import pytest
from django.utils import timezone

from tests.plugins.browser import DESKTOP, PHONE, VIEWPORTS, follow, words_of

PATH = "/udforsk/?indikator=ledige-pct-arbejdsstyrken&omraade=791,657&fra=2025-01&til=2026-06"


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def table_of(page) -> list[str]:
    return [plain(row.text_content()) for row in page.get_by_test_id("table").locator("tr").all()]


@pytest.mark.parametrize("viewport", VIEWPORTS.values(), ids=VIEWPORTS)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_view_stands_as_drawing_and_table_at_every_size(page_at, viewport, script):
    page = page_at(viewport, PATH, java_script_enabled=script)
    assert page.locator("svg.chart:visible").count() == 1
    assert page.locator("svg.chart:visible").get_by_text("2,", exact=False).count() > 0
    page.get_by_text("Tabel: alle tal").click()
    page.get_by_test_id("table").locator("tbody tr").first.wait_for()
    assert len(table_of(page)) == 19
    assert page.get_by_role("button", name="Åbn som interaktiv graf").is_visible() == script


def test_the_permanent_link_shows_the_same_table(page_at):
    page = page_at(DESKTOP, PATH)
    before = table_of(page)
    follow(page.get_by_test_id("permanent"))
    assert "kendt=20" in page.url
    assert table_of(page) == before


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_areas_are_ticked_and_shown(page_at, script):
    page = page_at(PHONE, "/udforsk/", java_script_enabled=script)
    page.get_by_role("checkbox", name="Horsens").check()
    page.get_by_role("checkbox", name="Hele landet").uncheck()
    follow(page.get_by_role("button", name="Vis"))
    assert "Viborg og Horsens" in plain(page.locator(".lede").inner_text())


def test_the_interactive_figure_draws_the_chosen_lines_and_can_be_taken_away(page_at):
    page = page_at(DESKTOP, PATH)
    page.get_by_role("button", name="Åbn som interaktiv graf").click()
    page.locator(".js-plotly-plot .scatterlayer .trace").nth(1).wait_for()
    assert page.locator(".js-plotly-plot .scatterlayer .trace").count() == 2
    starts = {"png": b"\x89PNG", "svg": b"<svg"}
    for kind, start in starts.items():
        with page.expect_download() as taken:
            page.get_by_role("button", name=f"Hent {kind.upper()}").click()
        assert taken.value.suggested_filename == f"ledige-pct-arbejdsstyrken-{timezone.localdate().isoformat()}.{kind}"
        assert taken.value.path().read_bytes().startswith(start)
    words = plain(words_of(taken.value))  # of the last, the SVG
    assert "Viborg og Herning · januar 2025 til juni 2026 · Kilde: Jobindsats.dk (STAR) · kendt" in words
    assert plain(page.get_by_text("Aksen starter ved").first.inner_text()).split(".")[0] in words
    assert page.get_by_role("button", name="Vis det hele igen").is_visible()
    assert page.locator(".modebar").count() == 0  # it speaks English and offers to send the figures elsewhere


def test_definition_source_file_and_history_are_one_step_from_the_number(page_at):
    page = page_at(DESKTOP, PATH)
    for name in ("Hent CSV", "Definition og tidligere udgaver"):
        assert page.get_by_role("link", name=name).is_visible()
    assert "Kilde: Jobindsats.dk (STAR)" in page.locator("main").inner_text()
    page.get_by_role("link", name="Definition og tidligere udgaver").click()
    page.get_by_test_id("vintages").wait_for()


@pytest.mark.parametrize(
    "path", ["/indikatorer/ledige-pct-arbejdsstyrken/", "/planer/beskaeftigelsesplan-2020/maal/2/", "/sammenlign/"]
)
def test_a_number_leads_to_its_own_view_in_one_step(page_at, path):
    page = page_at(DESKTOP, path)
    follow(page.get_by_role("link", name="Udforsk", exact=False).first)
    assert "/udforsk/?" in page.url
    assert page.locator("svg.chart:visible").count() == 1
