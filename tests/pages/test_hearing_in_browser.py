"""A hearing as a member meets it: paragraph, response and answer beside each other, stacked where there is no room."""

import pytest
from playwright.sync_api import Locator

from tests.plugins.browser import DESKTOP, PHONE, TABLET_LANDSCAPE, TABLET_PORTRAIT, follow

PAGE = "/hoeringer/beskaeftigelsesplan-2021/"


def parts(passage: Locator) -> list[Locator]:
    """In the order in which they are read aloud."""
    point = passage.get_by_test_id("hearing-point").first
    return [passage.locator("h3"), point.get_by_test_id("stance"), point.get_by_test_id("answer")]


@pytest.mark.parametrize("viewport", [TABLET_LANDSCAPE, DESKTOP])
def test_paragraph_point_and_answer_stand_beside_each_other(page_at, viewport):
    page = page_at(viewport, PAGE)
    for passage in page.get_by_test_id("passage").all():
        boxes = [part.bounding_box() for part in parts(passage)]
        assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"] < boxes[2]["x"]
        assert max(box["y"] for box in boxes) - min(box["y"] for box in boxes) < 12  # pixels: one line


@pytest.mark.parametrize("viewport", [TABLET_PORTRAIT, PHONE])
def test_where_there_is_no_room_they_stand_below_each_other_in_reading_order(page_at, viewport):
    page = page_at(viewport, PAGE)
    for passage in page.get_by_test_id("passage").all():
        tops = [part.bounding_box()["y"] for part in parts(passage)]
        assert tops == sorted(tops) and len(set(tops)) == 3


def test_a_member_goes_from_the_plan_to_what_was_said_of_a_heading_without_scripts(page_at):
    page = page_at(TABLET_LANDSCAPE, "/planer/beskaeftigelsesplan-2021/", java_script_enabled=False)
    follow(page.get_by_test_id("hearing").get_by_role("link", name="5 høringspunkter om Kerneydelse"))
    section = page.get_by_test_id("hearing-section").filter(has=page.locator("#kerneydelse-og-vaerdigrundlag"))
    assert section.get_by_test_id("hearing-point").count() == 5
    assert section.locator("h2").bounding_box()["y"] < TABLET_LANDSCAPE["height"]  # the page opens there


def test_the_point_that_an_address_names_is_marked(page_at):
    page = page_at(DESKTOP, f"{PAGE}#h13")
    marked, other = (page.locator(f"#{code}-om") for code in ("h13", "h12"))

    def paper(line: Locator) -> str:
        return line.evaluate("line => getComputedStyle(line).backgroundColor")

    assert paper(marked) != paper(other)


def test_in_print_it_is_a_note_of_who_was_heard_what_was_said_and_what_was_answered(page_at):
    page = page_at(DESKTOP, PAGE)
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert page.get_by_test_id("parties").is_visible()
    points = page.get_by_test_id("hearing-point")
    assert points.count() == 15
    assert all(point.get_by_test_id("answer").is_visible() for point in points.all())
    assert "Handicaprådet" in page.get_by_test_id("parties").inner_text()
