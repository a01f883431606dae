"""One user of each role to try the portal with. Never in production."""

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts import audit
from accounts.models import RoleAssignment, User
from accounts.roles import Role

DEMO_PASSWORD = "proev-portalen-2020"  # noqa: S105  # printed in the README, refused in production
DOMAIN = "demo.viborg.example"
ACTOR = "load_demo"


def email_of(role: Role) -> str:
    return f"{role.value.replace('_', '-')}@{DOMAIN}"


@transaction.atomic
def load_demo_users() -> int:
    """Make the users that are missing, all with the same password; gives how many."""
    if settings.PRODUCTION:
        raise ImproperlyConfigured("Demo users have a known password: they are only made in development.")
    present = set(User.objects.filter(email__endswith=f"@{DOMAIN}").values_list("email", flat=True))
    missing = [role for role in Role if email_of(role) not in present]
    if missing:
        _make(missing)
    return len(missing)


def _make(roles: list[Role]) -> None:
    hashed = make_password(DEMO_PASSWORD)  # once: hashing is slow on purpose
    users = [User(email=email_of(role), name=f"Demo: {role.label}", password=hashed) for role in roles]
    User.objects.bulk_create(users)
    RoleAssignment.objects.bulk_create(
        RoleAssignment(user=user, role=role) for user, role in zip(users, roles, strict=True)
    )
    for user, role in zip(users, roles, strict=True):
        audit.record(verb="created", kind="user", key=user.email, by=ACTOR, changes={"roles": [[], [role.value]]})
