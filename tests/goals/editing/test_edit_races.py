"""Two editors at the same moment: one saves, the other is told. Without the check the first one's words are lost."""

import threading
from datetime import date

import pytest
from django.db import connection

from accounts.models import User
from goals.editing.audited_change import StaleEdit, change, state_of
from goals.models import Goal, Plan
from indicators.models import Edit

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 25


def saved_at_once(goal: Goal, editor: User, turn: int, seen: str | None) -> list[str]:
    """Two threads with a title each, let go together; the titles that were saved."""
    gate, saved = threading.Barrier(2), []

    def save(title: str) -> None:
        try:
            gate.wait()
            change(row=Goal.objects.get(pk=goal.pk), facts={"title": title}, by=editor, seen=seen)
            saved.append(title)
        except StaleEdit:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(f"Mål {turn}{side}",)) for side in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return saved


@pytest.fixture
def goal() -> Goal:
    year = {"known_from": date(2020, 1, 1), "period_start": date(2020, 1, 1), "period_end": date(2020, 12, 31)}
    plan = Plan.objects.create(slug="plan", title="Plan", kind="plan", year=2020, **year)
    return Goal.objects.create(plan=plan, number=1, title="Mål")


@pytest.fixture
def editor() -> User:
    return User.objects.create(email="rie@example.org", name="Rie")


def test_of_two_who_saw_the_same_exactly_one_saves(goal, editor):
    for turn in range(1, ROUNDS + 1):
        goal.refresh_from_db()
        (saved,) = saved_at_once(goal, editor, turn, state_of(goal, ["title"]))
        goal.refresh_from_db()
        assert goal.title == saved
        assert Edit.objects.count() == turn


def test_without_what_was_seen_the_first_is_overwritten(goal, editor):
    assert any(len(saved_at_once(goal, editor, turn, None)) == 2 for turn in range(ROUNDS))
