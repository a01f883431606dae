"""The history of a thing in plain words, who may read it, and that not even the database lets it be changed."""

import ast
from importlib import import_module
from pathlib import Path

import pytest
from django.db import DatabaseError, connections, transaction
from django.forms import BaseForm

from accounts import audit, audit_trail
from accounts.audit_words import FIELDS, KINDS, VALUES, VERBS
from accounts.models import AuditEvent, User
from accounts.roles import Role
from goals.models import (
    Answer,
    Decision,
    FocusArea,
    Goal,
    Measure,
    Objective,
    ObjectiveSuccession,
    ObjectiveTarget,
    Plan,
    Priority,
    Succession,
    Target,
    Theme,
)
from hearings import models
from initiatives.models import Initiative, Link

ROOT = Path(__file__).resolve().parents[2]
BOTH = ["default", "sqlite"]
NEVER_CHANGED = {"details"}  # read out of a document, and never edited here

pytestmark = pytest.mark.django_db


def user_with(role: Role, name: str = "alice") -> User:
    user = User.objects.create_user(f"{name}@example.org", name=name.capitalize())
    user.assignments.create(role=role)
    return user


@pytest.mark.django_db(databases=BOTH)
@pytest.mark.parametrize("using", BOTH)
@pytest.mark.parametrize(
    "statement", ["UPDATE accounts_auditevent SET actor = 'nobody'", "DELETE FROM accounts_auditevent"]
)
def test_the_database_refuses_to_change_or_delete_an_event(using, statement):
    AuditEvent.objects.using(using).create(actor="load_demo", verb="created", kind="team", key="unge")
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic(using=using):
        connections[using].cursor().execute(statement)
    assert AuditEvent.objects.using(using).get().actor == "load_demo"


def test_an_event_reads_as_a_sentence():
    alice = user_with(Role.SECRETARY)
    changes = {"value": ["7.5", "8.4"], "status": [None, "delayed"], "roles": [["reader", "approver"], []]}
    audit.record(verb="changed", kind="target", key="m02", by=alice, changes=changes, reason="Tillægget")
    entry = audit_trail.trail_of("target", "m02")[0]
    assert (entry.who, entry.what) == ("Alice (alice@example.org)", "ændrede måltallet m02")
    assert entry.changes == [
        "roller: ikke længere læser, godkender",
        "status: forsinket",
        "værdi: fra 7,5 til 8,4",
    ]
    assert entry.reason == "Tillægget"


def test_a_change_is_told_in_words_and_only_where_something_changed():
    changes = {
        "adopted_on": [None, "2020-08-25"], "basis": ["newest", "average"], "note": ["", None], "text": ["ens", "ens"],
        "state": ["submitted", "approved"], "reason": [None, "Tillægget"],
    }  # fmt: skip
    audit.record(verb="changed", kind="target", key="m02", by="load_plan", changes=changes, reason="Tillægget")
    assert audit_trail.trail_of("target", "m02")[0].changes == [
        "bedømmes på: fra det seneste endelige tal i målets periode til gennemsnittet af periodens tal",
        "tilstand: fra afventer godkendelse til godkendt",
        "vedtaget: 25.08.2020",
    ]


def test_a_search_that_finds_nothing_says_so(client):
    client.force_login(user_with(Role.ADMINISTRATOR))
    page = client.get("/revisionsspor/", {"person": "ukendt"}).content.decode()
    assert "Intet fundet om »ukendt«." in page and "endnu" not in page


def test_every_field_and_choice_of_what_plans_are_made_of_has_its_word():
    """A missing one: add it to accounts/history_words.py."""
    made = [Plan, Goal, Measure, Target, Decision, Answer, Succession, Objective, Priority, FocusArea, Initiative, Link]
    made += [Theme, ObjectiveTarget, ObjectiveSuccession]
    fields = [field for model in made for field in model._meta.get_fields() if not field.auto_created]
    fields += [models.Answer._meta.get_field(name) for name in (*models.Answer.CONTENT, "state")]
    assert {field.name for field in fields} - set(FIELDS) - NEVER_CHANGED == set()
    choices = {str(value) for field in fields for value, _label in getattr(field, "choices", None) or ()}
    assert choices - set(VALUES) == set()


