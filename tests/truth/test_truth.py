"""In generated worlds readers get what the printed rule says, on the day and when they ask for that day later."""

import random
import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest

from indicators.models import Area
from tests.long_form import at_length, told
from tests.truth import rule
from tests.truth.worlds import World

pytestmark = pytest.mark.django_db
COUNTS: Counter = Counter()
JUDGED = (rule.MET, rule.NEAR, rule.MISSED)
ACTS = 34 if at_length("TRUTH") else 14


@pytest.fixture
def area(db) -> None:
    Area.objects.create(code="000", name="Hele landet", kind="country")
    Area.objects.create(code="791", name="Viborg", kind="municipality")


def expected(world: World, day) -> dict:
    figures = world.known(day)
    return {number: said(measures, figures, day) for number, measures in world.goals.items()}


def said(measures: list, figures: dict, day) -> dict:
    return rule.goal(measures, figures, day) | {
        one.code: of_measure(one, figures[one.indicator], day) for one in measures
    }


def of_measure(measure: rule.Measure, figures: dict, day) -> dict:
    month = rule.newest(figures)
    latest = month and (f"{month[0]}-{month[1]:02}", figures[month].value)
    targets = {kind: rule.target(measure, kind, day) for kind in ("original", "revised")}
    answers = {kind: rule.judge(measure, one, figures, day) for kind, one in targets.items() if one}
    return {
        "latest": latest,
        "trend": rule.trend(measure, figures, day),
        "judgements": {kind: (one.verdict, one.gap and round(one.gap, 4)) for kind, one in answers.items()},
    }


def told_by_api(client, day) -> dict:
    rows = client.get("/api/v1/goals/", {"plan": "proeve", "as_of": day.isoformat()}).json()["results"]
    COUNTS["answers"] += 1
    COUNTS["judgements"] += sum(len(one["judgements"]) for row in rows for one in row["measures"])
    return {row["number"]: row["verdicts"] | {one["code"]: plain(one) for one in row["measures"]} for row in rows}


def plain(measure: dict) -> dict:
    latest, trend = measure["latest"], measure["trend"]
    return {
        "latest": latest and (latest["period"], Decimal(str(latest["value"]))),
        "trend": (trend["direction"], None if trend["change"] is None else Decimal(str(trend["change"]))),
        "judgements": {
            one["against"]: (one["verdict"], one["gap"] if one["gap"] is None else round(Fraction(str(one["gap"])), 4))
            for one in measure["judgements"]
        },
    }


def differences(got: object, wanted: object, *path: object) -> list[tuple]:
    """Each leaf that is told otherwise than the rule says: where, what was told, what the rule says."""
    if not (isinstance(got, dict) and isinstance(wanted, dict)):
        return [] if got == wanted else [(path, got, wanted)]
    keys = list(dict.fromkeys([*got, *wanted]))
    return [one for key in keys for one in differences(got.get(key), wanted.get(key), *path, key)]


def headline(client, day) -> tuple[int, ...]:
    page = client.get("/", {"kendt": day.isoformat()}).content.decode()
    text = re.search(r'data-testid="headline">(.*?)</h1>', page, re.S)[1]
    return tuple(map(int, re.findall(r"\d+", text)[:2]))


def counted(goals: dict) -> tuple[int, ...]:
    """Goals that are met by the targets that hold, of those that have any; no number where none can be judged yet."""
    if not {one[kind] for one in goals.values() for kind in ("original", "revised")} & {*JUDGED}:
        return ()
    holding = [one["revised"] if one["revised"] != rule.NO_TARGET else one["original"] for one in goals.values()]
    judged = [one for one in holding if one != rule.NO_TARGET]
    return judged.count(rule.MET), len(judged)


@pytest.mark.parametrize("seed", range(120 if at_length("TRUTH") else 1))
def test_a_world_is_told_as_the_rule_says_and_an_earlier_day_stays_what_it_was(client, area, tmp_path, seed):
    before = COUNTS.copy()
    world = World(seed, tmp_path)
    while len(world.log) < ACTS:
        world.live()
        if world.day.year >= 2025:
            assert not differences(told_by_api(client, world.day), expected(world, world.day)), (seed, world.day)
    days = [day for day, _ in world.log if day.year >= 2025]
    for day in days:
        assert not differences(told_by_api(client, day), expected(world, day)), (seed, day)
        COUNTS["earlier"] += 1
    for day in random.Random(seed).sample(days, 4):
        assert headline(client, day) == counted(expected(world, day)), (seed, day)
        COUNTS["headlines"] += 1
    new = COUNTS - before
    assert new["judgements"] > 50 and new["earlier"] > 10 and new["headlines"] == 4
    told("TRUTH", f"world {seed}: {dict(COUNTS)} so far, 0 differences")
