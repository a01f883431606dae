"""What holds for every number that is judged, whatever it is."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from goals import judging
from goals.judging import Rule, Verdict, combine, judge, pick

MET, NEAR, MISSED, NO_TARGET = Verdict.MET, Verdict.NEAR, Verdict.MISSED, Verdict.NO_TARGET


@dataclass(frozen=True)
class Figure:
    period: int
    value: Decimal | None
    provisional: bool = False


numbers = st.decimals(min_value=-(10**8), max_value=10**8, places=4)
kinds_and_directions = st.sampled_from([("value", "lower"), ("value", "higher"), ("change", "lower"),
                                        ("change", "higher"), ("ceiling", "lower")])  # fmt: skip
rules = st.builds(
    lambda kind, **facts: Rule(kind[0], better=kind[1], **facts),
    kind=kinds_and_directions,
    value=numbers,
    strict=st.booleans(),
    near=st.decimals(min_value=0, max_value=10**6, places=3),
)
RANKING = [MISSED, NEAR, MET]


@given(numbers, numbers, rules)
def test_a_better_value_never_gets_a_worse_verdict(one, another, rule):
    worse, better = sorted([one, another], reverse=rule.better == "lower")
    assert RANKING.index(judge(better, rule).verdict) >= RANKING.index(judge(worse, rule).verdict)


@given(numbers, rules)
def test_mirroring_value_target_and_direction_changes_no_verdict(value, rule):
    better = "higher" if rule.better == "lower" else "lower"
    mirrored = Rule("value", -rule.value, better, rule.strict, rule.near)
    assert judge(-value, mirrored).verdict == judge(value, rule).verdict


@given(numbers, rules)
def test_the_gap_and_the_target_make_the_value(value, rule):
    assert judge(value, rule).gap + rule.value == value


@given(numbers, rules)
def test_near_is_short_by_at_most_what_is_said_and_only_there(value, rule):
    judged = judge(value, rule)
    assume(judged.verdict != MET)
    assert (judged.verdict == NEAR) == (rule.near > 0 and abs(judged.gap) <= rule.near)


@given(st.lists(st.sampled_from(Verdict)))
def test_a_goal_is_met_exactly_when_every_measure_with_a_target_is(verdicts):
    judged = [v for v in verdicts if v != NO_TARGET]
    assert (combine(verdicts) == MET) == (bool(judged) and set(judged) == {MET})
    assert combine(verdicts) == combine(reversed(verdicts))
    assert combine(verdicts) in (*verdicts, NO_TARGET)


figures = st.builds(
    Figure,
    period=st.integers(1430, 1460),
    value=st.none() | st.decimals(min_value=0, max_value=100, places=1),
    provisional=st.booleans(),
)


@given(st.lists(figures, unique_by=lambda figure: figure.period))
def test_no_judgeable_figure_is_newer_than_the_one_picked(points):
    picked = pick(points, 1440, 1451)
    judgeable = [p.period for p in points if 1440 <= p.period <= 1451 and p.value is not None and not p.provisional]
    assert (picked.settled.period if picked.settled else None) == max(judgeable, default=None)


@given(numbers, numbers, st.sampled_from(judging.DIRECTIONS), st.decimals(0, 100, places=2))
def test_turning_the_years_round_turns_the_trend_round(value, before, better, threshold):
    opposite = {"better": "worse", "worse": "better", "unchanged": "unchanged"}
    there = judging.trend(value, before, better=better, threshold=threshold)
    back = judging.trend(before, value, better=better, threshold=threshold)
    assert back.direction == opposite[there.direction]
    assert back.change == -there.change


@given(numbers, numbers, st.integers(1, 12))
def test_the_required_change_every_month_reaches_the_target(value, target, months):
    change = judging.required_change(value, target, months)
    assert abs(value + change * months - target) < Decimal("1e-12")
