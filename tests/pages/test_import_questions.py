"""The page of uploads with files as people make them: what it says was read, what it asks, and what it never keeps."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from accounts.models import AuditEvent
from indicators.models import ImportRun, Payload
from indicators.queries.histories import SeriesKey, histories
from tests.indicators.files.books import HEADER, book
from tests.pages.test_import_page import GOOD, HEAD, JULY, KEY, figure, hand_in, officer, text_of

__all__ = ["officer"]  # the fixture
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
FRACTION = HEAD + "midlertidig-forsoergelse-pct-befolkning;791;2020M11;0,081\n"
OTHER_BENEFIT = (
    "Periode;Område;Antal personer;Antal fuldtidspersoner\n2026M06;Viborg;1.205;1.001\n2026M07;Viborg;1.189;987\n"
)
NEWEST = "Periode;Område;Antal personer;Antal fuldtidspersoner\n2026M07;Viborg;1.483;1.450\n"


def hand_in_book(client, data: bytes, name: str = "tal.xlsx"):
    return client.post("/import/", {"file": SimpleUploadedFile(name, data)})


def test_the_page_says_how_many_rows_were_read_and_what_was_left_out(officer):
    text = text_of(officer.get(hand_in(officer, GOOD + ";;;\nledige-antal;I alt;2026M07;1\n")["Location"]))
    assert "Sådan er filen læst 3 rækker er læst." in text
    assert "Udeladt: 1 tomme rækker" in text
    assert "Udeladt: 1 rækker for alle områder under ét (»I alt«)" in text


def test_a_file_read_whole_says_so_and_the_page_still_does_when_it_is_stored(officer):
    address = hand_in(officer, GOOD)["Location"]
    assert "3 rækker er læst. Intet er udeladt." in text_of(officer.get(address))
    officer.post(address + "bekraeft/")
    assert "3 rækker er læst. Intet er udeladt." in text_of(officer.get(address))


def test_sheets_that_are_not_read_are_named(officer):
    rows = [HEADER, ["ledige-antal", "791", "2026M07", 1150]]

    def hide(made):
        made["Gammel"].sheet_state = "hidden"

    data = book(("Ny", rows), ("Gammel", rows), ("Noter", [["Husk"]]), then=hide)
    text = text_of(officer.get(hand_in_book(officer, data)["Location"]))
    assert "arket »Gammel« er skjult og er ikke læst" in text and "arket »Noter« har ingen tabel" in text


def test_a_fault_in_a_workbook_is_told_by_sheet_and_cell(officer):
    text = text_of(hand_in_book(officer, book(("2020", [HEADER, ["ledige-antal", "791", "2020M01", "=8+1"]]))))
    assert "2020, D2" in text and "åbn regnearket i Excel, gem det" in text


@pytest.mark.parametrize(("text", "key"), [(FRACTION, "midlertidig"), (OTHER_BENEFIT, "y60a02:ydelse")])
def test_what_looks_wrong_is_asked_for_and_stored_when_a_person_insists(officer, text, key):
    address = hand_in(officer, text)["Location"]
    page = officer.get(address).content.decode()
    fields = set(re.findall(r'type="radio" name="([^"]+)"', page))
    shown = re.search(r'name="vist" value="([^"]+)"', page)[1]
    assert any(key in field for field in fields) and "Jeg har set efter: det er rigtigt" in page
    refused = officer.post(address + "bekraeft/", {"vist": shown})
    assert refused.status_code == 422 and re.search("Begrund først|Svar først", text_of(refused))
    answers = dict.fromkeys(fields, "udvikling") | {field: "efterset" for field in fields if ":" in field}
    assert officer.post(address + "bekraeft/", answers | {"vist": shown}).status_code == 302
    run = ImportRun.objects.get(pk=address.split("/")[2])
    assert run.state == "done" and "Jeg har set efter: det er rigtigt, som det står" in run.reasons.values()


def test_the_newest_month_of_the_website_keeps_its_mark_and_changes_nothing(officer):
    text = text_of(officer.get(hand_in(officer, NEWEST)["Location"]))
    assert "Filen ændrer ingenting" in text and "Hvorfor er det rigtigt" not in text


def test_the_newest_month_of_a_file_is_provisional_on_the_pages(officer):
    code = "midlertidig-forsoergelse-pct-befolkning"
    text = HEAD + f"{code};791;2020M11;8,1\n{code};791;2020M12;8,6\n"
    address = hand_in(officer, text)["Location"]
    officer.post(address + "bekraeft/")
    key = SeriesKey(code, "791")
    points = {
        point.period % 12 + 1: point.provisional for point in histories([key])[key].points if point.period >= 1450
    }
    assert (points[11], points[12]) == (False, True)


def test_a_preview_that_a_colleague_has_overtaken_is_shown_again(officer):
    address = hand_in(officer, HEAD + "ledige-antal;791;2026M07;1150\n")["Location"]
    shown = re.search(r'name="vist" value="([^"]+)"', officer.get(address).content.decode())[1]
    other = hand_in(officer, HEAD + "ledige-antal;791;2026M07;1140\n")["Location"]
    officer.post(other + "bekraeft/")
    answer = officer.post(address + "bekraeft/", {"vist": shown})
    text = text_of(answer)
    assert answer.status_code == 422 and "Portalens tal er ændret, siden du så filen" in text
    assert "Viborg, juli 2026 1.140 1.150 +10" in text and figure(JULY) == 1140
    fresh = re.search(r'name="vist" value="([^"]+)"', answer.content.decode())[1]
    assert officer.post(address + "bekraeft/", {"vist": fresh}).status_code == 302 and figure(JULY) == 1150


@pytest.mark.parametrize("number", ["010180-1234", 101801234])
def test_a_workbook_with_a_civil_registration_number_anywhere_is_kept_nowhere(officer, number):
    def hide(made):
        made["Sager"].sheet_state = "hidden"

    payloads = Payload.objects.count()
    good = [HEADER, ["ledige-antal", "791", "2026M07", 1150]]
    answer = hand_in_book(officer, book(("Tal", good), ("Sager", [["Borger"], [number]]), then=hide))
    assert answer.status_code == 422 and "CPR-nummer" in text_of(answer)
    kept = str(list(ImportRun.objects.values())) + str(list(AuditEvent.objects.values()))
    assert Payload.objects.count() == payloads
    assert "1801234" not in answer.content.decode() + kept and "180-1234" not in answer.content.decode() + kept


@pytest.mark.parametrize(
    ("name", "told"),
    [("tal.xls", "gammelt Excel-ark (.xls). Åbn den i Excel, og gem den som .xlsx"), ("tal.ods", "OpenDocument-ark"),
     ("tal.png", "Filen er et billede"), ("tal.xlsm", "med makroer"), ("tal.pdf", "Filen er en PDF")],
)  # fmt: skip
def test_other_kinds_of_files_are_told_what_they_are_and_what_to_do(officer, name, told):
    answer = hand_in(officer, "x", name)
    assert answer.status_code == 422 and told in text_of(answer)


def test_the_template_holds_the_codes_and_can_be_filled_in_and_handed_in(officer):
    assert 'href="/import/skabelon.xlsx"' in officer.get("/import/").content.decode()
    answer = officer.get("/import/skabelon.xlsx")
    made = load_workbook(BytesIO(answer.content))
    assert made.sheetnames == ["Tal", "Indikatorer", "Områder"]
    assert [cell.value for cell in made["Tal"][1]] == ["indikator", "område", "periode", "værdi", "foreløbig"]
    codes = {row[0].value: row[1].value for row in made["Indikatorer"].iter_rows(min_row=2)}
    assert codes["ledige-antal"] == "Ledige, antal"
    assert ("791", "Viborg") in [(row[0].value, row[1].value) for row in made["Områder"].iter_rows(min_row=2)]
    empty = hand_in_book(officer, answer.content)
    assert empty.status_code == 422 and "kun overskrifter og ingen rækker" in text_of(empty)
    for place, value in enumerate(["Ledige, antal", "Viborg", "juli 2026", 1150], 1):
        made["Tal"].cell(2, place, value)
    made.save(filled := BytesIO())
    handed_in = hand_in_book(officer, filled.getvalue())
    assert handed_in.status_code == 302, text_of(handed_in)[-600:]
    text = text_of(officer.get(handed_in["Location"]))
    assert "Filen giver 1 ændret tal" in text and "1 række er læst." in text
    assert KEY.indicator == "ledige-antal"
