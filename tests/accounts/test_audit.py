"""The audit trail says who did what, and cannot be changed."""

import pytest

from accounts import audit
from accounts.models import AuditEvent, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> AuditEvent:
    return audit.record(verb="created", kind="team", key="unge", by="load_demo")


def test_an_event_says_who_did_what_and_why():
    alice = User.objects.create_user("alice@example.org", name="Alice")
    audit.record(
        verb="changed",
        kind="target",
        key="m02",
        by=alice,
        changes={"value": ["7.5", "8.4"]},
        reason="Tillægget",
        about="bob@example.org",
    )
    assert AuditEvent.objects.values("actor", "verb", "kind", "key", "changes", "reason", "about").get() == {
        "actor": "alice@example.org",
        "verb": "changed",
        "kind": "target",
        "key": "m02",
        "changes": {"value": ["7.5", "8.4"]},
        "reason": "Tillægget",
        "about": "bob@example.org",
    }


def test_an_event_outlives_the_user_it_names():
    alice = User.objects.create_user("alice@example.org", name="Alice")
    audit.record(verb="changed", kind="user", key=alice.email, by=alice)
    alice.delete()
    assert AuditEvent.objects.get().actor == "alice@example.org"


def test_a_recorded_event_cannot_be_saved_again(event):
    event.reason = "something else"
    with pytest.raises(TypeError, match="never changed"):
        event.save()


def test_a_recorded_event_cannot_be_deleted(event):
    with pytest.raises(TypeError, match="never deleted"):
        event.delete()


def test_the_trail_cannot_be_changed_or_deleted_in_bulk(event):
    with pytest.raises(TypeError, match="never changed"):
        AuditEvent.objects.filter(kind="team").update(reason="something else")
    with pytest.raises(TypeError, match="never deleted"):
        AuditEvent.objects.all().delete()
