"""Runs that fetch by themselves: judged, held, one at a time, taken back from the dead, asked for in time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from indicators import tasks
from indicators.ingest import actions, recovery
from indicators.ingest.execution import execute
from indicators.ingest.source_status import Standing, source_states
from indicators.ingest.states import MAX_ATTEMPTS
from indicators.models import Batch, ImportRun, Observation
from indicators.sources.jobindsats import client as jobindsats_client
from tests.indicators.conftest import values
from tests.indicators.sources import jobindsats_stand_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rung")]
State = ImportRun.State
HEAD = "indicator;area;period;value\n"
TIDY = HEAD + "ledige;791;2020M03;810\nledige;791;2020M04;840\nsygemeldte;791;2020M03;200\n"
BY = "dataansvarlig@demo.viborg.example"


def fetched() -> ImportRun:
    run = actions.request_run("jobindsats", table="y25i01", actor="tidsplan")
    execute(run.pk)
    run.refresh_from_db()
    return run


def test_a_table_is_fetched_checked_and_stored(jobindsats):
    run = fetched()
    assert (run.state, run.new, run.attempts) == (State.DONE, 9, 1)
    assert {e["name"] for e in run.expectations} >= {"Værdier", "Antal tal", "Ændret historik", "Spring"}
    assert run.update_latest == jobindsats_stand_in.UPDATED and run.request_ids


def test_what_a_delivery_left_out_stays_with_the_run_and_stands_on_its_page(jobindsats, client):
    jobindsats.country = [*jobindsats.country, jobindsats.country[0]]
    run = fetched()
    assert (run.state, run.new) == (State.DONE, 9)
    left_out = [
        {"what": "gentaget", "indicator": "", "rows": 1, "total": 0},
        {"what": "Uoplyst område", "indicator": "ledige", "rows": 3, "total": 90_030_000},  # 3,000 + 3,001 + 3,002
    ]
    assert run.left_out == left_out
    user = User.objects.create_user(BY, "et-langt-kodeord-til-test", name="Alice")
    user.assignments.create(role=Role.DATA_OFFICER)
    client.force_login(user)
    text = client.get(reverse("indlaesning", args=[run.pk])).content.decode().split('data-testid="left-out"')[1]
    assert "1 række stod to gange med samme tal og er talt én gang." in text
    assert "Uoplyst område er ingen kommune: 3 rækker er udeladt; i alt 9.003 (Ledige)." in text


def test_the_newest_month_becomes_final_by_the_next_delivery_also_for_an_area_that_ends_there(jobindsats):
    def provisional() -> set[tuple[str, int]]:
        marked = Observation.objects.current().filter(provisional=True)
        return {(area, period % 12 + 1) for area, period in marked.values_list("series__area__code", "period")}

    fetched()
    assert provisional() == {("000", 6), ("791", 6), ("615", 6)}
    following = [["2026M07", area, *row[2:]] for area, row in (("Hele landet", jobindsats.country[2]),)]
    jobindsats.periods = [*jobindsats.periods, "2026M07"]
    jobindsats.country, jobindsats.updated = jobindsats.country + following, "2026-08-20"
    run = fetched()
    assert run.state == State.HELD  # a third of so few figures changed: they became final
    actions.approve_run(run, by="godkender@demo.viborg.example")
    execute(run.pk)
    assert provisional() == {("000", 7)}


def test_a_table_that_the_source_has_not_updated_is_not_fetched_again(jobindsats):
    fetched()
    jobindsats.asked.clear()
    assert fetched().state == State.UNCHANGED
    assert [path for path, _ in jobindsats.asked] == ["/v3/tables"]


def test_a_source_that_fails_is_told_and_the_figures_stay(jobindsats):
    fetched()
    before = values()
    jobindsats.troubles = [(503, {}, b"")] * 10
    run = fetched()
    assert run.state == State.FAILED and "503" in run.error and values() == before
    [state] = [state for state in source_states() if state.source == "jobindsats"]
    assert (state.state, state.newest_period) == (Standing.FAILED, "juni 2026")


def test_a_jump_in_a_fetched_table_is_held_until_it_is_approved(jobindsats):
    fetched()
    jobindsats.updated = "2026-08-20"
    jobindsats.country[0][5] = 9000
    run = fetched()
    assert run.state == State.HELD and "spring" in run.error
    assert values()["ledige", 4] != 9000
    seen = actions.preview_of(run)
    assert [(change.old, change.new) for change in seen.changes] == [(1000, 9000)]
    assert [jump.examples[0].new for jump in seen.jumps] == [9000]
    actions.approve_run(run, by="godkender@demo.viborg.example")
    jobindsats.asked.clear()
    execute(run.pk)
    run.refresh_from_db()
    assert (run.state, run.changed, jobindsats.asked) == (State.DONE, 1, [])
    assert run.batch.actor == "godkender@demo.viborg.example"
    with pytest.raises(actions.RunError):
        actions.approve_run(run, by=BY)


def test_a_number_that_cannot_be_is_held_and_nobody_can_approve_it(jobindsats):
    jobindsats.country[0][5] = -1
    run = fetched()
    assert run.state == State.HELD and "værdier" in run.error
    actions.approve_run(run, by="godkender@demo.viborg.example")
    execute(run.pk)
    run.refresh_from_db()
    assert run.state == State.FAILED and "et antal kan ikke være under 0" in run.error
    assert not Observation.objects.exists()


def test_a_much_shorter_answer_is_held(jobindsats):
    fetched()
    jobindsats.updated, jobindsats.country = "2026-08-20", jobindsats.country[-1:]
    run = fetched()
    assert run.state == State.HELD and "antal tal" in run.error
    assert Observation.objects.current().count() == 9


def test_one_run_a_source_at_a_time(jobindsats):
    ImportRun.objects.create(source="jobindsats", state=State.RUNNING, heartbeat_at=timezone.now())
    run = fetched()
    assert (run.state, run.attempts) == (State.QUEUED, 0)


def test_a_run_that_is_done_is_not_done_again(jobindsats):
    run = fetched()
    jobindsats.asked.clear()
    execute(run.pk)
    run.refresh_from_db()
    assert (run.attempts, jobindsats.asked) == (1, [])


@pytest.mark.parametrize("heartbeat", [None, timedelta(minutes=5)])
def test_recovery_requeues_a_run_whose_worker_died(rung, heartbeat):
    moment = heartbeat and timezone.now() - heartbeat
    run = ImportRun.objects.create(source="jobindsats", state=State.RUNNING, attempts=1, heartbeat_at=moment)
    assert recovery.recover_runs() == [run.pk] == rung
    run.refresh_from_db()
    assert run.state == State.INTERRUPTED


def test_recovery_leaves_a_living_run_alone(rung):
    ImportRun.objects.create(source="jobindsats", state=State.RUNNING, attempts=1, heartbeat_at=timezone.now())
    assert recovery.recover_runs() == [] == rung


def test_a_run_that_kills_its_worker_is_given_up(rung):
    run = ImportRun.objects.create(source="jobindsats", state=State.RUNNING, attempts=MAX_ATTEMPTS)
    assert recovery.recover_runs() == [] == rung
    run.refresh_from_db()
    assert run.state == State.FAILED and "3 forsøg" in run.error


def test_recovery_enqueues_again_what_no_worker_noticed(rung):
    old = timezone.now() - timedelta(minutes=3)
    lost = ImportRun.objects.create(source="jobindsats", requested_at=old, rung_at=old)
    ImportRun.objects.create(source="jobindsats", rung_at=timezone.now())
    assert recovery.recover_runs() == [lost.pk] == rung


def test_a_run_that_was_begun_again_elsewhere_stores_nothing(jobindsats, monkeypatch):
    run = actions.request_run("jobindsats", table="y25i01")
    real = jobindsats_client.JobindsatsClient.get

    def overtaken(client, path, parameters=None):
        ImportRun.objects.filter(pk=run.pk).update(attempts=2)
        return real(client, path, parameters)

    monkeypatch.setattr(jobindsats_client.JobindsatsClient, "get", overtaken)
    execute(run.pk)
    assert not Observation.objects.exists() and not Batch.objects.exists()


def test_the_timetable_asks_once_for_a_table(jobindsats, rung):
    tasks.import_table("jobindsats", "y25i01")
    tasks.import_table("jobindsats", "y25i01")
    assert len(rung) == ImportRun.objects.count() == 1


def test_without_a_key_the_timetable_asks_for_nothing(settings):
    settings.JOBINDSATS_API_KEY = ""
    tasks.import_table("jobindsats", "y25i01")
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(("announced", "due"), [("", "2026-09-04"), ("2026-08-20T06:00", "2026-08-20")])
def test_a_source_is_outdated_when_the_next_figures_are_overdue(jobindsats, announced, due):
    jobindsats.next_update = announced
    fetched()
    states = {day: source_states(timezone.datetime(2026, *day).date()) for day in [(8, 1), (10, 1)]}
    first = {day: next(s for s in found if s.source == "jobindsats") for day, found in states.items()}
    assert (first[8, 1].state, first[10, 1].state) == (Standing.OK, Standing.OUTDATED)
    assert str(first[8, 1].next_expected) == due
