"""The page of a hearing: who was heard, each point beside its paragraph, and what is not known said plainly."""

import re
from datetime import date
from html import unescape

import pytest

from goals.models import Plan
from hearings.models import Note
from hearings.workflow import State
from tests.hearings.conftest import SLUG

pytestmark = pytest.mark.django_db
PAGE = f"/hoeringer/{SLUG}/"
NOT_IN_THE_DOCUMENTS = "Forvaltningens svar er ikke i dokumenterne"


def read(client, address: str = PAGE) -> str:
    return unescape(client.get(address).content.decode())


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page))


def points_in(page: str) -> dict[str, str]:
    """The text of each point, by its code."""
    found = re.findall(r'<article class="said" id="(\w+)".*?</article>', page, re.S)
    return {code: text_of(re.search(rf'id="{code}".*?</article>', page, re.S)[0]) for code in found}


def test_the_page_counts_who_said_what(client, hearing):
    text = text_of(read(client))
    assert "15 høringspunkter: 8 støtter, 4 er bekymringer og 3 beder om ændring" in text
    assert "Handicaprådet ✓ ja, underskrevet af formand 4 4 4 3 15" in text
    assert "Hvem der ellers er hørt, er ikke oplyst." in text
    assert "Sendt i høring: ikke oplyst . Frist: ikke oplyst ." in text


def test_all_fifteen_points_stand_under_their_paragraph(client, hearing):
    page = read(client)
    assert sorted(points_in(page)) == sorted(f"h{n}" for n in range(1, 16))
    under = dict(re.findall(r'data-testid="passage">.*?<h3>([^<]+)</h3>.*?id="(h\d+)"', page, re.S))
    assert under["Rette indsats til rette tid"] == "h10" and under["Sygemeldte"] == "h13"
    assert "→" not in points_in(page)["h10"] and "ønske om ændring" in points_in(page)["h10"]
    assert "Linje 117-123" in points_in(page)["h10"]


def test_every_point_is_reached_from_its_heading_on_the_plans_page(client, hearing):
    plan = read(client, f"/planer/{SLUG}/")
    links = re.findall(rf'<a href="{PAGE}#([\w-]+)">(\d+) høringspunkt', plan)
    assert links == [
        ("viborgmodellen", "3"),
        ("sammenhaengsmodellen", "3"),
        ("kerneydelse-og-vaerdigrundlag", "5"),
        ("fokusomraader", "2"),
        ("indsatser", "2"),
    ]
    page = read(client)
    assert all(f'id="{anchor}"' in page for anchor, _count in links)
    assert "høringspunkt" not in read(client, "/planer/beskaeftigelsesplan-2020/")


def test_where_the_documents_hold_no_answer_the_page_says_so_at_each_point(client, hearing):
    page = read(client)
    assert len(points_in(page)) == 15
    assert all("modtaget" in text and NOT_IN_THE_DOCUMENTS in text for text in points_in(page).values())
    assert "og udvalgets beslutning er det heller ikke" in text_of(page)


def test_an_answer_stands_with_outcome_reason_wordings_and_the_committees_decision(client, write, approver):
    said = {
        "outcome": "accepted", "reason": "Revalidering er en mulighed.", "wording_before": "Uddannelse.",
        "wording_after": "Uddannelse og revalidering.",
    }  # fmt: skip
    write(**said)
    assert NOT_IN_THE_DOCUMENTS in points_in(read(client))["h10"]  # it is the administration's own paper yet
    write(State.RECOMMENDED, by=approver, **said)
    text = points_in(read(client))["h10"]
    assert "Imødekommes" in text and "indstillet" in text and "Revalidering er en mulighed." in text
    assert "Planens ordlyd før Uddannelse." in text and "Planens ordlyd efter Uddannelse og revalidering." in text
    assert "1 af 15 punkter har et svar, og 0 er besluttet." in text_of(read(client))
    write(State.DECIDED, meeting=date(2021, 1, 26), decision="Godkendt som indstillet.", **said)
    assert "Udvalget 26.01.2021: Godkendt som indstillet." in points_in(read(client))["h10"]
    assert NOT_IN_THE_DOCUMENTS in points_in(read(client, f"{PAGE}?kendt=2026-10-01"))["h10"]


def test_on_an_earlier_day_it_shows_what_was_known_then(client, hearing, revalidation):
    assert client.get(f"{PAGE}?kendt=2020-12-31").status_code == 404
    assert "Ingen høringer var kendt" in read(client, "/hoeringer/?kendt=2020-12-31")
    Note.objects.create(point=revalidation, text="Læst igen.", known_from=date(2021, 3, 1))
    assert "Bemærkning 01.03.2021: Læst igen." in points_in(read(client))["h10"]
    assert "Læst igen." not in read(client, f"{PAGE}?kendt=2021-02-28")


def test_neither_a_draft_nor_a_drafts_hearing_is_shown(client, hearing):
    Plan.objects.filter(slug=SLUG).update(known_from=None)
    assert client.get(PAGE).status_code == 404
    Plan.objects.filter(slug=SLUG).update(known_from=date(2021, 1, 1))
    type(hearing).objects.update(known_from=None)
    assert client.get(PAGE).status_code == 404
    assert "høringspunkt" not in read(client, f"/planer/{SLUG}/")


def test_no_page_names_the_person_who_signed(client, hearing):
    for address in (PAGE, "/hoeringer/", f"/planer/{SLUG}/", f"/en{PAGE}", "/api/v1/hearings/"):
        assert not re.search("Ulla|Serup|Thomsen", read(client, address))


def test_the_page_costs_the_same_however_many_points_there_are(client, hearing, django_assert_max_num_queries):
    client.get(PAGE)
    with django_assert_max_num_queries(8):
        client.get(PAGE)
    with django_assert_max_num_queries(8):
        client.get("/hoeringer/")
