"""What `load_plan` did stands in the audit trail, told of the command, in words that people read."""

import pytest

from accounts import audit_trail
from accounts.audit_words import FIELDS, KINDS
from accounts.models import AuditEvent
from goals.models import Goal, Measure, Objective, Plan, Statement, Target
from goals.natural_keys import key_of
from initiatives.models import Initiative, Partner

pytestmark = pytest.mark.usefixtures("loaded")
ANNEX = "beskaeftigelsesplan-2021"


def told(after: int) -> list[tuple[str, str, str, dict]]:
    events = AuditEvent.objects.filter(pk__gt=after).order_by("-pk")
    assert {event.actor for event in events} <= {"load_plan"}
    return [(event.verb, event.kind, event.key, event.changes) for event in events]


@pytest.fixture
def before() -> int:
    return AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@pytest.mark.parametrize("model", [Plan, Goal, Measure, Target, Objective, Initiative, Partner, Statement])
def test_whatever_was_loaded_was_made_by_the_command(model):
    events = AuditEvent.objects.filter(actor="load_plan", verb="created", kind=model._meta.model_name)
    assert sorted(events.values_list("key", flat=True)) == sorted(key_of(row) for row in model.objects.all())
    assert model.objects.exists()


def test_the_trail_of_an_initiative_says_with_whom_and_what_for():
    event = AuditEvent.objects.get(kind="initiative", key="i-1.1-1")
    assert event.changes["name"] == [None, "Indsats for øget udbud af faglært arbejdskraft"]
    assert "mercantec" in event.changes["partners"][1] and event.changes["objectives"] == [[], ["1.1"]]


def test_every_kind_and_field_has_its_word_and_no_database_key_is_told():
    assert set(AuditEvent.objects.values_list("kind", flat=True)) - set(KINDS) == set()
    fields = {name for event in AuditEvent.objects.all() for name in event.changes}
    assert fields - set(FIELDS) == set()


def test_a_changed_field_is_told_from_what_to_what(plan_files, before):
    plan_files.edit(ANNEX, "name: Boblberg\n  summary", "name: Boblberg i Viborg\n  summary")
    plan_files.load()
    assert told(before) == [("changed", "initiative", "i-2.1-1", {"name": ["Boblberg", "Boblberg i Viborg"]})]
    (newest, *_rest) = audit_trail.trail_of("initiative", "i-2.1-1")
    assert newest.who == "portalen (load_plan)" and newest.changes == ["navn: fra Boblberg til Boblberg i Viborg"]


def test_ties_that_came_and_went_are_told_of_their_owner_by_name(plan_files, before):
    plan_files.edit(ANNEX, "partners: [virksomheder, marselisborg]", "partners: [virksomheder, bdo]")
    plan_files.load()
    assert told(before) == [("changed", "initiative", "i-4.5-1", {"partners": [["marselisborg"], ["bdo"]]})]


def test_what_is_no_longer_in_the_file_was_deleted_by_the_command(plan_files, before):
    statement = Statement.objects.filter(plan__slug=ANNEX).first()
    text = plan_files.path(ANNEX).read_text(encoding="utf-8")
    begins = text.index(f"- kind: {statement.kind}\n  code: {statement.code}")
    plan_files.edit(ANNEX, text[begins : text.index("\n- kind", begins) + 1], "")
    plan_files.load()
    gone = [event for event in told(before) if event[0] == "deleted"]
    assert gone == [("deleted", "statement", f"{ANNEX}/{statement.code}", {})]


def test_a_file_that_is_refused_leaves_no_trace(plan_files, before):
    plan_files.edit(ANNEX, "name: Boblberg\n  summary", "name: Boblberg i Viborg\n  summary")
    plan_files.edit(ANNEX, "partners: [virksomheder, marselisborg]", "partners: [findes-ikke]")
    with pytest.raises(ValueError, match="findes-ikke"):
        plan_files.load()
    assert told(before) == []
