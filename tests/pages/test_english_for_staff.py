"""The staff's pages in English with something on them: work that is due, waits, was refused or went wrong."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from goals.models import ClosedPeriod
from goals.texts.versions import approve, send_back
from indicators.models import ImportRun
from initiatives.models import StatusUpdate
from initiatives.status.due import due_items
from initiatives.status.write import write_status
from tests.pages.test_english import DANISH, Said
from tests.pages.test_import_page import GOOD, JUMPING, WRONG
from tests.pages.test_mine_page import hidden, logged_in, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]


def in_danish(answer, places) -> list[str]:
    assert '<html lang="en">' in (content := answer.content.decode())
    said = Said()
    said.feed(content)
    assert len(said.texts) > 20
    return [text for text in said.texts if DANISH.search(places.sub("", text))]


@pytest.fixture
def everything() -> Client:
    return logged_in(person("axel", Role.ADMINISTRATOR))


@pytest.fixture
def month(alice, carla, team) -> list[StatusUpdate]:
    """A text in each of its states: waiting, sent back, approved, a draft."""
    made = []
    for item in due_items(timezone.localdate(), team)[:4]:
        said = {"status": "delayed", "text": "Venter på lokaler.", "author_role": "Team", "period": item.period}
        made.append(write_status(initiative=item.initiative, by=alice, draft=len(made) == 3, **said))
    send_back(made[1], note="Skriv hvorfor.", by=carla)
    approve(made[2], by=carla)
    return made


def test_the_list_of_what_is_due_and_each_item_of_it(places, alice, team, month):
    client = logged_in(alice)
    assert in_danish(client.get("/en/mine/"), places) == []
    for item in due_items(timezone.localdate(), team):
        assert in_danish(client.get(f"/en{item.address}"), places) == [], item.address


def test_what_is_refused_and_what_somebody_else_saved_meanwhile(places, alice, team, month):
    client, item = logged_in(alice), due_items(timezone.localdate(), team)[-1]
    address = f"/en{item.address}"
    typed = {"status": "delayed", "text": ""} | hidden(client.get(address))
    refused = client.post(address, typed)
    assert refused.status_code == 422 and in_danish(refused, places) == []
    said = {"status": "on_track", "text": "Nyt.", "author_role": "Leder af ungeindsatsen"}
    write_status(initiative=item.initiative, period=item.period, by=alice, **said)
    clash = client.post(address, typed | {"text": "Mit."})
    assert clash.status_code == 409 and in_danish(clash, places) == []
    saved = client.post(address, typed | {"text": "Mit."} | hidden(clash), follow=True)
    assert "has been saved" in saved.content.decode() and in_danish(saved, places) == []


def test_who_has_nothing_to_do(places, carla):
    assert in_danish(logged_in(carla).get("/en/mine/"), places) == []
    assert in_danish(logged_in(carla).get("/en/godkend/"), places) == []


def test_the_queue_and_its_answers(places, carla, month):
    client, waiting = logged_in(carla), month[0]
    address = f"/en/godkend/status/{waiting.pk}/"
    assert in_danish(client.get("/en/godkend/"), places) == []
    assert in_danish(client.post(address, {"note": ""}), places) == []
    assert in_danish(client.post(address, {"approve": "1"}, follow=True), places) == []
    assert in_danish(client.post(address, {"approve": "1"}, follow=True), places) == []


def test_the_editors_lists_with_and_without_something_missing(places, everything, month):
    ImportRun.objects.create(source="jobindsats", table="y25i01", state="failed", error="Kilden svarede 503.")
    ImportRun.objects.create(source="file", name="figures.csv", state="held", error="Springer for meget.")
    assert in_danish(everything.get("/en/redaktion/"), places) == []
    assert in_danish(everything.get("/en/redaktion/", {"ansvarlig": "Ungeindsatsen (demo)"}), places) == []
    ClosedPeriod.objects.create(period=month[0].period, closed_by="axel@example.org", reason="Bilaget er sendt.")
    assert in_danish(everything.get("/en/redaktion/maaneder/"), places) == []


@pytest.mark.parametrize("text", [GOOD, JUMPING, WRONG])
def test_a_file_that_was_handed_in(places, everything, text):
    file = SimpleUploadedFile("figures.csv", text.encode())
    answer = everything.post("/en/import/", {"file": file}, follow=True)
    assert in_danish(answer, places) == []
    assert in_danish(everything.get("/en/import/"), places) == []


def test_what_is_written_in_a_form_is_marked_as_danish_on_an_english_page_alone(everything):
    paths = {"indsatser/task-force-viborg/rediger/": 5, "planer/beskaeftigelsesplan-2020/rediger/maal/4/": 3}
    paths["planer/beskaeftigelsesplan-2020/maal/2/m02/vurdering/"] = 7
    for path, written in paths.items():
        page = everything.get(f"/en/{path}").content.decode()
        fields = re.findall(r'<textarea[^>]*>|<input type="text"[^>]*>|<input[^>]*id="author_role"[^>]*>', page)
        texts = [field for field in fields if "inputmode" not in field]
        assert len(texts) >= written and all('lang="da"' in field for field in texts), path
        assert 'lang="da"' not in "".join(re.findall(r"<textarea[^>]*>", everything.get(f"/{path}").content.decode()))
    form = everything.get("/en/indsatser/task-force-viborg/rediger/").content.decode()
    assert re.findall(r"<span([^>]*)>2020: 4 ", form) == [' lang="da"']


@pytest.mark.parametrize("plan", ["beskaeftigelsesplan-2020", "beskaeftigelsesplan-2021"])
def test_all_that_an_editor_can_change_in_a_plan(places, everything, plan):
    assert in_danish(everything.get(f"/en/planer/{plan}/rediger/"), places) == []
