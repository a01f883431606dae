"""Importing by hand: what a data officer sees before, when and after a file is stored, and what others see."""

import csv
import re
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from accounts.models import AuditEvent, User
from accounts.roles import Role
from indicators.ingest import actions
from indicators.models import Batch, ImportRun, Payload, Series
from indicators.queries.histories import SeriesKey, histories, vintages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]

HEAD = "indicator;area;period;value\n"
GOOD = HEAD + "ledige-antal;791;2026M07;1150\nledige-antal;791;2026M08;1160\nledige-antal;791;2026M06;1197\n"
JUMPING = HEAD + "ledige-antal;791;2026M06;2900\n"
WRONG = HEAD + "ledige-antal;999;2026M07;1150\nledige-antal;791;2026M13;1160\nledige-antal;791;2026M05;mange\n"
CIVIL_NUMBER = "2412991234"
KEY = SeriesKey("ledige-antal", "791")


def logged_in(*roles: Role, email: str = "alice@example.org", **options) -> Client:
    user = User.objects.create_user(email, "et-langt-kodeord-til-test", name=email.split("@")[0])
    for role in roles:
        user.assignments.create(role=role)
    client = Client(**options)
    client.force_login(user)
    return client


@pytest.fixture
def officer() -> Client:
    return logged_in(Role.DATA_OFFICER)


@pytest.fixture
def approver() -> Client:
    return logged_in(Role.APPROVER, email="carla@example.org")


def hand_in(client: Client, text: str, name: str = "tal.csv"):
    return client.post("/import/", {"file": SimpleUploadedFile(name, text.encode())})


def text_of(answer) -> str:
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(plain.replace("&nbsp;", " ").replace("\u00a0", " ").split())


def figure(period: int) -> Decimal | None:
    return {point.period: point.value for point in histories([KEY])[KEY].points}.get(period)


JUNE, JULY, AUGUST = 126 * 12 + 5, 126 * 12 + 6, 126 * 12 + 7


def test_a_file_is_shown_before_anything_is_stored(officer):
    before, batches = figure(JULY), Batch.objects.count()
    page = officer.get(hand_in(officer, GOOD)["Location"])
    text = text_of(page)
    assert "Filen giver 1 nyt og 1 ændret tal" in text
    assert "Nye 1 Ændrede 1 Uændrede 1 Afviste 0" in text
    assert "Viborg, juli 2026 1.147 1.150 +3" in text
    assert (figure(JULY), Batch.objects.count()) == (before, batches)


def test_the_first_new_figures_are_shown_in_the_files_order_and_the_rest_counted(officer):
    page = text_of(officer.get(hand_in(officer, GOOD)["Location"]))
    assert "Se det nye tal Nye tal i filens rækkefølge Indikator Område Periode Værdi" in page
    assert "Ledige, antal Viborg august 2026 1.160" in page
    places = [(area, year) for year in range(2010, 1999, -1) for area in ("791", "657")]
    rows = [f"ledige-antal;{area};{year}M07;{n}" for n, (area, year) in enumerate(places, start=1001)]
    page = text_of(officer.get(hand_in(officer, HEAD + "\n".join(rows) + "\n")["Location"]))
    shown = page.split("Se de første 20 af 22 nye tal")[1]
    assert "Ledige, antal Viborg juli 2010 1.001 Ledige, antal Herning juli 2010 1.002" in shown
    assert "juli 2001 1.020" in shown and "juli 2000" not in shown


def test_it_is_told_of_which_indicators_the_file_replaces_demo_figures(officer):
    made_up = Series.objects.filter(synthetic=True, indicator__visibility="public").select_related("indicator", "area")
    one = made_up.filter(breakdown="", indicator__frequency="M").first()
    text = f"{HEAD}{one.indicator.code};{one.area.code};2026M07;5\n{GOOD.removeprefix(HEAD)}"
    address = hand_in(officer, text)["Location"]
    assert f"Erstatter demotal for: {one.indicator.name}." in text_of(officer.get(address))
    assert "Erstatter demotal" not in text_of(officer.get(hand_in(officer, GOOD)["Location"]))
    officer.post(address + "bekraeft/")
    again = text.replace("2026M07;5", "2026M08;6")
    assert "Erstatter demotal" not in text_of(officer.get(hand_in(officer, again)["Location"]))


def test_confirming_stores_one_batch_however_often_it_is_pressed(officer):
    address, batches = hand_in(officer, GOOD)["Location"], Batch.objects.count()
    for _ in range(3):
        assert officer.post(address + "bekraeft/").status_code == 302
    assert Batch.objects.count() == batches + 1
    assert "1 nyt og 1 ændret tal er indlæst" in text_of(officer.get(address))
    assert figure(JULY) == 1150
    batch = Batch.objects.latest("id")
    assert batch.actor == "alice@example.org" and len(batch.sha256) == 64


