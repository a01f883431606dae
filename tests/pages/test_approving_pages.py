"""`/godkend/`, the months that are closed, and assessments: what an approver, a secretary and a writer may do."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent, Team, User
from accounts.roles import Role
from goals.models import Assessment, ClosedPeriod, Measure
from goals.status.plan_status import plan_status
from goals.workflow import State
from initiatives.models import Initiative
from initiatives.status.due import cadence
from initiatives.status.write import write_status
from tests.pages.test_import_page import text_of
from tests.pages.test_mine_page import hidden, logged_in, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
CIVIL_NUMBER = "010203-1234"
PAGE = "/planer/beskaeftigelsesplan-2020/maal/4/m04a/vurdering/"
WORDS = {
    "verdict": "near", "confidence": "high", "headline": "Færre unge på ydelse.", "why": "Flere praktikpladser.",
    "doing": "Vi ringer til virksomheder.", "author_role": "Afdelingsleder, Ungeindsatsen",
}  # fmt: skip


@pytest.fixture
def sofie() -> User:
    return person("sofie", Role.SECRETARY)


def report(by: User, text: str = "Ti nye aftaler.", **facts):
    period = cadence().due_period(timezone.localdate())
    given = {"status": "on_track", "author_role": "Team", "period": period} | facts
    given.setdefault("initiative", Initiative.objects.get(slug="task-force-viborg"))
    return write_status(text=text, by=by, **given)


def decide(client, version, **facts):
    return client.post(f"/godkend/status/{version.pk}/", facts)


def newest_state(version) -> str:
    rows = type(version).objects.newest().filter(**{version.ITEM[0]: version.subject, "period": version.period})
    return rows.get().state


def test_the_approver_sees_the_new_text_beside_what_all_can_read(alice, carla):
    report(alice)
    text = text_of(logged_in(carla).get("/godkend/"))
    assert "1 tekst venter på godkendelse" in text and "Ti nye aftaler." in text
    assert "De første småjob er besat" in text


def test_a_text_that_says_what_was_approved_last_is_marked_and_another_status_or_word_is_not(alice, carla):
    client, unchanged = logged_in(carla), "uændret siden sidst"
    initiative = Initiative.objects.get(slug="task-force-viborg")
    public = initiative.status_at(timezone.now())
    report(alice, public.text, status=public.status)
    assert unchanged in text_of(client.get("/godkend/"))
    report(alice, public.text, status="delayed")
    assert unchanged not in text_of(client.get("/godkend/"))
    report(alice, f"{public.text} Nyt.", status=public.status)
    assert unchanged not in text_of(client.get("/godkend/"))


def test_a_yes_makes_it_public_and_empties_the_queue(alice, carla, client):
    version = report(alice)
    assert decide(logged_in(carla), version, approve="1").status_code == 302
    assert newest_state(version) == State.APPROVED
    assert "Ti nye aftaler." in client.get("/indsatser/task-force-viborg/").content.decode()
    assert "0 tekster venter" in text_of(logged_in(carla).get("/godkend/"))


@pytest.mark.parametrize("note", ["", "   ", f"Fjern {CIVIL_NUMBER}"])
def test_a_no_needs_words_that_may_be_stored(alice, carla, note):
    version = report(alice)
    answer = decide(logged_in(carla), version, note=note)
    assert (answer.status_code, newest_state(version)) == (422, State.SUBMITTED)
    assert CIVIL_NUMBER not in answer.content.decode()


def test_a_decision_about_a_text_that_has_been_replaced_is_not_taken(alice, carla):
    old = report(alice)
    newer = report(alice, "Rettet i mellemtiden.")
    answer = logged_in(carla).post(f"/godkend/status/{old.pk}/", {"approve": "1"}, follow=True)
    assert "En anden har gemt en nyere version" in text_of(answer) and "Rettet i mellemtiden." in text_of(answer)
    assert newest_state(newer) == State.SUBMITTED


@pytest.fixture
def dora(team) -> User:
    """Writes for her team and approves, and nobody else is there to approve."""
    dora = person("dora", Role.APPROVER, team=team)
    User.objects.filter(assignments__role=Role.APPROVER).exclude(pk=dora.pk).update(is_active=False)
    return dora


def test_nobody_approves_an_own_text_while_another_could(dora, team):
    """By another team's approver or an administrator nobody waits to be helped."""
    version, own = report(dora), logged_in(dora)
    person("axel", Role.ADMINISTRATOR)
    person("otto", Role.APPROVER, team=Team.objects.create(slug="andre", name="Andre"))
    assert 'name="approve"' in own.get("/godkend/").content.decode()

    dan = person("dan", Role.APPROVER)
    page = own.get("/godkend/").content.decode()
    assert 'name="approve"' not in page and 'name="return"' in page and 'data-testid="own"' in page
    refused = own.post(f"/godkend/status/{version.pk}/", {"approve": "1"}, follow=True)
    assert "Du har selv afleveret teksten" in text_of(refused) and newest_state(version) == State.SUBMITTED
    decide(logged_in(dan), version, approve="1")
    assert newest_state(version) == State.APPROVED


