"""Sentences made from numbers: whatever the numbers are, a sentence holds no other."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from goals import judging
from goals.judging import Pick
from goals.models import Goal, Measure, Plan
from goals.sentences import measure_sentences, printed_rule, summaries
from goals.sentences.required_change import required
from goals.status.targets import TargetFact, rule_of
from goals.status.types import GoalStatus, Judged, MeasureStatus, PlanStatus
from indicators import formats, periods
from indicators.frame import SeriesKey
from indicators.models import Area, Indicator
from indicators.queries.histories import History, Point

PLAN = Plan(slug="p", title="Plan", period_start=date(2020, 1, 1), period_end=date(2020, 12, 31))
VIBORG = Area(code="791", name="Viborg", kind="municipality")
MOMENT = datetime(2021, 3, 1, tzinfo=UTC)
NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")

units = st.sampled_from(["percent", "count", "rank"])
TODAY = date(2020, 6, 1)


def decimals_in(unit: str) -> int:
    return 1 if unit == "percent" else 0


def figures(unit: str):
    return st.integers(1, 99_999 if unit == "count" else 98).map(
        lambda whole: Decimal(whole) / (10 if unit == "percent" else 1)
    )


@st.composite
def targets(draw, unit: str, kind: str) -> TargetFact | None:
    value = draw(st.none() | figures(unit))
    if value is None:
        return None
    printed = formats.measured(value, unit, decimals_in(unit))
    facts = {"near": abs(value) * Decimal("0.03"), "rule": draw(st.sampled_from(["value", "ceiling"]))}
    if unit == "rank":
        facts = {"rule": "change", "strict": True, "by": Decimal(0)}
    return TargetFact(kind, value=value, printed=printed, document="p", document_title="Plan", valid_from=None,
                      period_start=date(2020, 1, 1), reason="", **facts)  # fmt: skip


def point(period: int, value: Decimal) -> Point:
    return Point(period, value, 0, False, MOMENT, "file", 1)


@st.composite
def measures(draw, number: int = 1, part: str = "") -> MeasureStatus:
    unit, better = draw(units), draw(st.sampled_from(["lower", "higher"]))
    indicator = Indicator(code="i", name="Navn", unit=unit, decimals=decimals_in(unit), trend_threshold=Decimal("0.1"))
    measure = Measure(
        goal=Goal(plan=PLAN, number=number), code="m", part=part, short_name="Navn", subject="Andelen af unge",
        better=better, indicator=indicator, area=VIBORG, population=draw(st.none() | st.integers(1_000, 60_000)),
    )  # fmt: skip
    latest = draw(st.none() | st.integers(0, 11).map(lambda month: periods.of(2020, 1) + month))
    points = [] if latest is None else [point(latest, draw(figures(unit)))]
    before = draw(st.none() | figures(unit)) if points else None
    if before is not None:
        points = [point(latest - 12, before), *points]
    pick = Pick(settled=points[-1] if points else None, provisional=None)
    return judged_measure(measure, points, pick, draw(targets(unit, "original")), draw(targets(unit, "revised")))


def judged_measure(measure: Measure, points: list[Point], pick: Pick, *facts: TargetFact | None) -> MeasureStatus:
    value = pick.settled.value if pick.settled else None
    before = points[0].value if len(points) == 2 else None
    judged = [Judged(fact, judging.judge(value, rule_of(measure, fact))) for fact in facts]
    trend = judging.trend(value, before, better=measure.better, threshold=Decimal("0.1"))
    history = History(SeriesKey("i", "791", ""), False, tuple(points))
    return MeasureStatus(measure, history, pick, judged[0], judged[1], trend, None)


@st.composite
def plans(draw) -> PlanStatus:
    counts = draw(st.lists(st.integers(1, 2), min_size=1, max_size=12))
    goals = []
    for number, count in enumerate(counts, 1):
        found = tuple(draw(measures(number, part if count > 1 else "")) for part in "ab"[:count])
        goals.append(GoalStatus(found[0].measure.goal, found))
    return PlanStatus(PLAN, tuple(goals), MOMENT)


def numbers_in(text: str) -> set[str]:
    return set(NUMBER.findall(text))


def printed(value: Decimal | None, unit: str) -> set[str]:
    """A number of the data as the pages print it, in the unit's decimals and in full."""
    if value is None:
        return set()
    shortest = max(decimals_in(unit), min(formats.decimals_of(value), 2))
    return {formats.number(abs(value), places) for places in (decimals_in(unit), shortest)}