def test_a_plans_history_holds_what_lies_under_it_and_nothing_else():
    for kind, key in [("plan", "p-2020"), ("goal", "p-2020/4"), ("target", "p-2020/4/m04a"), ("plan", "p-2021")]:
        audit.record(verb="changed", kind=kind, key=key, by="load_plan")
    assert {entry.what for entry in audit_trail.trail_of("plan", "p-2020")} == {
        "ændrede planen p-2020",
        "ændrede målet p-2020/4",
        "ændrede måltallet p-2020/4/m04a",
    }
    assert len(audit_trail.trail_of("goal", "p-2020/4")) == 2


@pytest.mark.parametrize("role", [None, *Role])
def test_staff_reads_the_history_of_what_is_public_and_only_who_may_see_the_trail_the_rest(client, role):
    audit.record(verb="created", kind="user", key="bob@example.org", by="load_demo")
    if role:
        client.force_login(user_with(role))
    answers = [client.get(f"/historik/{path}/").status_code for path in ("goal/p-2020/4", "user/bob@example.org")]
    expected = {None: [302, 302], Role.ADMINISTRATOR: [200, 200]}
    assert answers == expected.get(role, [200, 404])


def test_what_concerns_a_person_is_found_and_the_looking_is_written_down(client):
    audit.record(verb="read", kind="internal_figures", key="besoeg", by="b@example.org", about="medarbejder-3")
    audit.record(verb="read", kind="internal_figures", key="besoeg", by="b@example.org", about="medarbejder-4")
    client.force_login(user_with(Role.ADMINISTRATOR))
    page = client.get("/revisionsspor/", {"person": "medarbejder-3"}).content.decode()
    assert "om medarbejder-3" in page and "medarbejder-4" not in page
    assert AuditEvent.objects.first().about == "medarbejder-3"
    assert AuditEvent.objects.first().verb == "searched"


def test_only_who_may_see_the_trail_can_search_it(client):
    client.force_login(user_with(Role.APPROVER))
    assert client.get("/revisionsspor/").status_code == 404


def test_the_admins_history_is_the_portals(client):
    administrator = user_with(Role.ADMINISTRATOR)
    client.force_login(administrator)
    answer = client.get(f"/admin/accounts/user/{administrator.pk}/history/")
    assert answer.headers["Location"] == "/historik/user/alice@example.org/"


def test_every_verb_and_kind_that_is_recorded_has_its_word():
    """A missing one: add it to accounts/history_words.py."""
    recorded = {"verb": set(), "kind": set()}
    for path in ROOT.glob("[a-z]*/**/*.py"):
        if {"tests", "migrations", "node_modules"} & set(path.relative_to(ROOT).parts):
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("audit.record", "record"):
                for keyword in call.keywords:
                    if keyword.arg in recorded and isinstance(keyword.value, ast.Constant):
                        recorded[keyword.arg].add(keyword.value.value)
    assert recorded["verb"] - set(VERBS) == set()
    assert recorded["kind"] - set(KINDS) == set()


def test_every_field_that_an_editor_may_change_has_its_word():
    """A missing one: add it to accounts/history_words.py."""
    modules = [
        f"{path.parent.name}.{path.stem}"
        for app in ("goals", "initiatives", "hearings")
        for path in (ROOT / app).glob("*.py")
    ]
    found = [member for name in modules for member in vars(import_module(name)).values() if isinstance(member, type)]
    asked = {field for form in found if issubclass(form, BaseForm) for field in getattr(form, "base_fields", {})}
    assert asked - {"client_id", "seen", "step", "rest"} - set(FIELDS) == set()
