"""What a file or an editor takes out of a plan's lists is gone from now on, and still there on the days before."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from goals.models import Event
from indicators.as_of import end_of, rows_at
from indicators.models import Edit
from initiatives.editing.changes import change_initiative
from initiatives.models import Initiative
from tests.initiatives.test_earlier_days import ANNEX, PLAN, SUPPLEMENT, Portal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
DAY = "2021-03-01"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    moments = [timezone.now()]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[0])
    return moments


@pytest.fixture
def portal(client: Any, plan_files: Any, tmp_path: Any, clock: list[Any]) -> Portal:
    return Portal(client, plan_files, tmp_path, User.objects.create_user("rie@example.org", name="Rie"))


def without_the_last(name: str) -> Any:
    def edit(document: dict) -> None:
        document[name].pop()

    return edit


TAKEN_OUT = [
    (SUPPLEMENT, without_the_last("events")),
    (PLAN, without_the_last("statements")),
    (PLAN, without_the_last("open_questions")),
    (PLAN, lambda d: [goal.update(related=[]) for goal in d["goals"]]),
    (SUPPLEMENT, lambda d: d["headings"][0]["actions"].pop()),
    (PLAN, lambda d: d["focus_areas"][0].update(goals=[])),
    (ANNEX, lambda d: [objective.update(targets=[]) for objective in d["objectives"]]),
    (ANNEX, lambda d: d["initiatives"][0].update(objectives=[])),
    (ANNEX, lambda d: [partner.update(maybe_same_as=[]) for partner in d["partners"]]),
]


def test_an_earlier_day_still_shows_what_files_take_out(portal, clock):
    today = timezone.localdate().isoformat()
    before = {day: portal.said(day) for day in (DAY, today)}
    for slug, edit in TAKEN_OUT:
        clock[0] += timedelta(days=1)
        portal.edit_file(slug, edit)
        assert Edit.objects.filter(by_file=True, at=clock[0]).exists()
    clock[0] += timedelta(days=1)
    for day, said in before.items():
        after = portal.said(day)
        assert [name for name in said if after[name] != said[name]] == [], day


def test_what_is_named_again_is_there_again_and_was_not_in_between(portal, clock):
    first = timezone.localdate()
    document = portal.files.path(SUPPLEMENT).read_text(encoding="utf-8")
    clock[0] += timedelta(days=2)
    portal.edit_file(SUPPLEMENT, without_the_last("events"))
    clock[0] += timedelta(days=2)
    portal.files.path(SUPPLEMENT).write_text(document, encoding="utf-8")
    assert "  igen: events Nedlukning" in "".join(portal.files.load(SUPPLEMENT)[SUPPLEMENT].lines)
    clock[0] += timedelta(days=2)
    there = {n: events_on(first + timedelta(days=n)) for n in (0, 1, 2, 3, 4, 5, 6)}
    assert there == {0: 1, 1: 1, 2: 0, 3: 0, 4: 1, 5: 1, 6: 1}


def events_on(day: date) -> int:
    with rows_at(end_of(day)):
        return Event.objects.filter(plan__slug=SUPPLEMENT).count()


def test_a_tie_an_editor_takes_away_is_still_there_on_the_day_before(portal, clock):
    initiative = Initiative.objects.filter(links__objective__isnull=False).first()
    held = initiative.links.filter(objective__isnull=False).count()
    past = end_of(timezone.localdate())
    clock[0] += timedelta(days=1)
    change_initiative(initiative=initiative, facts={"objectives": []}, by=portal.by)
    clock[0] += timedelta(days=1)
    assert initiative.links.filter(objective__isnull=False).count() == 0
    with rows_at(past):
        assert initiative.links.filter(objective__isnull=False).count() == held >= 1
