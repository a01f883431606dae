"""People of the demo's team, what they write of, and the names of places, which are the same in every language."""

import re

import pytest
from django.utils import timezone

from accounts.models import Team, User
from accounts.roles import Role
from indicators.models import Area
from initiatives.models import Initiative
from initiatives.status.due import cadence
from tests.pages.test_mine_page import person


@pytest.fixture
def team() -> Team:
    return Team.objects.get(slug="ungeindsatsen-demo")


@pytest.fixture
def alice(team) -> User:
    return person("alice", Role.STATUS_WRITER, team=team)


@pytest.fixture
def bob(team) -> User:
    """A colleague in the same team."""
    return person("bob", Role.STATUS_WRITER, team=team)


@pytest.fixture
def carla() -> User:
    return person("carla", Role.APPROVER)


@pytest.fixture
def initiative() -> Initiative:
    return Initiative.objects.get(slug="task-force-viborg")


@pytest.fixture
def due() -> int:
    return cadence().due_period(timezone.localdate())


@pytest.fixture(scope="module")
def places(portal_with_demo, django_db_blocker) -> re.Pattern:
    with django_db_blocker.unblock():
        names = sorted(Area.objects.exclude(kind="group").values_list("name", flat=True), key=len, reverse=True)
    return re.compile(r"\b(" + "|".join(map(re.escape, names)) + r")\b")
