"""Answering a point in the browser: who may, what is refused beside its field, and that nothing is lost when two do."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import AuditEvent
from accounts.roles import Role
from hearings.models import Answer
from hearings.workflow import State
from tests.hearings.conftest import SLUG, person
from tests.hearings.test_page import points_in, read, text_of
from tests.pages.test_edit_pages import opened

pytestmark = pytest.mark.django_db
PAGE = f"/hoeringer/{SLUG}/"
FORM = f"{PAGE}punkter/h10/"
RIGHT = {"outcome": "accepted", "reason": "Det er en mulighed.", "wording_after": "Også revalidering."}


@pytest.fixture
def at_desk(hearing):
    """`at_desk(Role.SECRETARY)`: a browser in which such a person is logged in."""

    def browser(role: Role) -> Client:
        client = Client()
        client.force_login(person(role))
        return client

    return browser


def send(client: Client, **said):
    """The form as it was opened, with what the test says."""
    return client.post(FORM, opened(client, FORM) | RIGHT | said)


def test_a_point_goes_the_whole_way_in_the_browser(at_desk, client):
    secretary, approver = at_desk(Role.SECRETARY), at_desk(Role.APPROVER)
    answer = send(secretary)  # the only step there is, is chosen
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGE}#h10")
    assert "Svaret på h10 er gemt." in read(secretary)
    assert "ikke i dokumenterne" in points_in(read(client))["h10"]
    assert send(approver, step="recommended").status_code == 302
    assert "Imødekommes" in points_in(read(client))["h10"] and "indstillet" in points_in(read(client))["h10"]
    decision = {"step": "decided", "meeting": "2021-01-26", "decision": "Godkendt."}
    assert send(secretary, **decision).status_code == 302
    assert "Udvalget 26.01.2021: Godkendt." in points_in(read(client))["h10"]
    assert [(a.state, a.actor) for a in Answer.objects.order_by("version")] == [
        ("answered", "secretary@example.org"),
        ("recommended", "approver@example.org"),
        ("decided", "secretary@example.org"),
    ]
    told = AuditEvent.objects.filter(kind="point", key=f"{SLUG}/h10").order_by("id")
    assert [event.verb for event in told] == [
        "created",
        "answered hearing answer",
        "recommended hearing answer",
        "decided hearing answer",
    ]
    assert Answer.objects.first().meeting == date(2021, 1, 26)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ({"outcome": ""}, "Dette felt er påkrævet"),
        ({"reason": ""}, "Dette felt er påkrævet"),
        ({"wording_after": ""}, "Skriv den nye ordlyd, når punktet imødekommes."),
        ({"reason": "Borger 010101-1234 spørger."}, "Teksten ligner et CPR-nummer"),
        ({"step": "decided"}, "Marker en gyldig valgmulighed"),
        ({"meeting": "i går"}, "gyldig dato"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(at_desk, said, text):
    answer = send(at_desk(Role.SECRETARY), decision="Udvalget får det at se.", **said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert text in page and "Udvalget får det at se." in page and "010101-1234" not in page
    assert not Answer.objects.exists()


def test_a_decision_without_its_meeting_is_refused(at_desk, write, approver):
    write()
    write(State.RECOMMENDED, by=approver)
    answer = send(at_desk(Role.ADMINISTRATOR), step="decided")
    assert answer.status_code == 422 and "Skriv, hvilket møde der besluttede det." in answer.content.decode()


def test_who_comes_second_is_told_what_stands_now_and_loses_nothing(at_desk):
    first, second = at_desk(Role.SECRETARY), at_desk(Role.APPROVER)
    seen = opened(second, FORM)
    send(first, reason="Den første begrundelse.")
    answer = second.post(FORM, seen | RIGHT | {"reason": "Den anden begrundelse.", "step": "answered"})
    page = answer.content.decode()
    assert answer.status_code == 409 and 'data-testid="clash"' in page
    assert "Den første begrundelse." in page and "Den anden begrundelse." in page
    assert [a.reason for a in Answer.objects.all()] == ["Den første begrundelse."]


def test_sending_twice_saves_once(at_desk):
    client = at_desk(Role.SECRETARY)
    said = opened(client, FORM) | RIGHT
    assert [client.post(FORM, said).status_code for _ in range(2)] == [302, 409]
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.SECRETARY, 200), (Role.APPROVER, 200), (Role.READER, 404), (Role.STATUS_WRITER, 404)],
)
def test_who_may_answer_finds_the_way_from_the_page_and_nobody_else_does(at_desk, role, status):
    client = at_desk(role)
    assert client.get(FORM).status_code == status
    assert (f'href="{FORM}"' in read(client)) == (status == 200)


def test_who_may_answer_sees_what_waits_to_be_recommended_and_a_reader_does_not(at_desk, client, write):
    def waiting(reader: Client) -> bool:
        return "1 svar er skrevet og venter på at blive indstillet: h10" in text_of(read(reader))

    approver = at_desk(Role.APPROVER)
    assert not waiting(approver)
    write()
    assert waiting(approver) and not waiting(client)
    write(State.RECOMMENDED, by=person(Role.APPROVER))
    assert not waiting(approver)


def test_a_stranger_is_asked_to_log_in_and_sees_no_way_there(client, hearing):
    assert client.get(FORM).status_code == 302
    assert "punkter/h10" not in read(client)


def test_the_earlier_answers_stand_beside_the_form(at_desk, write):
    write(reason="Den første begrundelse.")
    page = read(at_desk(Role.SECRETARY), FORM)
    assert "Besvaret: imødekommes ikke" in page and "secretary@example.org" in page
