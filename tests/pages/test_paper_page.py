"""J5: the secretary prints the paper as known on a day, and puts its text on the agenda. In a real browser."""

import re
from io import BytesIO

import pytest
import requests
from pypdf import PdfReader

from tests.plugins.browser import DESKTOP, PHONE, follow

ORDER = ["Resume", "Indstilling", "Historik", "Inddragelse og høring", "Beskrivelse", "Økonomi"]
DAY = "/moeder/2021-02-18/"


def printed(page) -> PdfReader:
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_printed_on_a4_every_page_says_the_day_and_its_number_and_the_sheet_holds_all_lines(page_at):
    page = page_at(DESKTOP, DAY)
    whys = page.get_by_test_id("why").all_inner_texts()
    pdf = printed(page)
    texts = [squeezed(sheet.extract_text()) for sheet in pdf.pages]
    assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]
    assert all("Datasomkendt18.02.2021" in text for text in texts)
    assert all(f"Side{number}af{len(texts)}" in text for number, text in enumerate(texts, 1))
    assert len(whys) == 11 and all(squeezed(why) in texts[0] for why in whys)
    assert "Hvadmanglervibeslutningom" in texts[0]
    assert "Hentbilaget" not in "".join(texts) and "Indstilling" not in "".join(texts)


def test_the_english_page_prints_its_foot_in_english(portal):
    page = requests.get(f"{portal}/en{DAY}", timeout=30).text
    foot = re.search(r'href="(\S+)" media="print"', page)[1]
    assert "Data as known on 18 Feb 2021" in requests.get(portal + foot, timeout=30).text


def test_the_text_for_the_agenda_stands_in_the_committees_order_and_can_be_read_without_script(page_at):
    page = page_at(PHONE, DAY, java_script_enabled=False)
    text = page.get_by_test_id("agenda").inner_text()
    assert [line for line in text.splitlines() if line in ORDER] == ORDER
    assert "7 af 10 mål er nået efter tillægget" in text and "Data som kendt 18.02.2021" in text
    assert not page.get_by_role("button", name="Kopiér til dagsorden").is_visible()


def test_one_press_puts_the_text_on_the_clipboard(page_at):
    page = page_at(DESKTOP, DAY, own=True, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopiér til dagsorden").click()
    page.get_by_text("Kopieret").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[0] == "Resume"
    assert squeezed(copied) == squeezed(page.get_by_test_id("agenda").inner_text())


def test_from_the_front_page_one_comes_to_the_papers_and_to_the_day_one_types(page_at):
    page = page_at(DESKTOP, "/")
    follow(page.get_by_role("contentinfo").get_by_role("link", name="Møder"))
    assert page.get_by_test_id("paper").count() == 2
    assert page.get_by_text("demomøde").count() == 2
    page.get_by_label("Bilag som kendt den").fill("1. december 2020")
    follow(page.get_by_role("button", name="Vis"))
    assert page.url.endswith("/moeder/2020-12-01/")
    assert "Der er ikke lavet et bilag til denne dag" in page.locator("main").inner_text()


def test_the_page_says_that_a_made_paper_still_has_the_same_sum(page_at):
    text = page_at(DESKTOP, "/moeder/2020-09-15/").locator("main").inner_text()
    assert "Kontrolsummen er den samme nu." in text


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/moeder/2199-01-01/", 400, "01.01.2199 ligger i fremtiden. Vælg i dag eller en tidligere dag."),
        ("/moeder/2199-01-01.pdf", 400, "ligger i fremtiden"),
        ("/moeder/2010-01-01/", 400, "var der ingen plan med mål, så der er intet bilag. Vælg en senere dag."),
        ("/moeder/?dag=i-morgen", 400, "Datoen kunne ikke læses."),
        ("/moeder/2020-02-30/", 404, "blev ikke fundet"),
        ("/moeder/2020-09-15.exe", 404, "blev ikke fundet"),
        ("/moeder/2020-09-15/?kendt=2020-08-25", 404, "fandtes ikke på den valgte dag"),
    ],
)
def test_what_cannot_be_shown_is_refused_politely(portal, path, status, told):
    answer = requests.get(portal + path, timeout=30)
    assert (answer.status_code, told in answer.text) == (status, True)


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_each_file_comes_with_its_kind_and_a_name(portal, form):
    answer = requests.get(f"{portal}/moeder/2020-09-15.{form}", timeout=30)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'inline; filename="beskaeftigelsesplan-2020-2020-09-15.{form}"'
