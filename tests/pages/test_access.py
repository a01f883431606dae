"""Reached by keyboard, read aloud, enlarged, without motion, in grey and on paper: nothing is lost."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.pages.test_every_page import PAGES
from tests.plugins.browser import DESKTOP, TABLET_LANDSCAPE

GOAL_4 = "/planer/beskaeftigelsesplan-2020/maal/4/"
STEPS = 80  # more tabs than lead to anything these walks look for


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus stands on what reads as wanted; it must be seen to stand there."""
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            "() => {const e = document.activeElement, s = getComputedStyle(e);"
            "return [e.textContent, s.outlineStyle === 'none' ? 0 : parseFloat(s.outlineWidth)]}"
        )
        if re.search(wanted, name):
            assert outline >= 2
            return
    raise AssertionError(f"{wanted} was not reached in {STEPS} steps")


@pytest.mark.parametrize("script", [True, False])
def test_from_the_front_page_to_the_months_of_a_goal_by_keyboard_alone(page_at, script):
    page = page_at(TABLET_LANDSCAPE, java_script_enabled=script)
    tab_to(page, "Gå til indhold")
    page.keyboard.press("Enter")
    tab_to(page, "4a.*Andel på forsørgelse|Andel på forsørgelse")
    page.keyboard.press("Enter")
    page.wait_for_url("**/maal/4/")
    tab_to(page, "Tabel: måned for måned")
    page.keyboard.press("Enter")
    assert page.get_by_test_id("table").first.locator("tbody tr").first.is_visible()


def test_the_filter_and_the_changes_are_reached_by_keyboard(page_at):
    page = page_at(TABLET_LANDSCAPE)
    tab_to(page, "Vis kun mål, der ikke er nået")
    page.keyboard.press("Enter")
    page.wait_for_url("**vis=ikke-naaet*")
    tab_to(page, "Hvad er ændret")
    page.keyboard.press("Enter")
    page.wait_for_url("**/aendringer/**")
    tab_to(page, "^Vis$")


@pytest.mark.parametrize("name", ["forside", "maal-4", "indsatser"])
def test_who_asks_for_less_motion_gets_none(page_at, name):
    page = page_at(DESKTOP, PAGES[name], reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].map(e => getComputedStyle(e)).filter(s => "
        "parseFloat(s.transitionDuration) > 0.001 || parseFloat(s.animationDuration) > 0.001 || "
        "s.scrollBehavior === 'smooth').length"
    )
    assert moving == 0


def test_the_lines_of_a_chart_differ_without_colour(page_at):
    chart = page_at(DESKTOP, GOAL_4).locator("[data-measure=m04a] svg.chart--wide")
    dashes, widths = [], []
    for line in ("[data-series=original]", "[data-series=revised]", ".g-prev", ".g-actual"):
        style = chart.locator(line).evaluate(
            "e => [getComputedStyle(e).strokeDasharray, getComputedStyle(e).strokeWidth]"
        )
        dashes.append(style[0])
        widths.append(style[1])
    assert dashes[0] != "none" and dashes[1:] == ["none"] * 3
    assert len(set(widths[1:])) == 3
    assert chart.locator("circle.g-dot").count() > 10


@pytest.mark.parametrize(
    ("name", "most"), [("forside", 2), ("maal-4", 6), ("aendringer", 5), ("maalsaetninger", 6), ("rettelser", 1)]
)
def test_on_paper_a_page_is_a4_whole_and_without_controls(page_at, name, most):
    page = page_at(DESKTOP, PAGES[name])
    paper = page.pdf(prefer_css_page_size=True)
    sizes = set(re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper))
    assert {(round(float(w)), round(float(h))) for w, h in sizes} == {(595, 842)}
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= most
    first = "".join(PdfReader(BytesIO(paper)).pages[0].extract_text().split())
    assert "ViborgKommune·Beskæftigelsesplan" in first
    page.emulate_media(media="print")
    shown = page.locator("button, input, .quick, .toc, form").all()
    assert [control.evaluate("e => e.outerHTML.slice(0, 60)") for control in shown if control.is_visible()] == []
