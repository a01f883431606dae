"""The hearing of the demo, and people who may answer it."""

import pytest

from accounts.models import User
from accounts.roles import Role
from hearings.actions import answer_point
from hearings.models import Answer, Hearing, Point
from hearings.workflow import State

SLUG = "beskaeftigelsesplan-2021"


@pytest.fixture
def hearing(portal_with_demo, db) -> Hearing:
    return Hearing.objects.get(slug=SLUG)


@pytest.fixture
def revalidation(hearing) -> Point:
    """The request to name revalidation."""
    return hearing.points.get(code="h10")


def person(role: Role) -> User:
    user, _ = User.objects.get_or_create(email=f"{role}@example.org", defaults={"name": role})
    user.assignments.get_or_create(role=role)
    return user


@pytest.fixture
def secretary(hearing) -> User:
    return person(Role.SECRETARY)


@pytest.fixture
def approver(hearing) -> User:
    return person(Role.APPROVER)


@pytest.fixture
def write(revalidation, secretary):
    """`write(State.ANSWERED, outcome="noted")`: an answer that is right but for what the test says."""

    def answer(state: State = State.ANSWERED, by: User = secretary, point: Point = revalidation, **said) -> Answer:
        facts = {"outcome": "not_accepted", "reason": "Står i loven.", "author_role": "Arbejdsmarkedsområdet"} | said
        return answer_point(point=point, state=state, by=by, **facts)

    return answer