def test_the_only_approver_may_approve_an_own_text_and_the_trail_says_so(dora):
    version = report(dora)
    assert decide(logged_in(dora), version, approve="1").status_code == 302
    assert newest_state(version) == State.APPROVED
    events = AuditEvent.objects.filter(kind="initiative", key=version.initiative.key, actor=dora.email)
    assert sorted(events.values_list("verb", flat=True)) == ["approved status", "wrote status"]


def test_where_nobody_approves_no_second_pair_of_eyes_is_asked_for(dora, carla, settings):
    settings.STATUS_APPROVAL = False
    User.objects.filter(pk=carla.pk).update(is_active=True)
    assert report(dora).state == State.APPROVED


def test_approving_twice_is_refused_in_words(alice, carla):
    version = report(alice)
    client = logged_in(carla)
    decide(client, version, approve="1")
    assert "nyere version" in text_of(client.post(f"/godkend/status/{version.pk}/", {"approve": "1"}, follow=True))


def test_nobody_else_reaches_the_queue_or_decides(alice, client):
    version = report(alice)
    for somebody in (alice, person("eve", Role.READER), person("sofie", Role.SECRETARY)):
        assert logged_in(somebody).get("/godkend/").status_code == 404
        assert decide(logged_in(somebody), version, approve="1").status_code == 404
    assert decide(client, version, approve="1").headers["Location"].startswith("/log-ind/")
    assert newest_state(version) == State.SUBMITTED


def test_an_approver_with_a_team_decides_for_that_team_alone(alice, team):
    version, other = report(alice), Team.objects.create(slug="andre", name="Andre")
    stranger = logged_in(person("stranger", Role.APPROVER, team=other))
    assert "0 tekster venter" in text_of(stranger.get("/godkend/"))
    assert decide(stranger, version, approve="1").status_code == 404
    assert decide(logged_in(person("boss", Role.APPROVER, team=team)), version, approve="1").status_code == 302


def test_one_approved_status_is_told_in_the_singular(alice, carla, sofie):
    decide(logged_in(carla), report(alice), approve="1")
    assert "1 godkendt status, 0 afventer godkendelse." in text_of(logged_in(sofie).get("/redaktion/maaneder/"))


def test_a_closed_month_takes_neither_texts_nor_decisions_until_it_is_opened_for_a_reason(alice, carla, sofie):
    version, secretary = report(alice), logged_in(sofie)
    month = {
        "month": re.search(r'name="month" value="([^"]+)"', secretary.get("/redaktion/maaneder/").content.decode())[1]
    }
    secretary.post("/redaktion/maaneder/", month | {"close": "1"})
    assert "er lukket" in decide(logged_in(carla), version, approve="1").content.decode()
    assert newest_state(version) == State.SUBMITTED
    assert secretary.post("/redaktion/maaneder/", month | {"open": "1"}).status_code == 422
    secretary.post("/redaktion/maaneder/", month | {"open": "1", "reason": "Fejl i bilaget"})
    assert not ClosedPeriod.objects.exists()
    events = AuditEvent.objects.filter(kind="period").values_list("verb", "reason")
    assert list(events) == [("opened month", "Fejl i bilaget"), ("closed month", "")]


def test_a_civil_registration_number_is_refused_in_the_reason_too(sofie):
    answer = logged_in(sofie).post("/redaktion/maaneder/", {"month": "2026-01", "reason": CIVIL_NUMBER})
    assert answer.status_code == 422 and CIVIL_NUMBER not in answer.content.decode()
    assert not ClosedPeriod.objects.exists()


