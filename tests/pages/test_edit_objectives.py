"""Themes and objectives in the browser: new ones, new wordings, and whether they were prioritised."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import AuditEvent
from accounts.roles import Role
from goals.models import Objective, Theme
from indicators.models import Edit
from tests.pages.test_edit_pages import PLAN, address, opened
from tests.pages.test_import_page import logged_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]


@pytest.fixture
def editor() -> Client:
    return logged_in(Role.SECRETARY, email="rie@example.org")


def test_a_new_wording_holds_from_its_day_and_keeps_what_is_done_for_it(editor):
    path = address("rediger-maalsaetning")
    said = opened(editor, path) | {"name": "En ny ordlyd", "valid_from": "2022-01-01"}
    assert editor.post(path, said).status_code == 302
    old, new = (
        Objective.objects.valid_on(day).get(number="1.4", theme__plan__slug="beskaeftigelsesplan-2021")
        for day in (date(2021, 12, 31), date(2022, 1, 1))
    )
    assert new.name == "En ny ordlyd" and old.name != new.name
    assert {link.initiative for link in old.links.all()} == {link.initiative for link in new.links.all()}
    assert editor.post(path, said).status_code in (409, 422)


def test_a_new_objective_stands_in_its_theme_from_its_day_with_an_unknown_priority(editor, client):
    path = address("ny-maalsaetning")
    said = opened(editor, path)
    assert said["number"] == "1.5"
    assert editor.post(path, said | {"name": "Flere lærepladser", "valid_from": "2021-09-01"}).status_code == 302
    made = Objective.objects.get(number="1.5", theme__plan__slug="beskaeftigelsesplan-2021")
    assert made.theme.number == 1 and [p.prioritised for p in made.priorities.all()] == [None]
    event = AuditEvent.objects.get(actor="rie@example.org", kind="objective")
    assert event.key == "beskaeftigelsesplan-2021/1.5" and event.changes["name"] == [None, "Flere lærepladser"]
    for page in ("/maalsaetninger/", "/planer/beskaeftigelsesplan-2021/"):
        assert "Flere lærepladser" in text_of(client.get(page))
        assert "Flere lærepladser" not in text_of(client.get(page, {"kendt": "2021-06-01"}))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"valid_from": ""}, "skriv, hvilken dag målsætningen gælder fra"),
        ({"valid_to": "2021-01-01"}, "Målsætningen slutter, før den begynder."),
        ({"number": "1.2"}, "Planen har allerede en målsætning med det nummer."),
        ({"number": "1/2"}, "Brug kun bogstaver, tal, punktum og bindestreg"),
    ],
)
def test_an_objective_that_cannot_be_added_is_refused_beside_its_field(editor, said, reason):
    path = address("ny-maalsaetning")
    whole = opened(editor, path) | {"name": "Flere lærepladser", "valid_from": "2021-09-01"} | said
    answer = editor.post(path, whole)
    assert answer.status_code == 422 and reason in text_of(answer) and "Flere lærepladser" in text_of(answer)
    assert not Edit.objects.exists()


def test_a_new_theme_is_the_last_and_no_earlier_day_shows_it(editor, client):
    assert editor.post(address("nyt-tema"), {"name": "Grøn omstilling"}).status_code == 302
    assert Theme.objects.get(name="Grøn omstilling").number == 7
    for page in ("/maalsaetninger/", "/planer/beskaeftigelsesplan-2021/", "/api/v1/themes/"):
        assert "Grøn omstilling" in client.get(page).content.decode(), page
        day = {"as_of" if page.startswith("/api") else "kendt": "2021-06-01"}
        assert "Grøn omstilling" not in client.get(page, day).content.decode(), page


@pytest.mark.parametrize(
    ("name", "at", "field"),
    [
        ("rediger-tema", "themes/?plan=beskaeftigelsesplan-2021", "name"),
        ("rediger-indsats", "initiatives/task-force-viborg/?", "owner"),
        ("rediger-partner", "partners/mercantec/?", "name"),
        ("rediger-oplysninger", f"plans/{PLAN}/?", "title"),
    ],
)
def test_the_api_gives_an_earlier_day_the_words_that_stood_then(editor, client, name, at, field):
    path = address(name)
    assert editor.post(path, opened(editor, path) | {field: "Helt nye ord"}).status_code == 302
    assert "Helt nye ord" in client.get(f"/api/v1/{at}").content.decode()
    assert "Helt nye ord" not in client.get(f"/api/v1/{at}&as_of=2021-06-01").content.decode()


def test_a_priority_becomes_known_and_what_is_not_said_stays_unknown(editor, client):
    path = address("rediger-prioritet")
    said = opened(editor, path)
    assert editor.post(path, said | {"year-2021": "ja", "reason": "Planens originale PDF"}).status_code == 302
    objective = Objective.objects.get(theme__plan__slug="beskaeftigelsesplan-2021", number="1.4")
    answers = dict(objective.priorities.values_list("year", "prioritised"))
    assert answers[2021] is True and answers.get(2020) is None
    assert "2021: 1 ja, 21 afklares" in text_of(client.get("/maalsaetninger/"))
    assert "2021: 22 afklares" in text_of(client.get("/maalsaetninger/", {"kendt": "2021-06-01"}))
    assert editor.post(path, said | {"year-2021": "nej", "reason": "x"}).status_code == 409
    api = "/api/v1/objectives/?plan=beskaeftigelsesplan-2021"
    for day, said_of_it in (("", True), ("&as_of=2021-06-01", None)):
        rows = {row["number"]: row for row in client.get(api + day).json()["results"]}
        assert {p["year"]: p["prioritised"] for p in rows["1.4"]["priorities"]}[2021] is said_of_it


def test_a_priority_that_is_said_again_is_no_change(editor):
    path = address("rediger-prioritet")
    assert editor.post(path, opened(editor, path) | {"reason": "Set igen"}).status_code == 302
    assert "Intet var ændret." in text_of(editor.get("/planer/beskaeftigelsesplan-2021/rediger/"))
    assert not Edit.objects.exists()