def test_the_same_file_again_changes_nothing(officer):
    officer.post(hand_in(officer, GOOD)["Location"] + "bekraeft/")
    batches, again = Batch.objects.count(), hand_in(officer, GOOD)["Location"]
    assert "Filen ændrer ingenting" in text_of(officer.get(again))
    officer.post(again + "bekraeft/")
    assert "0 ændringer" in text_of(officer.get(again))
    assert Batch.objects.count() == batches


def test_undoing_brings_the_old_figures_back_and_keeps_all_three_states(officer):
    address = hand_in(officer, GOOD)["Location"]
    officer.post(address + "bekraeft/")
    assert officer.post(address + "fortryd/").status_code == 302
    assert figure(JULY) == 1147 and figure(AUGUST) is None
    assert [v.value for v in vintages(KEY) if v.period == JULY] == [1147, 1150, 1147]
    text = text_of(officer.get(address))
    assert "Indlæsningen er fortrudt Fortrudt ved indlæsning" in text
    assert "tal er indlæst" not in text and "viser nu de nye tal" not in text
    for page in ("/import/", "/redaktion/"):
        assert "tal.csv fortrudt 1 1" in text_of(officer.get(page))
    again = officer.post(address + "fortryd/")
    assert again.status_code == 422 and "allerede fortrudt" in text_of(again)


def test_problems_are_told_by_cause_with_line_and_column(officer):
    answer = hand_in(officer, WRONG)
    text = text_of(answer)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert "3 rækker er afvist" in text
    assert "Områder (1)" in text and "2 area området »999« findes ikke" in text
    assert "Perioder (1)" in text and "3 period" in text
    assert "Tal (1)" in text and "4 value »mange« er ikke et tal" in text
    assert set(re.findall(r'href="#(aarsag-\d)"', answer.content.decode())) == {"aarsag-1", "aarsag-2", "aarsag-3"}
    assert not ImportRun.objects.filter(state="draft").exists()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (HEAD + f"ledige-antal;791;2026M07;{CIVIL_NUMBER}\n", "tal.csv"),
        (HEAD + f"ledige-antal;{CIVIL_NUMBER};2026M07;1\n", "tal.csv"),
        (HEAD + "ledige-antal;791;2026M07;241299-1234\n", "tal.csv"),
        (GOOD, f"{CIVIL_NUMBER}.csv"),
    ],
)
def test_a_civil_registration_number_stops_the_file_and_is_neither_repeated_nor_kept(officer, text, name):
    payloads = Payload.objects.count()
    answer = hand_in(officer, text, name)
    assert answer.status_code == 422 and "CPR-nummer" in text_of(answer)
    told = answer.content.decode() + officer.get("/redaktion/").content.decode()
    assert CIVIL_NUMBER not in told and "241299-1234" not in told
    kept = str(list(ImportRun.objects.values())) + str(list(AuditEvent.objects.filter(kind="import").values()))
    assert CIVIL_NUMBER not in kept and "241299-1234" not in kept
    assert Payload.objects.count() == payloads


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [("", "tal.csv", "Filen er tom."), ("x", "tal.exe", "skal ende på .csv"), ("intet at se", "tal.csv", "afvist")],
)
def test_what_is_no_file_of_figures_is_refused_in_words(officer, text, name, told):
    answer = hand_in(officer, text, name)
    assert answer.status_code == 422 and told in text_of(answer)


def test_no_file_at_all_is_refused_in_words(officer):
    assert "Vælg en fil først." in text_of(officer.post("/import/"))


def test_a_large_jump_needs_a_ticked_reason(officer):
    address = hand_in(officer, JUMPING)["Location"]
    page = officer.get(address).content.decode()
    field = re.search(r'type="radio" name="([^"]+)"', page)[1]
    refused = officer.post(address + "bekraeft/")
    assert refused.status_code == 422 and "Begrund først" in text_of(refused)
    assert figure(JUNE) == 1197
    assert officer.post(address + "bekraeft/", {field: "noget andet"}).status_code == 422
    assert officer.post(address + "bekraeft/", {field: "fejl"}).status_code == 302
    assert figure(JUNE) == 2900
    assert "De tidligere tal var forkerte" in text_of(officer.get(address))


def test_a_draft_can_be_thrown_away(officer):
    address = hand_in(officer, GOOD)["Location"]
    assert officer.post(address + "kasser/")["Location"] == "/import/"
    assert figure(JULY) == 1147
    officer.post(address + "bekraeft/")
    assert figure(JULY) == 1147


def test_a_colleague_sees_what_was_stored_but_not_a_draft(officer):
    colleague = logged_in(Role.DATA_OFFICER, email="bob@example.org")
    address = hand_in(officer, GOOD)["Location"]
    for action in ("", "tilstand.json"):
        assert colleague.get(address + action).status_code == 404
    for action in ("bekraeft/", "kasser/"):
        assert colleague.post(address + action).status_code == 404
    officer.post(address + "bekraeft/")
    assert "er indlæst" in text_of(colleague.get(address))


