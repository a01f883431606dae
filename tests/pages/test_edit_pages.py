"""Editing plans in the browser: who may, what is refused, what is saved, and that nothing is lost when two do it."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from goals.models import FocusArea, Goal, Measure, OpenQuestion
from indicators.models import Edit
from initiatives.models import Initiative, Partner
from tests.pages.test_import_page import logged_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
PLAN = "beskaeftigelsesplan-2020"
EDIT = f"/planer/{PLAN}/rediger/"
CIVIL_NUMBER = "010101-1234"
PAGES = {
    "rediger-plan": [PLAN],
    "rediger-oplysninger": [PLAN],
    "kopier-plan": [PLAN],
    "nyt-maal": [PLAN],
    "rediger-maal": [PLAN, 4],
    "nyt-maalepunkt": [PLAN, 4],
    "rediger-maalepunkt": [PLAN, 4, "m04a"],
    "nyt-maaltal": [PLAN, 4, "m04a"],
    "nyt-fokusomraade": [PLAN],
    "rediger-fokusomraade": [PLAN, "unge"],
    "nyt-tema": ["beskaeftigelsesplan-2021"],
    "rediger-tema": ["beskaeftigelsesplan-2021", 1],
    "ny-maalsaetning": ["beskaeftigelsesplan-2021", 1],
    "rediger-maalsaetning": ["beskaeftigelsesplan-2021", "1.4"],
    "rediger-prioritet": ["beskaeftigelsesplan-2021", "1.4"],
    "afklar": ["tillaeg-2020", "Q1"],
    "rediger-indsats": ["task-force-viborg"],
    "ny-indsats": ["beskaeftigelsesplan-2021"],
    "rediger-partner": ["mercantec"],
    "ny-partner": ["beskaeftigelsesplan-2021"],
}


@pytest.fixture
def editor() -> Client:
    return logged_in(Role.SECRETARY, email="rie@example.org")


def address(name: str) -> str:
    arguments = PAGES[name]
    if name == "rediger-fokusomraade":
        arguments = [PLAN, FocusArea.objects.filter(plan__slug=PLAN).first().code]
    return reverse(name, args=arguments)


def opened(client: Client, path: str) -> dict[str, str | list[str]]:
    """The form as a browser would send it back untouched."""
    page = client.get(path).content.decode()
    said: dict[str, str | list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        name, kind = attributes.get("name"), attributes.get("type")
        if not name or (kind in ("checkbox", "radio") and " checked" not in tag):
            continue
        if kind == "checkbox" and "value" in attributes:
            said.setdefault(name, [])
            said[name].append(attributes["value"])
        else:
            said[name] = unescape(attributes.get("value", "on" if kind == "checkbox" else ""))
    for name, text in re.findall(r'<textarea[^>]*name="([\w-]+)"[^>]*>(.*?)</textarea>', page, re.S):
        said[name] = unescape(text).strip()
    for name, choices in re.findall(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', choices)
        said[name] = chosen[1] if chosen else ""
    return said


@pytest.mark.parametrize("name", PAGES)
def test_an_editor_opens_it_a_colleague_finds_nothing_and_a_stranger_is_asked_to_log_in(
    name, editor, client, django_assert_max_num_queries
):
    path = address(name)
    with django_assert_max_num_queries(24):
        answer = editor.get(path)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    colleague = logged_in(Role.APPROVER, Role.DATA_OFFICER, Role.STATUS_WRITER, email="bo@example.org")
    assert colleague.get(path).status_code == colleague.post(path, {"name": "x"}).status_code == 404
    asked = client.post(path, {"name": "x"})
    assert asked.status_code == 302 and asked["Location"].startswith("/log-ind/")


@pytest.mark.parametrize("name", [name for name in PAGES if name != "rediger-plan"])
def test_what_is_missing_is_told_beside_the_field_and_at_the_top(name, editor):
    answer = editor.post(address(name), {"year": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in page and 'class="errorlist"' in page and 'aria-invalid="true"' in page
    assert not Edit.objects.exists()


SAVED = {  # page → the field that is changed
    "rediger-oplysninger": "title",
    "rediger-maal": "title",
    "rediger-maalepunkt": "short_name",
    "rediger-fokusomraade": "name",
    "rediger-tema": "name",
    "rediger-indsats": "name",
    "rediger-partner": "name",
}


@pytest.mark.parametrize("name", SAVED)
def test_a_change_is_saved_audited_and_remembered_and_none_is_none(name, editor):
    path, field = address(name), SAVED[name]
    said = opened(editor, path)
    was = said[field]
    unchanged = editor.post(path, said | {"gem": "ja"})
    assert unchanged.status_code == 302
    assert not Edit.objects.exists() and not AuditEvent.objects.filter(actor="rie@example.org").exists()
    told = text_of(editor.get(unchanged["Location"]))
    assert "Intet var ændret." in told and "Rettelsen er gemt." not in told
    answer = editor.post(path, said | {field: "Et helt nyt navn", "reason": "Stavefejl", "gem": "ja"})
    assert answer.status_code == 302
    event = AuditEvent.objects.get(actor="rie@example.org", verb="changed")
    assert event.changes == {field: [was, "Et helt nyt navn"]} and event.reason == "Stavefejl"
    edit = Edit.objects.get()
    assert (edit.field, edit.before) == (field, was)
    assert opened(editor, path)[field] == "Et helt nyt navn"


@pytest.mark.parametrize("name", SAVED)
def test_two_editors_of_one_thing_lose_nothing(name, editor):
    path, field = address(name), SAVED[name]
    hers, his = opened(editor, path), opened(editor, path)
    editor.post(path, hers | {field: "Hendes navn", "gem": "ja"})

    clash = editor.post(path, his | {field: "Hans navn", "gem": "ja"})
    page = clash.content.decode()
    assert clash.status_code == 409 and 'role="alert"' in page
    assert "Hendes navn" in page and "Hans navn" in page
    assert opened(editor, path)[field] == "Hendes navn"

    seen = re.search(r'name="seen" value="([^"]*)"', page)[1]
    assert editor.post(path, his | {field: "Hans navn", "seen": seen, "gem": "ja"}).status_code == 302
    assert opened(editor, path)[field] == "Hans navn"


@pytest.mark.parametrize("name", SAVED)
def test_a_civil_number_is_refused_and_neither_shown_nor_kept_elsewhere(name, editor):
    path, field = address(name), SAVED[name]
    answer = editor.post(path, opened(editor, path) | {field: f"Se {CIVIL_NUMBER} her", "gem": "ja"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "CPR" in page
    assert CIVIL_NUMBER not in page and "Se [fjernet] her" in page
    assert not Edit.objects.exists()
    assert CIVIL_NUMBER not in str(list(AuditEvent.objects.values_list("changes", "reason")))


def revised(editor: Client, **said) -> tuple[str, dict]:
    path = address("nyt-maaltal")
    meeting = {"reason": "Nye tal.", "meeting": "2020-11-24", "text": "Målet blev hævet."}
    return path, opened(editor, path) | {"value": "12", "printed": "12 %"} | meeting | said


def test_a_revision_shows_its_effect_first_and_is_another_target(editor):
    measure = Measure.objects.get(code="m04a", goal__plan__slug=PLAN)
    stood = list(measure.targets.values())
    path, said = revised(editor)

    shown = editor.post(path, said)
    assert "1 vurdering ændrer sig" in text_of(shown) and "Ikke nået Nået" in text_of(shown).replace(
        "Tæt på", "Ikke nået"
    )
    assert list(measure.targets.values()) == stood

    assert editor.post(path, said | {"gem": "ja"}).status_code == 302
    assert list(measure.targets.order_by("pk").values())[: len(stood)] == stood
    newest = measure.targets.order_by("-pk").first()
    assert (newest.value, newest.reason, newest.decision.meeting) == (12, "Nye tal.", date(2020, 11, 24))
    assert editor.post(path, said | {"gem": "ja"}).status_code == 409  # sent twice: the second sees an older state
    assert measure.targets.count() == len(stood) + 1


def test_a_published_target_is_not_revised_without_reason_and_decision(editor):
    path, said = revised(editor, reason="", meeting="", text="")
    answer = editor.post(path, said)
    assert answer.status_code == 422
    assert "skriv mødet og beslutningen" in text_of(answer)


def test_a_public_page_links_to_its_form_for_editors_only_and_sets_no_cookie(editor, client):
    for path, form in {
        f"/planer/{PLAN}/": "rediger-plan",
        f"/planer/{PLAN}/maal/4/": "rediger-maal",
        "/indsatser/task-force-viborg/": "rediger-indsats",
        "/partnere/mercantec/": "rediger-partner",
        "/maalsaetninger/": "rediger-maalsaetning",
    }.items():
        link = f'href="{address(form)}"'
        seen = editor.get(path)
        assert link in seen.content.decode() and "no-store" in seen["Cache-Control"]
        public = client.get(path)
        assert link not in public.content.decode() and not public.cookies
        assert "no-store" not in public.get("Cache-Control", "")
        assert "Cookie" not in public.get("Vary", "")


def test_earlier_days_show_what_stood_then(editor, client):
    for name, path in (
        ("rediger-indsats", "/indsatser/task-force-viborg/"),
        ("rediger-maal", f"/planer/{PLAN}/maal/1/"),
    ):
        PAGES["rediger-maal"] = [PLAN, 1]
        form, field = address(name), SAVED[name]
        said = opened(editor, form)
        editor.post(form, said | {field: "Et helt nyt navn"})
        assert "Et helt nyt navn" in client.get(path).content.decode()
        then = client.get(path, {"kendt": "2021-06-01"}).content.decode()
        assert "Et helt nyt navn" not in then and said[field] in unescape(then)


def test_an_initiative_is_tied_to_goals_and_partners(editor, client):
    path = address("rediger-indsats")
    goal = Goal.objects.get(plan__slug=PLAN, number=7)
    partner = Partner.objects.get(slug="mercantec")
    said = opened(editor, path)
    ties = {"goals": [str(goal.pk)], "partners": [str(partner.pk)]}
    assert editor.post(path, said | ties | {"owner": "Virksomhedsservice"}).status_code == 302
    found = Initiative.objects.get(slug="task-force-viborg")
    assert [link.goal for link in found.links.filter(goal__isnull=False)] == [goal]
    assert list(found.partners.all()) == [partner] and found.owner == "Virksomhedsservice"
    assert "Mercantec" in client.get("/indsatser/task-force-viborg/").content.decode()


def test_new_parts_get_addresses_of_their_own_and_no_earlier_day_shows_them(editor, client):
    editor.post(address("ny-indsats"), {"name": "Åben dør på Søndergade", "owner": "Jobcenter"})
    made = Initiative.objects.get(slug="aaben-doer-paa-soendergade")
    assert client.get(f"/indsatser/{made.slug}/").status_code == 200
    assert "Åben dør" not in client.get("/indsatser/", {"kendt": "2021-06-01"}).content.decode()
    assert client.get(f"/indsatser/{made.slug}/", {"kendt": "2021-06-01"}).status_code == 404
    assert editor.post(address("ny-partner"), {"name": "Havnen", "type": "business"}).status_code == 302
    assert client.get("/partnere/havnen/").status_code == 200
    assert editor.post(address("nyt-fokusomraade"), {"name": "Seniorer"}).status_code == 302
    assert FocusArea.objects.get(name="Seniorer").plan.slug == PLAN


def test_an_answer_is_given_in_the_browser_and_the_marker_appears(editor, client):
    goal, then = f"/planer/{PLAN}/maal/4/", {"kendt": "2021-06-01"}
    path = address("afklar")
    earlier = client.get(goal, then).content
    said = opened(editor, path) | {"text": "Den 25. august 2020.", "source": "Sag 20/1", "meeting": "2020-08-25"}
    shown = editor.post(path, said)
    assert "Ingen vurdering ændrer sig" in text_of(shown)
    assert "afklares" in text_of(client.get(f"/planer/{PLAN}/"))
    assert editor.post(path, said | {"gem": "ja"}).status_code == 302
    page = client.get(goal).content.decode()
    assert 'class="g-marker"' in page and "Den 25. august 2020." in page
    assert client.get(goal, then).content == earlier
    assert OpenQuestion.objects.get(code="Q1").answer.text == "Den 25. august 2020."


def test_a_target_that_an_answer_stated_anew_is_listed_once_with_what_is_known_now(editor):
    said = opened(editor, address("afklar")) | {"text": "Den dag.", "source": "Sag 20/1", "meeting": "2020-08-25"}
    assert editor.post(address("afklar"), said | {"gem": "ja"}).status_code == 302
    listed = editor.get(address("nyt-maaltal")).content.decode().split("<aside")[1]
    assert listed.count("Nyt mål (tillæg)") == 1 and "gælder fra 25.08.2020" in listed
    assert "10,4\u00a0% → 11\u00a0% ·" in editor.get(EDIT).content.decode().replace("&nbsp;", "\u00a0")


def test_what_was_saved_is_told_once_on_the_page_one_comes_to_and_to_nobody_else(editor, client):
    answers = {"text": "Den 25. august 2020.", "source": "Sag 20/1", "meeting": "2020-08-25", "gem": "ja"}
    saved = {
        "rediger-maal": ({"title": "Et helt nyt mål", "gem": "ja"}, "Rettelsen er gemt."),
        "rediger-indsats": ({"name": "Et helt nyt navn"}, "Rettelsen er gemt."),
        "rediger-partner": ({"name": "Et helt nyt navn"}, "Rettelsen er gemt."),
        "nyt-maal": ({"title": "Endnu et mål"}, "Målet er tilføjet."),
        "ny-indsats": ({"name": "Åben dør", "owner": "Jobcenter"}, "Indsatsen er tilføjet."),
        "ny-partner": ({"name": "Havnen", "type": "business"}, "Partneren er tilføjet."),
        "nyt-fokusomraade": ({"name": "Seniorer"}, "Fokusområdet er tilføjet."),
        "nyt-tema": ({"name": "Et nyt tema"}, "Temaet er tilføjet."),
        "ny-maalsaetning": ({"name": "Nyt", "valid_from": "2022-01-01"}, "Målsætningen er tilføjet."),
        "afklar": (answers, "Svaret er gemt."),
    }
    for name, (said, told) in saved.items():
        path = address(name)
        answer = editor.post(path, opened(editor, path) | said)
        assert answer.status_code == 302, (name, text_of(answer))
        assert told in text_of(editor.get(answer["Location"])), name
        assert told not in text_of(editor.get(answer["Location"])), name
        assert told not in text_of(client.get(answer["Location"])) and not client.cookies, name


def test_the_effect_says_days_as_danes_write_them(editor):
    path = address("afklar")
    said = opened(editor, path) | {"text": "Den dag.", "source": "Sag 20/1", "meeting": "2020-08-25"}
    shown = text_of(editor.post(path, said))
    assert "25. august 2020" in shown and "2020-08-25" not in shown
