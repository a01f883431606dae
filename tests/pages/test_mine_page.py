"""`/mine/` without script: only one's own, saved, refused, in conflict, in another's hands."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, Team, User
from accounts.roles import Role
from goals.texts.closed_months import close_period
from goals.texts.versions import approve, send_back
from goals.workflow import State
from initiatives.models import Initiative, StatusUpdate
from initiatives.status.due import due_items
from initiatives.status.write import write_status
from tests.pages.test_import_page import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
CIVIL_NUMBER = "010203-1234"


def person(name: str, *roles: Role, team: Team | None = None) -> User:
    user = User.objects.create_user(f"{name}@example.org", name=name, team=team)
    for role in roles:
        user.assignments.create(role=role)
    return user


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def charlie() -> User:
    """Writes status too, for another team."""
    return person("charlie", Role.STATUS_WRITER, team=Team.objects.create(slug="andre", name="Andre"))


def address_of(initiative: Initiative) -> str:
    return next(
        f"/mine/{i.initiative.slug}/{i.iso_month}/"
        for i in due_items(timezone.localdate())
        if i.initiative == initiative
    )


def hidden(page) -> dict[str, str]:
    """What the form on the page would send besides what a person types."""
    html = page.content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', html)[1] for name in ("seen", "client_id")}


def send(client: Client, address: str, **facts: str):
    given = {"status": "on_track", "text": "Vi er i gang."} | hidden(client.get(address)) | facts
    return client.post(address, given)


def public_texts(initiative: Initiative) -> list[str]:
    return [update.text for update in initiative.status_updates.public(timezone.now())]


def test_it_shows_the_six_due_initiatives_of_ones_own_team_and_no_others(alice, charlie):
    page = logged_in(alice).get("/mine/")
    assert page.content.decode().count('data-testid="due"') == 5  # and the sixth is open
    assert "0 af 6" in text_of(page) and "Praktikpladsgaranti" in text_of(page)
    assert "Boblberg" not in text_of(page)
    assert "Dit team har ingen indsatser" in text_of(logged_in(charlie).get("/mine/"))


def test_whoever_is_in_no_team_is_told_what_to_do():
    assert "Bed en administrator" in text_of(logged_in(person("dan", Role.STATUS_WRITER)).get("/mine/"))


def test_it_is_for_those_who_write_status(alice, initiative):
    assert Client().get("/mine/").headers["Location"].startswith("/log-ind/")
    assert logged_in(person("eve", Role.READER)).get("/mine/").status_code == 404


@pytest.mark.parametrize("send_it", [False, True])
def test_anothers_initiative_is_not_there(charlie, initiative, send_it):
    client, address = logged_in(charlie), address_of(initiative)
    facts = {"status": "on_track", "text": "…", "seen": "0", "client_id": str(uuid4())}
    answer = client.post(address, facts) if send_it else client.get(address)
    assert answer.status_code == 404
    assert initiative.status_updates.filter(demo=False).count() == 0


def test_an_initiative_that_is_done_or_stopped_is_not_due(alice, team):
    Initiative.objects.filter(code__in=["i-5.3-1", "i-5.3-2"]).update(team=team)
    assert "0 af 6" in text_of(logged_in(alice).get("/mine/"))


def test_the_form_is_filled_in_with_the_words_of_last_time(alice, initiative):
    last = initiative.status_updates.first()
    page = logged_in(alice).get(address_of(initiative)).content.decode()
    assert f">{last.text}</textarea>" in page and "Udfyldt med teksten fra januar 2021" in page
    assert re.search(rf'value="{last.status}"[^>]* checked', page)


def test_a_saved_status_waits_for_its_approver_and_is_public_after(alice, carla, initiative, client):
    answer = send(logged_in(alice), address_of(initiative), text="Ti nye aftaler.")
    assert answer.status_code == 302 and answer.headers["Location"] != address_of(initiative)
    page = f"/indsatser/{initiative.slug}/"
    assert "Ti nye aftaler." not in client.get(page).content.decode()
    made = initiative.status_updates.newest().get(state=State.SUBMITTED)
    approve(made, by=carla)
    assert "Ti nye aftaler." in client.get(page).content.decode()


def test_without_approval_it_is_public_at_once(alice, initiative, settings):
    settings.STATUS_APPROVAL = False
    send(logged_in(alice), address_of(initiative), text="Ti nye aftaler.")
    assert "Ti nye aftaler." in public_texts(initiative)


def test_no_change_keeps_the_text_and_stamps_the_day(alice, initiative, due):
    last = initiative.status_updates.first()
    send(logged_in(alice), address_of(initiative), unchanged="1", status="stopped", text="Noget andet")
    made = initiative.status_updates.get(period=due)
    assert (made.text, made.status, made.written_at.date()) == (last.text, last.status, timezone.now().date())


def test_after_saving_the_next_missing_one_is_open(alice, team):
    client = logged_in(alice)
    slugs = [item.initiative.slug for item in due_items(timezone.localdate(), team)]
    seen = []
    address = f"/mine/{slugs[0]}/{due_items(timezone.localdate(), team)[0].iso_month}/"
    for _ in slugs:
        seen.append(address.split("/")[2])
        address = send(client, address).headers["Location"]
    assert seen == slugs and address == "/mine/"
    assert "6 af 6" in text_of(client.get("/mine/"))


@pytest.mark.parametrize("status", ["delayed", "stopped"])
def test_a_delay_or_a_stop_needs_its_reason_and_nothing_is_lost(alice, initiative, status):
    answer = send(logged_in(alice), address_of(initiative), status=status, text="  ")
    assert answer.status_code == 422 and "Skriv hvorfor" in text_of(answer)
    assert re.search(rf'value="{status}"[^>]* checked', answer.content.decode())
    assert not initiative.status_updates.filter(demo=False).exists()


def test_a_civil_registration_number_is_refused_not_repeated_and_not_stored(alice, initiative):
    answer = send(logged_in(alice), address_of(initiative), text=f"Borgeren {CIVIL_NUMBER} er i gang.")
    page = answer.content.decode()
    assert answer.status_code == 422 and "CPR-nummer" in page
    assert CIVIL_NUMBER not in page and "Borgeren [fjernet] er i gang." in page
    assert not StatusUpdate.objects.filter(text__contains="010203").exists()
    assert not AuditEvent.objects.filter(changes__icontains="010203").exists()


def test_a_text_that_is_too_long_is_given_back_whole(alice, initiative):
    answer = send(logged_in(alice), address_of(initiative), text="x" * 201)
    assert (
        answer.status_code == 422 and "plads til 200 tegn" in text_of(answer) and "x" * 201 in answer.content.decode()
    )


def test_the_same_form_sent_twice_is_one_record(alice, initiative, due):
    client, address = logged_in(alice), address_of(initiative)
    facts = {"status": "on_track", "text": "Vi er i gang."} | hidden(client.get(address))
    assert [client.post(address, facts).status_code for _ in range(2)] == [302, 302]
    assert initiative.status_updates.filter(period=due).count() == 1


def test_the_same_form_with_another_text_is_not_taken_for_a_repetition(alice, initiative, due):
    client, address = logged_in(alice), address_of(initiative)
    facts = hidden(client.get(address)) | {"status": "on_track"}
    client.post(address, facts | {"text": "Første."})
    answer = client.post(address, facts | {"text": "Anden."})
    assert answer.status_code == 409
    assert "Første." in text_of(answer) and ">Anden.</textarea>" in answer.content.decode()


def test_when_two_edit_the_second_is_shown_both_texts_and_decides(alice, bob, initiative, due):
    address, colleague = address_of(initiative), logged_in(bob)
    opened = hidden(colleague.get(address))
    send(logged_in(alice), address, text="Alices tekst.")
    answer = colleague.post(address, {"status": "delayed", "text": "Bobs tekst."} | opened)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Alices tekst." in page and "Bobs tekst." in page and "Ikke gemt" in page
    assert [update.text for update in initiative.status_updates.filter(period=due)] == ["Alices tekst."]
    colleague.post(address, {"status": "delayed", "text": "Bobs tekst."} | hidden(answer))
    assert [u.text for u in initiative.status_updates.filter(period=due)] == ["Bobs tekst.", "Alices tekst."]


def test_what_was_sent_back_stands_first_with_its_note_and_a_draft_of_the_answer_keeps_it(
    alice, carla, initiative, due, client
):
    writer, address = logged_in(alice), address_of(initiative)
    send(writer, address, text="For kort.")
    send_back(initiative.status_updates.get(period=due), note="Skriv hvor mange.", by=carla)
    page = writer.get("/mine/").content.decode()
    assert page.index("Task Force Viborg") < page.index("Praktikpladsgaranti")
    assert "Skriv hvor mange." in page and "For kort." in page
    send(writer, address, text="Næsten fær", draft="1")
    assert "Skriv hvor mange." in writer.get("/mine/").content.decode()
    send(writer, address, text="Ti aftaler.")
    assert "Skriv hvor mange." not in writer.get("/mine/").content.decode()


def test_a_draft_is_the_teams_and_nobody_elses(alice, bob, carla, initiative, client):
    send(logged_in(alice), address_of(initiative), text="Halvfærdig", draft="1")
    assert "Halvfærdig" in logged_in(bob).get("/mine/").content.decode()
    for page in (client.get(f"/indsatser/{initiative.slug}/"), logged_in(carla).get("/godkend/")):
        assert "Halvfærdig" not in page.content.decode()
    assert "Halvfærdig" not in client.get("/api/v1/status-updates/").content.decode()


def test_a_closed_month_cannot_be_written(alice, initiative, due):
    close_period(period=due, by=person("sofie", Role.SECRETARY))
    answer = send(logged_in(alice), address_of(initiative))
    assert answer.status_code == 422 and "er lukket; spørg udvalgssekretæren" in text_of(answer)


def test_earlier_texts_stay_readable_after_a_correction(alice, carla, initiative, due):
    for text in ("Første.", "Rettet."):
        send(logged_in(alice), address_of(initiative), text=text)
        approve(initiative.status_updates.newest().get(period=due), by=carla)
    assert public_texts(initiative)[:2] == ["Rettet.", "Første."]
    assert [u.version for u in initiative.status_updates.filter(period=due)] == [4, 3, 2, 1]
    assert initiative.status_at(timezone.now()).text == "Rettet."


def test_a_version_is_never_changed(initiative):
    version = initiative.status_updates.first()
    version.text = "Skrevet om"
    with pytest.raises(TypeError, match="add another"):
        version.save()


def test_a_correction_of_an_old_month_does_not_stand_as_the_newest_status(alice, carla, initiative, due):
    now = initiative.status_at(timezone.now())
    old = write_status(
        initiative=initiative, period=now.period - 1, status="delayed", text="Sent.", author_role="Team", by=alice
    )
    approve(old, by=carla)
    assert Initiative.objects.get(pk=initiative.pk).status_at(timezone.now()) == now


def test_every_change_stands_in_the_audit_trail(alice, carla, initiative, due):
    send(logged_in(alice), address_of(initiative), text="Nyt.")
    send_back(initiative.status_updates.get(period=due), note="Hvad?", by=carla)
    returned, wrote = AuditEvent.objects.filter(kind="initiative", key=initiative.code)[:2]
    assert (wrote.actor, wrote.verb, wrote.changes["text"][1]) == ("alice@example.org", "wrote status", "Nyt.")
    assert (returned.actor, returned.verb, returned.reason) == ("carla@example.org", "returned status", "Hvad?")
    assert returned.changes["state"] == ["submitted", "returned"]


@pytest.mark.parametrize("month", ["2020", "nu", "2199-01", "2020-13"])
def test_a_month_that_is_none_or_has_not_begun_is_not_there(alice, initiative, month):
    assert logged_in(alice).get(f"/mine/{initiative.slug}/{month}/").status_code == 404


def test_it_asks_few_queries_however_much_was_written(alice, initiative, django_assert_max_num_queries):
    client, moment = logged_in(alice), timezone.now()
    StatusUpdate.objects.bulk_create(
        StatusUpdate(
            initiative=initiative, period=1500, version=n, status="on_track", text="…", author_role="…",
            written_at=moment, made_at=moment + timedelta(seconds=n),
        )
        for n in range(1, 60)
    )  # fmt: skip
    cache.clear()
    with django_assert_max_num_queries(18):
        client.get("/mine/")
