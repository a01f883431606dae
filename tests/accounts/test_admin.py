"""Django's admin: for administrators alone, with every change in the audit trail."""

import pytest

from accounts.models import AuditEvent, Team, User
from accounts.roles import Role

PASSWORD = "et-langt-kodeord-til-test"

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client) -> User:
    user = User.objects.create_user("admin@example.org", name="Administrator")
    user.assignments.create(role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def roles_form(*roles: Role) -> dict:
    counts = {"assignments-TOTAL_FORMS": len(roles), "assignments-INITIAL_FORMS": 0}
    return counts | {f"assignments-{place}-role": role.value for place, role in enumerate(roles)}


def new_user_form() -> dict:
    passwords = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    return {"email": "bob@example.org", "name": "Bob"} | passwords


def test_a_stranger_is_shown_where_to_log_in(client):
    page = client.get("/admin/", follow=True)
    assert (page.status_code, page.redirect_chain[-1][0]) == (200, "/admin/login/?next=/admin/")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_get_in(client, role):
    user = User.objects.create_user("alice@example.org", name="Alice")
    user.assignments.create(role=role)
    client.force_login(user)
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("page", ["", "accounts/user/", "accounts/user/add/", "accounts/team/", "accounts/auditevent/"])
def test_an_administrator_can_open_every_page(client, administrator, page):
    assert client.get(f"/admin/{page}").status_code == 200


def test_making_a_user_with_a_role_is_recorded(client, administrator):
    client.post("/admin/accounts/user/add/", new_user_form() | roles_form(Role.APPROVER))
    assert User.objects.get(email="bob@example.org").roles == [Role.APPROVER]
    event = AuditEvent.objects.get()
    assert (event.actor, event.verb, event.kind, event.key) == (
        "admin@example.org",
        "created",
        "user",
        "bob@example.org",
    )
    assert event.changes["roles"] == [[], ["approver"]]
    assert PASSWORD not in str(event.changes)


def test_a_changed_user_is_recorded_with_before_and_after(client, administrator):
    bob = User.objects.create_user("bob@example.org", name="Bob")
    team = Team.objects.create(slug="unge", name="Unge")
    form = {"email": bob.email, "name": "Bob", "team": team.pk}  # no longer active
    client.post(f"/admin/accounts/user/{bob.pk}/change/", form | roles_form(Role.READER))
    assert AuditEvent.objects.get().changes == {
        "team": [None, team.pk],
        "is_active": [True, False],
        "roles": [[], ["reader"]],
    }


def test_a_new_password_is_recorded_but_not_what_it_is(client, administrator):
    bob = User.objects.create_user("bob@example.org", name="Bob")
    form = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    client.post(f"/admin/accounts/user/{bob.pk}/password/", form)
    event = AuditEvent.objects.get()
    assert (event.verb, event.key, event.changes) == ("changed password", "bob@example.org", {})
    assert client.login(username=bob.email, password=PASSWORD)


def test_a_password_that_is_refused_leaves_no_trace(client, administrator):
    form = {"usable_password": "true", "password1": "short", "password2": "short"}
    client.post(f"/admin/accounts/user/{administrator.pk}/password/", form)
    assert not AuditEvent.objects.exists()


def test_deleting_a_team_is_recorded_one_by_one_and_in_bulk(client, administrator):
    first, second = (Team.objects.create(slug=slug, name=slug) for slug in ("unge", "job"))
    client.post(f"/admin/accounts/team/{first.pk}/delete/", {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [second.pk], "post": "yes"}
    client.post("/admin/accounts/team/", chosen)
    assert not Team.objects.exists()
    assert set(AuditEvent.objects.values_list("verb", "key")) == {("deleted", "unge"), ("deleted", "job")}


def test_a_user_cannot_be_deleted(client, administrator):
    bob = User.objects.create_user("bob@example.org", name="Bob")
    assert client.post(f"/admin/accounts/user/{bob.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=bob.pk).exists()


def test_the_trail_can_be_read_but_not_written(client, administrator):
    client.post("/admin/accounts/user/add/", new_user_form() | roles_form())
    event = AuditEvent.objects.get()
    page = client.get(f"/admin/accounts/auditevent/{event.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert client.post(f"/admin/accounts/auditevent/{event.pk}/change/", {"verb": "x"}).status_code == 403
    assert client.get("/admin/accounts/auditevent/add/").status_code == 403
