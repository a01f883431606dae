"""What `/mine/` says besides the statuses: what the front page counts, who signs, whose the newer version is."""

import re

import pytest

from accounts.models import AuditEvent
from goals.texts.versions import approve
from initiatives.models import Initiative
from tests.pages.test_import_page import text_of
from tests.pages.test_mine_page import address_of, hidden, logged_in, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]


def test_it_says_which_month_the_front_page_counts_and_what_mends_it(alice, carla, client, due):
    writer, missing = logged_in(alice), Initiative.objects.get(code="i-2.4-1")
    page = writer.get("/mine/")
    assert "Forsiden tæller januar 2021" in text_of(page) and "(8. februar 2021)" in text_of(page)
    assert "6 af 34 indsatser mangler status for januar 2021" in text_of(client.get("/"))
    assert f'href="/mine/{missing.slug}/2021-01/"' in page.content.decode()
    assert writer.get(f"/mine/{missing.slug}/2021-01/").status_code == 200
    send(writer, address_of(missing))
    approve(missing.status_updates.newest().get(period=due), by=carla)
    assert "Ingen af jeres indsatser mangler den." in text_of(writer.get("/mine/"))
    assert "5 af 34 indsatser" in text_of(client.get("/"))


def test_ones_own_second_window_is_told_as_ones_own(alice, initiative):
    address, writer = address_of(initiative), logged_in(alice)
    opened = hidden(writer.get(address))
    send(writer, address, text="Fra det ene vindue.")
    answer = writer.post(address, {"status": "delayed", "text": "Fra det andet."} | opened)
    page = text_of(answer)
    assert answer.status_code == 409 and "Fra det ene vindue." in page and "Fra det andet." in page
    assert "du har selv gemt i et andet vindue" in page and "en anden har" not in page


def test_a_text_is_signed_by_who_writes_it_not_by_who_wrote_the_last(alice, bob, initiative, due):
    def offered(user) -> str:
        return re.search(r'name="author_role"[^>]* value="([^"]*)"', logged_in(user).get(address).content.decode())[1]

    address = address_of(initiative)
    assert initiative.status_updates.first().author_role != offered(alice) == "Ungeindsatsen (demo)"
    send(logged_in(alice), address, author_role="Koordinator, Unge")
    assert (offered(alice), offered(bob)) == ("Koordinator, Unge", "Ungeindsatsen (demo)")
    send(logged_in(bob), address, text="Bobs.")
    assert initiative.status_updates.filter(period=due).newest().get().author_role == "Ungeindsatsen (demo)"
    kept = AuditEvent.objects.get(kind="user", key=alice.email)
    assert kept.changes == {"title": ["", "Koordinator, Unge"]}


def test_a_text_without_a_signature_is_refused_beside_the_field(alice, initiative):
    answer = send(logged_in(alice), address_of(initiative), author_role=" ")
    assert answer.status_code == 422 and "Skriv, hvilken rolle" in text_of(answer)
    assert not initiative.status_updates.filter(demo=False).exists()


def test_what_has_begun_is_unbegun_by_correcting_the_month_that_said_so(alice, carla, initiative, due):
    writer, address = logged_in(alice), address_of(initiative)
    page = writer.get(address).content.decode()
    january = f"/mine/{initiative.slug}/2021-01/"
    assert 'value="not_started"' not in page and f'href="{january}"' in page
    answer = send(writer, address, status="not_started")
    assert answer.status_code == 422 and "begyndt ifølge januar 2021" in text_of(answer)
    for month in ("2020-08", "2021-01"):
        assert send(writer, f"/mine/{initiative.slug}/{month}/", status="not_started").status_code == 302
    assert 'value="not_started"' in writer.get(address).content.decode()
    assert send(writer, address, status="not_started").status_code == 302
