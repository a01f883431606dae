"""The rule that turns figures into verdicts: the agreed table and the edges."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from goals import judging
from goals.judging import Judgement, Rule, Trend, Verdict, combine, judge, pick

MET, NEAR, MISSED = Verdict.MET, Verdict.NEAR, Verdict.MISSED
NO_DATA, NO_TARGET = Verdict.NO_DATA, Verdict.NO_TARGET


@dataclass(frozen=True)
class Figure:
    period: int
    value: Decimal | None
    provisional: bool = False


def near(value):
    """Three per cent of the target, as plan 2020 is judged."""
    return abs(Decimal(value)) * Decimal("0.03")


def lower(value, kind="value"):
    return Rule(kind, Decimal(value), "lower", near=near(value))


def higher(value):
    return Rule("value", Decimal(value), "higher", near=near(value))


def beats(value):
    """Any better than a place will do; None: nobody knows which."""
    place = None if value is None else Decimal(value)
    return Rule("change", place, "lower", strict=True, unknown="no_yardstick")


def verdict(value, rule):
    return judge(Decimal(value), rule).verdict


# measure, value, original target and verdict, revised target and verdict
TABLE = [
    ("m01", "47", beats(None), NO_DATA, beats("48"), MET),
    ("m02", "8.1", lower("7.5"), MISSED, lower("8.4"), MET),
    ("m03", "10.9", lower("10.7", "ceiling"), NEAR, lower("10.9", "ceiling"), MET),
    ("m04a", "11.3", lower("10.4"), MISSED, lower("11"), NEAR),
    ("m04b", "1400", lower("1373"), NEAR, lower("1400"), MET),
    ("m05", "2.0", lower("2.0"), MET, lower("2.0"), MET),
    ("m06", "400", lower("315"), MISSED, lower("490"), MET),
    ("m07", "28", None, NO_TARGET, higher("29"), MISSED),
    ("m08", "38", higher("41"), MISSED, higher("36"), MET),
    ("m09", "19", None, NO_TARGET, higher("19"), MET),
    ("m10", "2.9", None, NO_TARGET, lower("2.8"), MISSED),
]


@pytest.mark.parametrize(("measure", "value", "original", "then", "revised", "now"), TABLE)
def test_the_agreed_table_gives_its_verdicts(measure, value, original, then, revised, now):
    assert (verdict(value, original), verdict(value, revised)) == (then, now)


def test_the_agreed_table_gives_its_counts_of_goals():
    goals = {}
    for measure, value, original, _, revised, _ in TABLE:
        goals.setdefault(measure[:3], []).append((verdict(value, original), verdict(value, revised)))
    original = [combine(first for first, _ in measures) for measures in goals.values()]
    revised = [combine(second for _, second in measures) for measures in goals.values()]

    assert [revised.count(v) for v in (MET, NEAR, MISSED)] == [7, 1, 2]
    assert [original.count(v) for v in (MET, NEAR, NO_DATA, MISSED, NO_TARGET)] == [1, 1, 1, 4, 3]


@pytest.mark.parametrize(("rank", "expected"), [("47", MET), ("48", MISSED), ("49", MISSED)])
def test_a_rank_must_beat_the_yardstick_and_is_never_near(rank, expected):
    assert verdict(rank, beats("48")) == expected


def test_the_gap_is_value_less_target_as_the_api_prints_it():
    assert judge(Decimal("8.1"), lower("7.5")) == Judgement(MISSED, Decimal("0.6"))
    assert judge(Decimal("8.1"), lower("8.4")) == Judgement(MET, Decimal("-0.3"))
    assert judge(Decimal("28"), higher("29")).gap == Decimal("-1")


def test_a_target_without_a_baseline_cannot_be_judged():
    assert judge(Decimal("47"), beats(None)) == Judgement(NO_DATA, None, "no_yardstick")


def test_zero_is_a_value_like_any_other():
    assert judge(Decimal("0"), lower("315")) == Judgement(MET, Decimal("-315"))
    assert judge(Decimal("0"), higher("19")) == Judgement(MISSED, Decimal("-19"))


def test_a_target_of_zero_is_met_by_zero_and_near_to_nothing():
    assert verdict("0", lower("0")) == MET
    assert verdict("0.0001", lower("0")) == MISSED


def test_a_baseline_equal_to_the_target_meets_a_value_but_does_not_beat_a_yardstick():
    assert judge(Decimal("8.4"), lower("8.4")) == Judgement(MET, Decimal("0"))
    assert verdict("48", beats("48")) == MISSED


def test_falling_is_good_where_lower_is_better():
    assert judging.trend(Decimal("7.9"), Decimal("8.4"), better="lower", threshold=Decimal("0.1")) == Trend(
        "better", "down", Decimal("-0.5")
    )


def test_falling_is_bad_where_higher_is_better():
    assert judging.trend(Decimal("38"), Decimal("39"), better="higher", threshold=Decimal("0.5")) == Trend(
        "worse", "down", Decimal("-1")
    )


def test_a_ceiling_goal_that_rises_within_its_ceiling_is_met_and_not_worse():
    assert verdict("10.8", lower("10.9", "ceiling")) == MET
    rise = judging.trend(Decimal("10.8"), Decimal("10.4"), better="lower", threshold=Decimal("0.1"), ceiling=True)
    assert rise == Trend("up", "up", Decimal("0.4"))


def test_a_ceiling_goal_that_falls_is_better():
    fall = judging.trend(Decimal("10.4"), Decimal("10.8"), better="lower", threshold=Decimal("0.1"), ceiling=True)
    assert fall.direction == "better"


def test_a_goal_whose_first_figure_cannot_have_come_is_not_yet_due():
    due = judging.is_due(date(2020, 2, 15), date(2020, 3, 7))
    assert judge(None, lower("7.5"), due=due) == Judgement(Verdict.NOT_DUE, None, "not_begun")


def test_a_goal_is_due_on_the_day_its_first_figure_is_expected():
    due = judging.is_due(date(2020, 3, 7), date(2020, 3, 7))
    assert judge(None, lower("7.5"), due=due) == Judgement(NO_DATA, None, "no_value")


def test_only_provisional_figures_are_not_judged():
    picked = pick([Figure(1440, Decimal("7.0"), provisional=True)], 1440, 1451)

    assert picked.only_provisional
    assert picked.settled is None
    judgement = judge(None, lower("7.5"), why="only_provisional")
    assert judgement == Judgement(NO_DATA, None, "only_provisional")


def test_before_a_settled_figure_can_be_expected_a_provisional_one_is_no_fault():
    assert judge(None, lower("7.5"), due=False, why="only_provisional").verdict == Verdict.NOT_DUE


def test_the_newest_settled_figure_is_judged_and_the_provisional_one_beside_it_told():
    figures = [
        Figure(1440, Decimal("7.6")),
        Figure(1441, Decimal("7.5")),
        Figure(1442, Decimal("7.2"), provisional=True),
    ]
    picked = pick(figures, 1440, 1451)
    assert (picked.settled, picked.provisional, picked.only_provisional) == (figures[1], figures[2], False)


def test_a_provisional_month_without_a_value_is_missing_and_no_provisional_figure():
    picked = pick([Figure(1440, None, provisional=True)], 1440, 1451)
    assert (picked.provisional, picked.only_provisional) == (None, False)


def test_a_missing_newest_month_leaves_the_month_before_to_be_judged_and_is_told():
    figures = [Figure(1440, Decimal("7.6")), Figure(1441, None)]
    picked = pick(figures, 1440, 1451)
    assert (picked.settled, picked.missing) == (figures[0], figures[1])


def test_a_missing_month_in_the_middle_is_nothing_to_tell():
    figures = [Figure(1440, Decimal("7.6")), Figure(1441, None), Figure(1442, Decimal("7.4"))]
    assert pick(figures, 1440, 1451) == judging.Pick(figures[2], None, None)


def test_figures_outside_the_targets_period_are_not_judged():
    figures = [Figure(1439, Decimal("7.0")), Figure(1452, Decimal("9.0"))]
    assert pick(figures, 1440, 1451) == judging.Pick(None, None, None)


def test_a_missing_value_is_never_read_as_zero():
    assert pick([Figure(1440, None)], 1440, 1451).settled is None
    assert judge(None, lower("315")).verdict == NO_DATA
    unknown = Trend("unknown", "flat", None)
    assert judging.trend(None, Decimal("2"), better="lower", threshold=Decimal(0)) == unknown
    assert judging.trend(Decimal("2"), None, better="lower", threshold=Decimal(0)) == unknown


def test_two_measures_in_one_goal_are_met_only_together():
    assert combine([MET, MET]) == MET
    assert combine([MET, NEAR]) == NEAR
    assert combine([NEAR, MISSED]) == MISSED


def test_a_measure_without_a_target_does_not_count_beside_one_that_has():
    assert combine([NO_TARGET, MET]) == MET
    assert combine([NO_TARGET, NO_TARGET]) == NO_TARGET


def test_a_goal_is_not_called_met_or_near_while_one_of_its_measures_cannot_be_judged():
    assert combine([MET, NO_DATA]) == NO_DATA
    assert combine([NEAR, Verdict.NOT_DUE]) == Verdict.NOT_DUE
    assert combine([NO_DATA, MISSED]) == MISSED
    assert combine([Verdict.NOT_DUE, NO_DATA]) == combine([NO_DATA, Verdict.NOT_DUE]) == NO_DATA


def test_a_target_revised_to_the_same_value_is_the_same_target():
    assert judging.is_same_target(lower("2.0"), lower("2"))
    assert not judging.is_same_target(lower("7.5"), lower("8.4"))
    assert not judging.is_same_target(None, lower("2.8"))
    assert not judging.is_same_target(beats(None), beats(None))


def test_no_target_is_told_as_such_whatever_the_figure():
    assert judge(Decimal("28"), None) == Judgement(NO_TARGET, None, "no_target")


def test_the_edge_of_the_tolerance_is_near_and_a_hair_beyond_is_missed():
    assert verdict("11.33", lower("11")) == NEAR
    assert verdict("11.3301", lower("11")) == MISSED
    assert verdict("28.13", higher("29")) == NEAR
    assert verdict("28.1299", higher("29")) == MISSED


def test_the_tolerance_of_a_target_below_zero_is_a_distance_like_any_other():
    assert verdict("-97.5", lower("-100")) == NEAR
    assert verdict("-96.9", lower("-100")) == MISSED


def test_the_unrounded_value_is_judged():
    assert verdict("8.4001", lower("8.4")) == NEAR


def test_a_change_under_the_threshold_is_none_and_at_the_threshold_is_one():
    threshold = Decimal("0.15")
    assert judging.trend(
        Decimal("10.9"), Decimal("10.8"), better="lower", threshold=threshold
    ) == Trend("unchanged", "flat", Decimal("0.1"))  # fmt: skip
    assert judging.trend(Decimal("10.95"), Decimal("10.8"), better="lower", threshold=threshold).direction == "worse"


def test_without_a_direction_a_change_is_only_up_or_down():
    def direction(value):
        return judging.trend(Decimal(value), Decimal("5"), better="none", threshold=Decimal(0)).direction

    assert [direction(value) for value in ("6", "4", "5")] == ["up", "down", "unchanged"]


def test_the_required_change_brings_the_value_to_the_target():
    assert judging.required_change(Decimal("8.8"), Decimal("8.4"), 4) == Decimal("-0.1")
    assert judging.required_change(Decimal("8.8"), Decimal("8.4"), 0) is None
    assert judging.required_change(None, Decimal("8.4"), 4) is None


def test_a_rule_nobody_has_agreed_on_is_refused():
    with pytest.raises(ValueError, match="none"):
        Rule("value", Decimal(1), "none")
    with pytest.raises(ValueError, match="floor"):
        Rule("floor", Decimal(1), "lower")
