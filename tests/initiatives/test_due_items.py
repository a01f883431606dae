"""What stands on a writer's list on a fixed day: the month that is asked for, and earlier ones that were sent back."""

from datetime import UTC, date, datetime

import pytest

from goals.models import Plan
from goals.workflow import State
from indicators import periods
from initiatives.models import Initiative, StatusUpdate
from initiatives.status.due import due_items

pytestmark = pytest.mark.django_db
JULY, AUGUST, SEPTEMBER = (periods.of(2020, month) for month in (7, 8, 9))
BEFORE_THE_20TH, FROM_THE_20TH = date(2020, 9, 19), date(2020, 9, 20)


@pytest.fixture(autouse=True)
def monthly(settings):
    """As a portal comes: each month, from its 20th, until the 8th of the next."""
    settings.STATUS_EVERY_MONTHS, settings.STATUS_OPENS_DAY, settings.STATUS_DEADLINE_DAY = 1, 20, 8


@pytest.fixture
def initiatives() -> list[Initiative]:
    plan = Plan.objects.create(
        slug="plan", title="Plan", kind="plan", year=2020, known_from=date(2020, 1, 1),
        period_start=date(2020, 1, 1), period_end=date(2020, 12, 31),
    )  # fmt: skip
    return [
        Initiative.objects.create(plan=plan, code=code, slug=code, name=code, position=place)
        for place, code in enumerate(("a", "b"))
    ]


def say(initiative: Initiative, period: int, state: State, status: str = "on_track", version: int = 1) -> None:
    StatusUpdate.objects.create(
        initiative=initiative, period=period, status=status, text="Går godt.", author_role="Jobcentret", state=state,
        note="Skriv hvorfor." if state == State.RETURNED else "", version=version,
        made_at=datetime(2020, 9, 1, version, period % 60, tzinfo=UTC),
    )  # fmt: skip


def listed(today: date) -> list[tuple[str, str]]:
    return [(item.initiative.code, item.iso_month) for item in due_items(today)]


def test_september_is_asked_for_from_its_20th(initiatives):
    assert listed(BEFORE_THE_20TH) == [("a", "2020-08"), ("b", "2020-08")]
    assert listed(FROM_THE_20TH) == [("a", "2020-09"), ("b", "2020-09")]
    assert [item.deadline for item in due_items(FROM_THE_20TH)] == [date(2020, 10, 8)] * 2


def test_an_earlier_month_that_was_sent_back_stays_on_the_list_and_comes_first(initiatives):
    say(initiatives[1], JULY, State.RETURNED)
    say(initiatives[1], AUGUST, State.APPROVED)
    assert listed(FROM_THE_20TH) == [("b", "2020-07"), ("a", "2020-09"), ("b", "2020-09")]


def test_what_was_sent_back_for_the_month_itself_is_listed_once_and_first(initiatives):
    say(initiatives[1], SEPTEMBER, State.RETURNED)
    assert listed(FROM_THE_20TH) == [("b", "2020-09"), ("a", "2020-09")]


def test_an_initiative_that_is_said_to_have_ended_is_asked_no_more(initiatives):
    say(initiatives[0], AUGUST, State.APPROVED, status="done")
    assert listed(FROM_THE_20TH) == [("b", "2020-09")]
    assert listed(BEFORE_THE_20TH) == [("a", "2020-08"), ("b", "2020-08")]  # the month of which it was said