def numbers_of(measure: MeasureStatus) -> set[str]:
    """All a sentence about the measure may say: values, targets, gaps, changes, persons, and when."""
    unit, population = measure.measure.indicator.unit, measure.measure.population
    found = {str(year) for year in (2019, 2020)}
    for value in [p.value for p in measure.history.points] + [measure.trend.change]:
        found |= printed(value, unit)
    for judged in (measure.original, measure.revised):
        found |= printed(judged.target.value if judged.target else None, unit)
        gap = judged.judgement.gap
        found |= printed(gap, unit)
        if gap is not None and population:
            found.add(formats.number(abs(gap) * population / 100))
    return found


@settings(max_examples=100, deadline=None)
@given(measures())
def test_every_number_said_of_a_measure_is_a_number_of_the_measure(measure):
    goal = GoalStatus(measure.measure.goal, (measure,))
    said = [
        *summaries.of_measure(measure),
        measure_sentences.goal_finding(goal),
        measure_sentences.trend_sentence(measure),
    ]
    said += [measure_sentences.gap_in_words(measure, judged) for judged in (measure.original, measure.revised)]
    assert numbers_in(" ".join(said)) <= numbers_of(measure)


def test_a_measure_without_a_target_is_explained_without_limits():
    measure = Measure(goal=Goal(plan=PLAN, number=1), better="lower", indicator=Indicator(unit="count"))
    status = judged_measure(measure, [], Pick(settled=None, provisional=None), None, None)
    assert required(status, TODAY) == ""
    rule = printed_rule.rule_in_words(GoalStatus(measure.goal, (status,)))
    assert rule == [
        "Mål 1: lavere er bedre. Planen sætter intet mål med tal.",
        "Tendensen er uændret, når tallet er det samme som året før.",
    ]


@settings(max_examples=100, deadline=None)
@given(measures())
def test_both_distances_and_the_value_are_said_whenever_they_are_known(measure):
    text = " ".join(summaries.of_measure(measure))
    unit = measure.measure.indicator.unit
    if measure.latest:
        assert formats.measured(measure.latest.value, unit, decimals_in(unit)) in text
    for judged in (measure.original, measure.revised):
        if judged.judgement.gap:
            assert measure_sentences.gap_without_sign(measure, judged) in text


@settings(max_examples=100, deadline=None)
@given(measures())
def test_the_change_that_is_required_leads_from_the_value_to_the_target(measure):
    """Beside the targets as printed and the year only the pace: it leads there in time, a step less does not."""
    text = required(measure, TODAY)
    left = periods.of(2020, 12) - measure.latest.period if measure.latest else 0
    gaps = {abs(j.judgement.gap) for j in (measure.original, measure.revised) if j.judgement.gap}
    targets = [formats.as_printed(j.target.printed) for j in (measure.original, measure.revised) if j.target]
    for number in numbers_in(text) - numbers_in(" ".join(targets)) - {"2020"}:
        pace = Decimal(number.replace(".", "").replace(",", "."))
        whole = measure.measure.indicator.unit == "count" and max(gaps) >= left
        steps = [Decimal("0.01"), Decimal(1)] if whole else [Decimal("0.01")]
        assert any((pace - step) * left < gap <= pace * left for gap in gaps for step in steps)


@settings(max_examples=100, deadline=None)
@given(plans())
def test_every_number_said_of_a_plan_is_a_count_or_a_goals_number(status):
    against = ("original", "revised", "newest")
    verdicts = [[getattr(goal, name) for goal in status.goals] for name in against]
    trends = [measure.trend.direction for measure in status.measures]
    counts = {found.count(verdict) for found in verdicts for verdict in found} | {0}
    counts |= {sum(v != judging.Verdict.NO_TARGET for v in found) for found in verdicts}
    counts |= {trends.count(direction) for direction in trends} | {len(status.goals), len(status.measures)}
    goals = {goal.goal.number for goal in status.goals}
    text = " ".join([*summaries.of_plan(status), measure_sentences.headline(status), measure_sentences.lede(status)])
    assert numbers_in(text) <= {str(number) for number in counts | goals}


@settings(max_examples=100, deadline=None)
@given(plans())
def test_the_counts_of_how_measures_moved_add_up(status):
    moved = next(s for s in summaries.of_plan(status) if s.startswith("Siden"))
    total, *parts = [int(number) for number in NUMBER.findall(moved)]
    assert total == sum(parts) == len(status.measures)
