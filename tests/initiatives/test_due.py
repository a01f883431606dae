"""Which initiatives are asked for a status when one plan follows another."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Team
from goals.models import Goal, Plan
from initiatives.models import Initiative
from initiatives.status.coverage import status_coverage
from initiatives.status.due import due_items

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]


def test_a_following_plan_ends_the_writing_only_when_it_is_published_and_has_begun():
    team = Team.objects.get(slug="ungeindsatsen-demo")
    initiative = Initiative.objects.get(slug="task-force-viborg")
    today = timezone.localdate()
    before = due_items(today, team)
    follower = Plan.objects.create(
        slug="kladde", title="Kladde", kind=Plan.Kind.PLAN, year=today.year, follows=initiative.plan,
        period_start=today, period_end=today,
    )  # fmt: skip
    assert before and due_items(today, team) == before
    Plan.objects.filter(pk=follower.pk).update(known_from=today, period_start=today + timedelta(1))
    assert due_items(today, team) == before
    Plan.objects.filter(pk=follower.pk).update(period_start=today)
    assert due_items(today, team) == []
    assert status_coverage(timezone.now()) is None  # whom nobody asks is not late either
    goal = Goal.objects.filter(links__initiative=initiative).first()
    goal.pk, goal.plan, goal.section = None, follower, None
    goal.save(force_insert=True)
    initiative.links.create(goal=goal, kind="stated", confidence="high")
    assert [item.initiative for item in due_items(today, team)] == [initiative]
    assert status_coverage(timezone.now()).total == 1
