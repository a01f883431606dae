"""What each role may do, and that a user may no more than the roles say."""

import pytest

from accounts.models import User
from accounts.roles import PERMISSIONS, Permission, Role

P = Permission
MATRIX = {
    Role.READER: {P.READ_INTERNAL},
    Role.STATUS_WRITER: {P.READ_INTERNAL, P.WRITE_STATUS},
    Role.DATA_OFFICER: {P.READ_INTERNAL, P.READ_ALL_TEAMS, P.IMPORT_FIGURES},
    Role.APPROVER: {P.READ_INTERNAL, P.READ_EMPLOYEES, P.WRITE_STATUS, P.APPROVE},
    Role.SECRETARY: {P.READ_INTERNAL, P.EDIT_PLANS, P.MAKE_REPORTS},
    Role.ADMINISTRATOR: set(Permission),
}


def user_with(*roles: Role, **fields) -> User:
    user = User.objects.create_user("alice@example.org", name="Alice", **fields)
    for role in roles:
        user.assignments.create(role=role)
    return user


def test_every_role_has_its_line_in_the_matrix():
    assert set(PERMISSIONS) == set(Role)
    assert {role: set(permissions) for role, permissions in PERMISSIONS.items()} == MATRIX


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_a_user_may_what_the_role_says_and_nothing_else(role):
    user = user_with(role)
    assert {permission for permission in Permission if user.may(permission)} == MATRIX[role]


@pytest.mark.django_db
def test_two_roles_add_up():
    user = user_with(Role.DATA_OFFICER, Role.SECRETARY)
    may = {permission for permission in Permission if user.may(permission)}
    assert may == MATRIX[Role.DATA_OFFICER] | MATRIX[Role.SECRETARY]


@pytest.mark.django_db
def test_an_inactive_administrator_may_nothing():
    user = user_with(Role.ADMINISTRATOR, is_active=False)
    assert not any(user.may(permission) for permission in Permission)
    assert not user.is_staff


@pytest.mark.django_db
def test_a_user_without_roles_may_nothing():
    user = user_with()
    assert not any(user.may(permission) for permission in Permission)
