"""No verdict of plan 2020 moves when the words for a target do: 14 earlier days, kept as they were told."""

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from goals.models import Plan
from goals.status.plan_status import plan_status

pytestmark = pytest.mark.django_db
KEPT = Path(__file__).parent / "plan_2020_verdicts.csv"  # day, measure, original, its gap, revised, its gap
DAYS = [
    "2020-01-15", "2020-02-20", "2020-03-20", "2020-05-10", "2020-06-20", "2020-08-01", "2020-08-25", "2020-09-05",
    "2020-10-12", "2020-11-30", "2020-12-15", "2021-01-20", "2021-02-20", "2021-06-30",
]  # fmt: skip


def told(day: str) -> list[list[str]]:
    moment = datetime.fromisoformat(f"{day}T23:59:59").replace(tzinfo=ZoneInfo("Europe/Copenhagen"))
    status = plan_status(Plan.objects.get(slug="beskaeftigelsesplan-2020"), moment)
    if status is None:
        return [[day, "", "", "", "", ""]]
    return [
        [day, one.measure.code, one.original.verdict.value, _gap(one.original), one.revised.verdict.value,
         _gap(one.revised)]
        for one in status.measures
    ]  # fmt: skip


def _gap(judged) -> str:
    return "" if judged.judgement.gap is None else f"{judged.judgement.gap.normalize():f}"


@pytest.mark.parametrize("day", DAYS)
def test_each_verdict_of_the_plan_is_what_it_was(portal_with_demo, day):
    with KEPT.open(encoding="utf-8") as kept:
        expected = [row for row in csv.reader(kept) if row[0] == day]
    assert expected
    assert told(day) == expected
