"""What rows said at an earlier moment, of every kind of field that an editor can change."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from goals.editing.audited_change import change
from goals.models import FocusArea, Plan, TargetGroup
from indicators.as_known import as_known, is_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def focus_area() -> FocusArea:
    plan = Plan.objects.create(
        slug="plan", title="Plan", kind="plan", year=2020, known_from=date(2020, 1, 1),
        period_start=date(2020, 1, 1), period_end=date(2020, 12, 31),
    )  # fmt: skip
    found = FocusArea.objects.create(plan=plan, code="fa1", name="Unge", position=0, introduced_by=plan)
    found.target_groups.add(*(TargetGroup.objects.create(slug=slug, name=slug) for slug in ("unge", "veteraner")))
    return found


def groups_of(focus_area: FocusArea) -> list[str]:
    return sorted(group.slug for group in focus_area.target_groups.all())


def test_the_target_groups_of_an_earlier_moment_are_those_it_had_then(focus_area):
    by = User.objects.create_user("secretary@example.org", name="Secretary")
    with_two = timezone.now()
    change(row=focus_area, facts={"target_groups": [TargetGroup.objects.get(slug="unge")]}, by=by)
    with_one = timezone.now()
    change(row=focus_area, facts={"target_groups": []}, by=by)
    told = [groups_of(as_known([FocusArea.objects.get()], moment)[0]) for moment in (with_two, with_one, None)]
    assert told == [["unge", "veteraner"], ["unge"], []]


def test_a_moment_is_now_for_one_minute_only():
    assert is_now(timezone.now() - timedelta(seconds=50))
    assert not is_now(timezone.now() - timedelta(seconds=70))