def test_only_who_makes_the_papers_closes_a_month(alice, carla, client):
    for somebody in (alice, carla):
        assert logged_in(somebody).post("/redaktion/maaneder/", {"month": "2026-01"}).status_code == 404
    assert client.get("/redaktion/maaneder/").status_code == 302


def assess(client, **facts):
    return client.post(PAGE, WORDS | hidden(client.get(PAGE)) | facts)


@pytest.fixture
def measure() -> Measure:
    """Nothing has been said of its newest figure."""
    measure = Measure.objects.get(code="m04a", goal__plan__slug="beskaeftigelsesplan-2020")
    measure.assessments.filter(period=1450).delete()
    return measure


def words_of(measure: Measure) -> str:
    status = next(m for m in plan_status(None, timezone.now()).measures if m.measure == measure)
    return status.words.headline


def test_an_assessment_stands_beside_the_calculated_verdict_once_it_is_approved(alice, carla, measure):
    page = text_of(logged_in(alice).get(PAGE))
    assert "Beregnet status" in page and "11,3 %" in page and "Tæt på" in page
    assert assess(logged_in(alice)).status_code == 302
    assert words_of(measure) != WORDS["headline"]
    text = text_of(logged_in(carla).get("/godkend/"))
    assert WORDS["headline"] in text and "Beregnet status: Tæt på" in text
    made = Assessment.objects.newest().get(measure=measure, period=1450)
    logged_in(carla).post(f"/godkend/vurdering/{made.pk}/", {"approve": "1"})
    assert words_of(measure) == WORDS["headline"]


def test_who_disagrees_with_the_calculation_says_why(alice, measure):
    answer = assess(logged_in(alice), verdict="met")
    assert answer.status_code == 422 and "Skriv hvorfor, når vurderingen afviger" in text_of(answer)
    assert WORDS["headline"] in answer.content.decode()  # nothing that was typed is lost
    assert not Assessment.objects.filter(demo=False).exists()
    assert assess(logged_in(alice), verdict="met", reason="Corona.").status_code == 302


def test_who_is_unsure_says_what_is_uncertain(alice, measure):
    assert assess(logged_in(alice), confidence="low").status_code == 422
    assert assess(logged_in(alice), confidence="low", outlook="Tallet kan stige.").status_code == 302


@pytest.mark.parametrize("field", ["headline", "why", "doing", "outlook", "undecided", "reason", "author_role"])
def test_a_civil_registration_number_in_any_field_is_refused_not_repeated_and_not_stored(alice, measure, field):
    answer = assess(logged_in(alice), **{field: f"Om {CIVIL_NUMBER}"})
    assert answer.status_code == 422 and CIVIL_NUMBER not in answer.content.decode()
    assert not Assessment.objects.filter(demo=False).exists()


def test_half_an_assessment_is_kept_as_a_draft(alice, measure):
    assert assess(logged_in(alice), why="", doing="").status_code == 422
    assert assess(logged_in(alice), why="", doing="", draft="1").status_code == 302
    assert "Kladde" in text_of(logged_in(alice).get("/mine/"))


def test_an_assessment_that_somebody_wrote_meanwhile_is_shown_not_replaced(alice, team, measure):
    bob = logged_in(person("bob", Role.STATUS_WRITER, team=team))
    seen = hidden(bob.get(PAGE))
    assess(logged_in(alice))
    answer = bob.post(PAGE, WORDS | seen | {"headline": "Bobs ord."})
    assert answer.status_code == 409
    assert WORDS["headline"] in text_of(answer) and "Bobs ord." in answer.content.decode()
    assert Assessment.objects.filter(measure=measure, demo=False).count() == 1


def test_anothers_measure_and_one_that_is_not_there_are_the_same(alice, measure):
    stranger = logged_in(person("stranger", Role.STATUS_WRITER, team=Team.objects.create(slug="andre", name="Andre")))
    assert stranger.get(PAGE).status_code == 404
    assert stranger.post(PAGE, WORDS).status_code == 404
    assert logged_in(alice).get(PAGE.replace("m04a", "m99")).status_code == 404


def test_the_queue_asks_no_more_queries_for_many_texts_than_for_few(alice, carla, measure):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/godkend/")
        return len(queries)

    client = logged_in(carla)
    report(alice)
    assess(logged_in(alice))
    asked()  # the first page after a login also notes when the user was last here
    few = asked()
    for initiative in Initiative.objects.filter(team=alice.team):
        report(alice, initiative=initiative)
    assert asked() == few <= 16
