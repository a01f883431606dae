"""Imports as runs: asked for, previewed, confirmed, and taken back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from indicators.ingest import actions, recovery
from indicators.models import Batch, ImportRun, Indicator, Observation, Payload
from tests.indicators.conftest import values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rung")]
State = ImportRun.State
HEAD = "indicator;area;period;value\n"
TIDY = HEAD + "ledige;791;2020M03;810\nledige;791;2020M04;840\nsygemeldte;791;2020M03;200\n"
BY = "dataansvarlig@demo.viborg.example"


def uploaded(text: str = TIDY, **facts) -> ImportRun:
    return actions.request_run("file", payload=text.encode(), name="tal.csv", actor=BY, **facts)


def imported(text: str = TIDY, **reasons: str) -> ImportRun:
    return actions.confirm(uploaded(text), reasons, by=BY)


def test_an_upload_writes_nothing_before_it_is_confirmed():
    run = uploaded()
    assert (run.state, run.new, run.changed) == (State.DRAFT, 3, 0)
    assert not Observation.objects.exists() and not Batch.objects.exists()
    run = actions.confirm(run, by=BY)
    assert (run.state, run.new, run.batch.name) == (State.DONE, 3, "tal.csv")
    assert values()["ledige", 3] == 810


def test_a_preview_shows_old_and_new_with_the_largest_change_first():
    imported()
    seen = actions.preview(
        (HEAD + "ledige;791;2020M03;811\nledige;791;2020M04;850\nsygemeldte;791;2020M03;200\n").encode()
    )
    assert (seen.new, seen.changed, seen.unchanged, seen.rejected) == (0, 2, 1, 0)
    assert [(c.old, c.new, c.difference) for c in seen.changes] == [(840, 850, 10), (810, 811, 1)]
    assert seen.changes[0].period_text == "april 2020" and seen.changes[0].area == "Viborg"


def test_a_preview_groups_problems_by_cause_with_row_and_column():
    text = HEAD + "ukendt;791;2020M03;1\nledige;999;2020M13;2\nledige;791;2020M04;-3\n"
    seen = actions.preview(text.encode())
    assert not seen.is_usable
    found = {group.cause: [(p.line, p.column) for p in group.problems] for group in seen.problems}
    assert found == {"indikatorer": [(2, "indicator")], "områder": [(3, "area")], "perioder": [(3, "period")]}


@pytest.mark.parametrize(
    ("unit", "value", "told"), [("count", "-3", "under 0"), ("percent", "101", "100 %"), ("rank", "0", "nr. 1")]
)
def test_a_number_that_cannot_be_is_refused_by_its_unit(unit, value, told):
    Indicator.objects.filter(code="ledige").update(unit=unit)
    [group] = actions.preview((HEAD + f"ledige;791;2020M03;{value}\n").encode()).problems
    assert told in group.problems[0].text and group.problems[0].line == 2


def test_a_civil_registration_number_stops_the_file_and_is_kept_nowhere():
    run = uploaded(HEAD + "ledige;791;2020M03;0101701234\n")
    stored = str(ImportRun.objects.values().get()) + str(list(AuditEvent.objects.values()))
    assert run.state == State.FAILED and "CPR" in run.error
    assert "0101701234" not in stored and "0101701234" not in str(actions.preview_of(run))
    assert not Payload.objects.exists()


def test_a_civil_registration_number_in_the_name_of_a_file_is_not_kept():
    run = actions.request_run("file", payload=TIDY.encode(), name="010170-1234.csv", actor=BY)
    assert (run.state, run.name) == (State.FAILED, "") and not Payload.objects.exists()


def test_a_jump_needs_a_reason_for_its_measure():
    imported()
    run = uploaded(HEAD + "ledige;791;2020M05;8400\n")
    [jump] = actions.preview_of(run).jumps
    assert (jump.key, jump.count) == ("ledige", 1)
    assert (jump.examples[0].old, jump.examples[0].new) == (840, 8400)
    with pytest.raises(actions.RunError, match="Begrund"):
        actions.confirm(run, by=BY)
    run = actions.confirm(run, {"ledige": "Ny opgørelse"}, by=BY)
    assert run.state == State.DONE and run.reasons == {"ledige": "Ny opgørelse"}


def test_a_percentage_typed_as_a_share_is_a_jump():
    Indicator.objects.filter(code="ledige").update(unit="percent")
    imported(HEAD + "ledige;791;2020M03;8,4\n")
    [jump] = actions.preview((HEAD + "ledige;791;2020M04;0,084\n").encode()).jumps
    assert jump.examples[0].new == Decimal("0.084")


def test_a_measure_without_a_limit_never_jumps():
    Indicator.objects.update(jump_limit=0)
    imported()
    assert actions.preview((HEAD + "ledige;791;2020M05;84000\n").encode()).jumps == ()


def test_an_area_that_the_measure_never_had_needs_a_reason():
    imported()
    [jump] = actions.preview((HEAD + "ledige;615;2020M05;800\n").encode()).jumps
    assert jump.key == "ledige:omraade" and "Horsens" in jump.text


def test_what_was_expected_of_a_confirmed_file_is_kept_with_it_and_holds_nothing_back():
    imported()
    run = imported(TIDY.replace("810", "8100"), ledige="Tastet forkert før")
    found = {expectation["name"]: expectation["met"] for expectation in run.expectations}
    assert (run.state, found["Ændret historik"], found["Antal tal"]) == (State.DONE, False, True)


def test_confirming_twice_makes_one_batch():
    run = uploaded()
    first, again = actions.confirm(run, by=BY), actions.confirm(run, by=BY)
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
    actions.undo(run, by=BY)
    assert values() == before and Batch.objects.count() == 3


def test_a_draft_that_is_dropped_leaves_no_bytes_behind():
    run = uploaded()
    actions.discard(run, by=BY)
    assert run.state == State.FAILED and not Payload.objects.exists()
    with pytest.raises(actions.RunError):
        actions.discard(run, by=BY)


def test_an_old_draft_is_dropped_by_recovery():
    run = uploaded()
    ImportRun.objects.update(requested_at=timezone.now() - timedelta(hours=25))
    recovery.recover_runs()
    run.refresh_from_db()
    assert run.state == State.FAILED and not Payload.objects.exists()


def test_who_did_what_is_in_the_audit_trail():
    run = imported()
    actions.undo(run, by=BY)
    verbs = AuditEvent.objects.filter(kind="import", key=str(run.pk), actor=BY).order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["upload", "confirm", "undo"]
