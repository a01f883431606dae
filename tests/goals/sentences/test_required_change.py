"""Krævet ændring and the change since last year, each sentence written out. Nothing here needs the database."""

from datetime import date
from decimal import Decimal

import pytest

from goals.judging import Pick
from goals.models import Goal, Measure
from goals.sentences.measure_sentences import trend_change
from goals.sentences.required_change import required
from goals.status.targets import TargetFact
from goals.status.types import MeasureStatus
from indicators import periods
from indicators.models import Indicator
from tests.goals.sentences.test_summaries import PLAN, VIBORG, judged_measure, point

SPACE = "\u00a0"
TODAY = date(2020, 10, 1)
SEPTEMBER = periods.of(2020, 9)  # three months before the plan ends


def found(
    unit: str, value: str, target: str = "", *, printed: str = "", before: str = "", better: str = "lower", **facts: str
) -> MeasureStatus:
    """September's figure against an original target, and the one of the year before."""
    indicator = Indicator(code="i", name="Navn", unit=unit, decimals=1 if unit == "percent" else 0)
    measure = Measure(
        goal=Goal(plan=PLAN, number=1), code="m", short_name="Navn", subject="Andelen", better=better,
        indicator=indicator, area=VIBORG,
    )  # fmt: skip
    points = [point(SEPTEMBER - 12, Decimal(before))] if before else []
    points.append(point(SEPTEMBER, Decimal(value)))
    rule, basis = facts.get("rule", "value"), facts.get("basis", "newest")
    fact = TargetFact("original", rule, Decimal(target or 0), printed, "p", "Plan", None, TODAY, "", basis=basis)
    pick = Pick(settled=points[-1], provisional=None)
    return judged_measure(measure, points, pick, fact if target else None, None)


def test_a_share_moves_by_hundredths_however_far_it_has_to_go():
    """(5 − 10) / 3 = −1,666…: rounded up, since 1,66 a month would not lead there."""
    text = required(found("percent", "10", "5", printed="5 %"), TODAY)
    assert text == f"skal falde 1,67{SPACE}procentpoint pr. måned for at nå 5{SPACE}% i december 2020."


def test_of_persons_only_whole_ones_can_change():
    """(110 − 100) / 3 = 3,33…"""
    text = required(found("count", "100", "110", printed="110", better="higher"), TODAY)
    assert text == f"skal stige 4{SPACE}personer pr. måned for at nå 110 i december 2020."


@pytest.mark.parametrize("basis", ["average", "rolling"])
def test_of_an_average_no_single_month_can_say(basis):
    assert required(found("percent", "10", "5", printed="5 %", basis=basis), TODAY) == ""


def test_a_target_that_is_reached_asks_for_nothing():
    assert required(found("percent", "5", "5", printed="5 %"), TODAY) == f"ingen for at nå 5{SPACE}%."


def test_after_the_plans_last_day_nothing_is_required():
    late = found("percent", "10", "5", printed="5 %")
    assert required(late, date(2020, 12, 31)) != ""
    assert required(late, date(2021, 1, 1)) == ""


def test_the_change_of_a_rank_is_told_as_the_place_it_was():
    assert trend_change(found("rank", "43", before="52")) == f"fra nr.{SPACE}52"
    assert trend_change(found("percent", "8.4", before="8.1")) == f"+0,3{SPACE}procentpoint"
