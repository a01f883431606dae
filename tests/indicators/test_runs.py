"""Imports as runs: asked for, previewed, confirmed, held, approved, taken back, and left behind."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from indicators import bell, janitor, runs, tasks
from indicators.lifecycle import MAX_ATTEMPTS
from indicators.models import Batch, ImportRun, Indicator, Observation, Payload
from indicators.running import carry_out
from indicators.source_states import Standing
from indicators.sources import jobindsats_client
from tests.indicators import jobindsats_stand_in as stand_in
from tests.indicators.conftest import fill

pytestmark = pytest.mark.django_db
State = ImportRun.State
HEAD = "indicator;area;period;value\n"
TIDY = HEAD + "ledige;791;2020M03;810\nledige;791;2020M04;840\nsygemeldte;791;2020M03;200\n"
BY = "dataansvarlig@demo.viborg.example"


@pytest.fixture(autouse=True)
def rung(monkeypatch) -> list[int]:
    """The messages that were sent, instead of a broker."""
    fill("default")
    sent: list[int] = []
    monkeypatch.setattr(bell, "ring", lambda run: sent.append(run.pk))
    return sent


def uploaded(text: str = TIDY, **facts) -> ImportRun:
    return runs.request_run("file", payload=text.encode(), name="tal.csv", actor=BY, **facts)


def imported(text: str = TIDY, **reasons: str) -> ImportRun:
    return runs.confirm(uploaded(text), reasons, by=BY)


def fetched() -> ImportRun:
    run = runs.request_run("jobindsats", table="y25i01", actor="tidsplan")
    carry_out(run.pk)
    run.refresh_from_db()
    return run


def values() -> dict[tuple[str, int], Decimal]:
    rows = Observation.objects.current().values_list("series__indicator__code", "period", "value")
    return {(code, period % 12 + 1): value for code, period, value in rows}


def test_an_upload_writes_nothing_before_it_is_confirmed():
    run = uploaded()
    assert (run.state, run.new, run.changed) == (State.DRAFT, 3, 0)
    assert not Observation.objects.exists() and not Batch.objects.exists()
    run = runs.confirm(run, by=BY)
    assert (run.state, run.new, run.batch.name) == (State.DONE, 3, "tal.csv")
    assert values()["ledige", 3] == 810


def test_a_preview_shows_old_and_new_with_the_largest_change_first():
    imported()
    seen = runs.preview(
        (HEAD + "ledige;791;2020M03;811\nledige;791;2020M04;850\nsygemeldte;791;2020M03;200\n").encode()
    )
    assert (seen.new, seen.changed, seen.unchanged, seen.rejected) == (0, 2, 1, 0)
    assert [(c.old, c.new, c.difference) for c in seen.changes] == [(840, 850, 10), (810, 811, 1)]
    assert seen.changes[0].period_text == "april 2020" and seen.changes[0].area == "Viborg"


def test_a_preview_groups_problems_by_cause_with_row_and_column():
    text = HEAD + "ukendt;791;2020M03;1\nledige;999;2020M13;2\nledige;791;2020M04;-3\n"
    seen = runs.preview(text.encode())
    assert not seen.is_usable
    found = {group.cause: [(p.line, p.column) for p in group.problems] for group in seen.problems}
    assert found == {"indikatorer": [(2, "indicator")], "områder": [(3, "area")], "perioder": [(3, "period")]}


@pytest.mark.parametrize(
    ("unit", "value", "told"), [("count", "-3", "under 0"), ("percent", "101", "100 %"), ("rank", "0", "nr. 1")]
)
def test_a_number_that_cannot_be_is_refused_by_its_unit(unit, value, told):
    Indicator.objects.filter(code="ledige").update(unit=unit)
    [group] = runs.preview((HEAD + f"ledige;791;2020M03;{value}\n").encode()).problems
    assert told in group.problems[0].text and group.problems[0].line == 2


def test_a_civil_registration_number_stops_the_file_and_is_kept_nowhere():
    run = uploaded(HEAD + "ledige;791;2020M03;0101701234\n")
    stored = str(ImportRun.objects.values().get()) + str(list(AuditEvent.objects.values()))
    assert run.state == State.FAILED and "CPR" in run.error
    assert "0101701234" not in stored and "0101701234" not in str(runs.preview_of(run))
    assert not Payload.objects.exists()


def test_a_civil_registration_number_in_the_name_of_a_file_is_not_kept():
    run = runs.request_run("file", payload=TIDY.encode(), name="010170-1234.csv", actor=BY)
    assert (run.state, run.name) == (State.FAILED, "") and not Payload.objects.exists()


def test_a_jump_needs_a_reason_for_its_measure():
    imported()
    run = uploaded(HEAD + "ledige;791;2020M05;8400\n")
    [jump] = runs.preview_of(run).jumps
    assert (jump.key, jump.count) == ("ledige", 1)
    assert (jump.examples[0].old, jump.examples[0].new) == (840, 8400)
    with pytest.raises(runs.RunError, match="Begrund"):
        runs.confirm(run, by=BY)
    run = runs.confirm(run, {"ledige": "Ny opgørelse"}, by=BY)
    assert run.state == State.DONE and run.reasons == {"ledige": "Ny opgørelse"}


def test_a_percentage_typed_as_a_share_is_a_jump():
    Indicator.objects.filter(code="ledige").update(unit="percent")
    imported(HEAD + "ledige;791;2020M03;8,4\n")
    [jump] = runs.preview((HEAD + "ledige;791;2020M04;0,084\n").encode()).jumps
    assert jump.examples[0].new == Decimal("0.084")


def test_a_measure_without_a_limit_never_jumps():
    Indicator.objects.update(jump_limit=0)
    imported()
    assert runs.preview((HEAD + "ledige;791;2020M05;84000\n").encode()).jumps == ()


def test_an_area_that_the_measure_never_had_needs_a_reason():
    imported()
    [jump] = runs.preview((HEAD + "ledige;615;2020M05;800\n").encode()).jumps
    assert jump.key == "ledige:omraade" and "Horsens" in jump.text


def test_confirming_twice_makes_one_batch():
    run = uploaded()
    first, again = runs.confirm(run, by=BY), runs.confirm(run, by=BY)
    assert first.state == again.state == State.DONE
    assert Batch.objects.count() == 1


def test_the_same_file_again_changes_nothing():
    imported()
    run = imported()
    assert (run.state, run.new, run.changed, run.unchanged, run.batch) == (State.UNCHANGED, 0, 0, 3, None)
    assert Batch.objects.count() == 1


def test_undoing_brings_every_former_figure_back_as_a_new_state():
    imported()
    before = values()
    run = imported(TIDY.replace("810", "820").replace("840", "841") + "ledige;791;2020M05;850\n")
    assert values() != before
    runs.undo(run, by=BY)
    assert values() == before and Batch.objects.count() == 3


def test_a_draft_that_is_dropped_leaves_no_bytes_behind():
    run = uploaded()
    runs.discard(run, by=BY)
    assert run.state == State.FAILED and not Payload.objects.exists()
    with pytest.raises(runs.RunError):
        runs.discard(run, by=BY)


def test_an_old_draft_is_dropped_by_the_janitor():
    run = uploaded()
    ImportRun.objects.update(requested_at=timezone.now() - timedelta(hours=25))
    janitor.reap()
    run.refresh_from_db()
    assert run.state == State.FAILED and not Payload.objects.exists()


def test_who_did_what_is_in_the_audit_trail():
    run = imported()
    runs.undo(run, by=BY)
    verbs = AuditEvent.objects.filter(kind="import", key=str(run.pk), actor=BY).order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["upload", "confirm", "undo"]


def test_a_table_is_fetched_judged_and_stored(jobindsats):
    run = fetched()
    assert (run.state, run.new, run.attempts) == (State.DONE, 9, 1)
    assert {e["name"] for e in run.expectations} >= {"Kolonner", "Antal tal", "Ændret historik", "Spring"}
    assert run.update_latest == stand_in.UPDATED and run.request_ids


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
    [state] = [state for state in runs.source_states() if state.source == "jobindsats"]
    assert (state.state, state.newest_period) == (Standing.FAILED, "juni 2026")


def test_a_jump_in_a_fetched_table_is_held_until_it_is_approved(jobindsats):
    fetched()
    jobindsats.updated = "2026-08-20"
    jobindsats.country[0][5] = 9000
    run = fetched()
    assert run.state == State.HELD and "spring" in run.error
    assert values()["ledige", 4] != 9000
    seen = runs.preview_of(run)
    assert [(change.old, change.new) for change in seen.changes] == [(1000, 9000)]
    assert [jump.examples[0].new for jump in seen.jumps] == [9000]
    runs.approve_run(run, by="godkender@demo.viborg.example")
    jobindsats.asked.clear()
    carry_out(run.pk)
    run.refresh_from_db()
    assert (run.state, run.changed, jobindsats.asked) == (State.DONE, 1, [])
    assert run.batch.actor == "godkender@demo.viborg.example"
    with pytest.raises(runs.RunError):
        runs.approve_run(run, by=BY)


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
    carry_out(run.pk)
    run.refresh_from_db()
    assert (run.attempts, jobindsats.asked) == (1, [])


@pytest.mark.parametrize("heartbeat", [None, timedelta(minutes=5)])
def test_the_janitor_takes_back_a_run_whose_worker_died(rung, heartbeat):
    moment = heartbeat and timezone.now() - heartbeat
    run = ImportRun.objects.create(source="jobindsats", state=State.RUNNING, attempts=1, heartbeat_at=moment)
    assert janitor.reap() == [run.pk] == rung
    run.refresh_from_db()
    assert run.state == State.INTERRUPTED


def test_the_janitor_leaves_a_living_run_alone(rung):
    ImportRun.objects.create(source="jobindsats", state=State.RUNNING, attempts=1, heartbeat_at=timezone.now())
    assert janitor.reap() == [] == rung


def test_a_run_that_kills_its_worker_is_given_up(rung):
    run = ImportRun.objects.create(source="jobindsats", state=State.RUNNING, attempts=MAX_ATTEMPTS)
    assert janitor.reap() == [] == rung
    run.refresh_from_db()
    assert run.state == State.FAILED and "3 forsøg" in run.error


def test_the_janitor_rings_again_for_what_nobody_heard(rung):
    old = timezone.now() - timedelta(minutes=3)
    lost = ImportRun.objects.create(source="jobindsats", requested_at=old, rung_at=old)
    ImportRun.objects.create(source="jobindsats", rung_at=timezone.now())
    assert janitor.reap() == [lost.pk] == rung


def test_a_run_that_was_begun_again_elsewhere_stores_nothing(jobindsats, monkeypatch):
    run = runs.request_run("jobindsats", table="y25i01")
    real = jobindsats_client.Client.get

    def overtaken(client, path, parameters=None):
        ImportRun.objects.filter(pk=run.pk).update(attempts=2)
        return real(client, path, parameters)

    monkeypatch.setattr(jobindsats_client.Client, "get", overtaken)
    carry_out(run.pk)
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
    states = {day: runs.source_states(timezone.datetime(2026, *day).date()) for day in [(8, 1), (10, 1)]}
    first = {day: next(s for s in found if s.source == "jobindsats") for day, found in states.items()}
    assert (first[8, 1].state, first[10, 1].state) == (Standing.OK, Standing.OUTDATED)
    assert str(first[8, 1].next_expected) == due
