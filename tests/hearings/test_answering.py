"""A point is answered, recommended and decided in order, by whom it falls to; what stands is never changed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from goals.models import Plan
from goals.texts.versions import Stale, TextRefused
from goals.workflow import MoveRefused
from hearings.models import Answer, Hearing, Note, Party, Passage, Point
from hearings.workflow import State
from indicators import data_version
from tests.hearings.conftest import person

pytestmark = pytest.mark.django_db
MEETING = date(2021, 1, 26)


def test_a_point_goes_from_received_to_decided_and_every_step_stays(write, revalidation, approver):
    assert revalidation.state == State.RECEIVED
    write(State.ANSWERED)
    write(State.RECOMMENDED, by=approver)
    decided = write(State.DECIDED, meeting=MEETING, decision="Godkendt.")
    assert [a.state for a in revalidation.answers.order_by("version")] == ["answered", "recommended", "decided"]
    assert (decided.version, decided.actor) == (3, "secretary@example.org")


def test_only_what_was_recommended_or_decided_is_public_and_from_then_on(write, revalidation, approver):
    def public(moment=None):
        return [answer.state for answer in Answer.objects.public(moment or timezone.now())]

    before = timezone.now()
    write(State.ANSWERED)
    assert public() == []
    write(State.RECOMMENDED, by=approver)
    write(State.ANSWERED, reason="Bedre begrundet.")
    assert public() == ["recommended"]
    assert public(before) == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"outcome": "perhaps"}, "outcome"),
        ({"reason": "  "}, "reason"),
        ({"author_role": ""}, "author_role"),
        ({"outcome": "accepted"}, "wording_after"),
        ({"outcome": "accepted", "wording_after": " "}, "wording_after"),
        ({"reason": "Borger 010101-1234 har svaret."}, "reason"),
        ({"reason": "x" * 2001}, "reason"),
    ],
)
def test_an_answer_that_lacks_something_is_refused_at_its_field_and_nothing_is_kept(write, said, field):
    with pytest.raises(TextRefused) as refused:
        write(**said)
    assert refused.value.field == field
    assert not Answer.objects.exists()


@pytest.mark.parametrize("meeting", [None, timezone.localdate() + timedelta(days=1)])
def test_a_decision_names_the_meeting_that_took_it(write, approver, meeting):
    write()
    write(State.RECOMMENDED, by=approver)
    with pytest.raises(TextRefused, match="meeting"):
        write(State.DECIDED, meeting=meeting)


def test_the_secretary_does_not_recommend_and_nothing_is_decided_before_it_is(write, secretary, approver):
    write()
    with pytest.raises(MoveRefused):
        write(State.RECOMMENDED, by=secretary)
    with pytest.raises(MoveRefused):
        write(State.DECIDED, meeting=MEETING)


@pytest.mark.parametrize("role", [Role.READER, Role.STATUS_WRITER, Role.DATA_OFFICER])
def test_who_neither_edits_plans_nor_approves_answers_nothing(write, role):
    with pytest.raises(MoveRefused):
        write(by=person(role))


def test_of_two_who_answer_the_same_the_later_is_told(write):
    write(seen=0)
    with pytest.raises(Stale) as stale:
        write(seen=0, reason="En anden begrundelse.")
    assert stale.value.newest.reason == "Står i loven."


def test_an_answer_stands_in_the_audit_trail_and_makes_kept_pages_stale(write, revalidation):
    before = data_version.current()
    write()
    event = AuditEvent.objects.first()
    assert (event.verb, event.kind, event.key) == ("answered hearing answer", "point", "beskaeftigelsesplan-2021/h10")
    assert event.changes["outcome"] == [None, "not_accepted"]
    assert data_version.current() != before


@pytest.mark.parametrize("change", ["update", "delete"])
@pytest.mark.parametrize("model", [Point, Note, Answer])
def test_the_database_refuses_to_change_what_was_said_and_answered(write, revalidation, model, change):
    write()
    Note.objects.create(point=revalidation, text="Linje 121 er læst igen.", known_from=MEETING)
    row = model.objects.filter(pk=model.objects.last().pk)
    with pytest.raises(IntegrityError, match="never changed or deleted"), transaction.atomic():
        row.update(id=row.get().pk) if change == "update" else row._raw_delete(row.db)
    assert row.exists()


@pytest.mark.django_db(databases=["default", "sqlite"])
@pytest.mark.parametrize("statement", ["UPDATE hearings_point SET summary = ''", "DELETE FROM hearings_point"])
def test_sqlite_refuses_it_too(db, statement):
    at, day = "sqlite", MEETING
    plan = Plan.objects.using(at).create(slug="p", title="P", kind="plan", year=2021, period_start=day, period_end=day)
    hearing = Hearing.objects.using(at).create(slug="p", title="Høring", plan=plan)
    party = Party.objects.using(at).create(hearing=hearing, slug="raadet", name="Rådet", position=0)
    passage = Passage.objects.using(at).create(hearing=hearing, code="a", section="A", name="A", position=0)
    owners = {"hearing": hearing, "party": party, "passage": passage}
    Point.objects.using(at).create(**owners, code="h1", stance="support", summary="Godt.", known_from=day, position=0)
    with pytest.raises(IntegrityError, match="never changed or deleted"), transaction.atomic(using=at):
        connections[at].cursor().execute(statement)
    assert Point.objects.using(at).get().summary == "Godt."


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": ""},
        {"reason": ""},
        {"outcome": "accepted", "wording_after": ""},
        {"state": "decided", "meeting": None},
    ],
)
def test_the_database_refuses_an_answer_that_lacks_something(revalidation, wrong):
    right = {"outcome": "noted", "reason": "Tak.", "state": "answered", "author_role": "…", "made_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(point=revalidation, **right | wrong)
    Answer.objects.create(point=revalidation, **right)


def test_an_answer_that_was_saved_is_not_saved_again(write):
    answer = write()
    with pytest.raises(TypeError):
        answer.save()
