"""One user of each role to try the portal with, in development only."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.demo_users import DEMO_PASSWORD, load_demo_users
from accounts.models import AuditEvent, User
from accounts.roles import Role

pytestmark = pytest.mark.django_db


def test_there_is_one_of_each_role_and_the_printed_password_opens_for_all(client):
    assert load_demo_users() == len(Role)
    users = {user.email: (user.name, user.roles) for user in User.objects.all()}
    assert users["data-officer@demo.viborg.example"] == ("Demo: dataansvarlig", [Role.DATA_OFFICER])
    assert sorted(role for _, roles in users.values() for role in roles) == sorted(Role)
    assert all(client.login(username=email, password=DEMO_PASSWORD) for email in users)


def test_loading_them_again_makes_none_and_leaves_a_changed_password_alone():
    load_demo_users()
    reader = User.objects.get(email="reader@demo.viborg.example")
    reader.set_password("noget-andet-og-langt")
    reader.save()
    assert load_demo_users() == 0
    reader.refresh_from_db()
    assert reader.check_password("noget-andet-og-langt")


def test_one_that_is_missing_is_made_again():
    load_demo_users()
    User.objects.get(email="secretary@demo.viborg.example").delete()
    assert load_demo_users() == 1


def test_their_making_is_in_the_audit_trail():
    load_demo_users()
    events = AuditEvent.objects.filter(verb="created", kind="user", actor="load_demo")
    assert set(events.values_list("key", flat=True)) == set(User.objects.values_list("email", flat=True))


def test_they_are_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match="development"):
        load_demo_users()
    assert not User.objects.exists()