@pytest.mark.parametrize("role", [Role.READER, Role.STATUS_WRITER, Role.SECRETARY])
def test_a_role_that_may_not_import_finds_nothing(officer, role):
    address = hand_in(officer, GOOD)["Location"]
    other = logged_in(role, email="dan@example.org")
    assert [other.get(path).status_code for path in ("/import/", address)] == [404, 404]
    assert [other.post(address + a).status_code for a in ("bekraeft/", "kasser/", "fortryd/", "godkend/")] == [404] * 4
    assert hand_in(other, GOOD).status_code == 404


def test_a_stranger_is_asked_to_log_in(client, officer):
    address = hand_in(officer, GOOD)["Location"]
    for path in ("/import/", address, "/redaktion/"):
        assert client.get(path)["Location"] == f"/log-ind/?next={path}"
    assert client.post(address + "bekraeft/").status_code == 302
    assert figure(JULY) == 1147


def test_a_form_from_another_site_is_refused(officer):
    careful = logged_in(Role.DATA_OFFICER, email="bob@example.org", enforce_csrf_checks=True)
    assert hand_in(careful, GOOD).status_code == 403
    assert not ImportRun.objects.filter(actor="bob@example.org").exists()


def test_pages_of_staff_are_stored_nowhere(officer):
    address = hand_in(officer, GOOD)["Location"]
    for path in ("/import/", address, address + "tilstand.json", "/redaktion/"):
        assert "no-store" in officer.get(path)["Cache-Control"]


def test_reading_a_page_never_does_what_a_button_does(officer):
    address = hand_in(officer, GOOD)["Location"]
    assert [officer.get(address + a).status_code for a in ("bekraeft/", "kasser/", "fortryd/")] == [405] * 3


def test_what_is_held_back_waits_for_an_approver(officer, approver, monkeypatch):
    rung = []
    monkeypatch.setattr(actions.queue, "enqueue", rung.append)
    expectation = {"name": "Antal tal", "expected": "mindst 900", "found": "12", "met": False}
    held = {"state": "held", "error": "Svarer ikke til det ventede: antal tal", "expectations": [expectation]}
    run = ImportRun.objects.create(source="jobindsats", table="y25i01", **held)
    address = f"/import/{run.pk}/"
    assert "Venter på en godkender" in text_of(approver.get("/redaktion/"))
    text = text_of(approver.get(address))
    assert "Antal tal" in text and "Ventet: mindst 900. Kom: 12." in text and "Godkend" in text
    assert "Godkend, og indlæs" not in text_of(officer.get(address))
    assert officer.post(address + "godkend/").status_code == 404
    assert approver.post(address + "godkend/").status_code == 302
    run.refresh_from_db()
    assert (run.state, run.approved_by, [r.pk for r in rung]) == ("queued", "carla@example.org", [run.pk])
    assert approver.get(address + "tilstand.json").json()["ended"] is False
    assert approver.post(address + "godkend/").status_code == 422


def test_an_approver_can_refuse_what_is_held_back(approver):
    run = ImportRun.objects.create(source="jobindsats", table="y25i01", state="held", error="Svarer ikke.")
    assert approver.post(f"/import/{run.pk}/kasser/")["Location"] == f"/import/{run.pk}/"
    assert "Kasseret af carla@example.org" in text_of(approver.get(f"/import/{run.pk}/"))
    assert approver.post(f"/import/{run.pk}/godkend/").status_code == 422


def test_a_spreadsheet_is_shown_like_a_file_of_text(officer):
    sheet = Workbook()
    for row in csv.reader(StringIO(GOOD), delimiter=";"):
        sheet.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    data = BytesIO()
    sheet.save(data)
    answer = officer.post("/import/", {"file": SimpleUploadedFile("tal.xlsx", data.getvalue())})
    assert "Filen giver 1 nyt og 1 ændret tal" in text_of(officer.get(answer["Location"]))


def test_what_failed_says_why_and_that_the_old_figures_stand(officer):
    run = ImportRun.objects.create(source="jobindsats", state="failed", error="Kilden svarede 503.", attempts=3)
    text = text_of(officer.get(f"/import/{run.pk}/"))
    assert "Kilden svarede 503. Der er ikke gemt noget, og portalen viser de gamle tal." in text
    assert "3 af højst 3" in text


def test_importing_by_hand_is_on_the_audit_trail(officer):
    address = hand_in(officer, GOOD)["Location"]
    officer.post(address + "bekraeft/")
    officer.post(address + "fortryd/")
    trail = AuditEvent.objects.filter(kind="import").order_by("pk").values_list("verb", "actor")
    assert list(trail) == [(verb, "alice@example.org") for verb in ("upload", "confirm", "undo")]
