"""What municipalities promise, at its edges: each case with the verdict that follows from its printed words."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from goals import judging
from goals.judging import Verdict
from goals.models import Goal, Measure, Plan
from goals.status import readings
from goals.status.judged_targets import judged_target
from goals.status.readings import Counterpart, Member, Reading
from goals.status.targets import Step, TargetFact
from goals.status.types import Judged
from indicators import periods
from indicators.missing import MissingReason
from indicators.models import Indicator
from indicators.queries.histories import History, Point, SeriesKey

MET, NEAR, MISSED = Verdict.MET, Verdict.NEAR, Verdict.MISSED
NO_DATA, NOT_DUE = Verdict.NO_DATA, Verdict.NOT_DUE
KNOWN = datetime(2020, 1, 1, tzinfo=UTC)
PLAN = Plan(period_start=date(2020, 1, 1), period_end=date(2020, 12, 31), slug="p", title="P")
WITHHELD = "withheld"


def month(text: str) -> int:
    frequency, number = periods.parse(text)
    return periods.last_month(number, frequency)


def history(values: dict[str, object], area: str = "791", provisional: tuple[str, ...] = ()) -> History:
    points = [_point(period, value, period in provisional) for period, value in sorted(values.items())]
    return History(SeriesKey("i", area), synthetic=False, points=tuple(points))


def _point(period: str, value: object, provisional: bool) -> Point:
    missing = MissingReason.SUPPRESSED if value == WITHHELD else MissingReason.NOT_MISSING
    number = None if value == WITHHELD else Decimal(str(value))
    return Point(periods.parse(period)[1], number, missing, provisional, KNOWN, "file", 1)


def measure(better: str = "lower", *, frequency: str = "M", lag: int = 35, plan: Plan = PLAN) -> Measure:
    indicator = Indicator(code="i", unit="percent", decimals=1, frequency=frequency, publication_lag=lag)
    return Measure(goal=Goal(plan=plan, number=1), code="m", better=better, indicator=indicator)


def target(rule: str = "value", value: object = None, **facts: object) -> TargetFact:
    amounts = {
        name: Decimal(str(facts.pop(name))) if facts.get(name) is not None else default
        for name, default in (("by", None), ("baseline", None), ("near", Decimal(0)))
    }
    facts.pop("by", None), facts.pop("baseline", None)
    number = None if value is None else Decimal(str(value))
    return TargetFact("original", rule, number, "", "p", "P", None, PLAN.period_start, "", **(amounts | facts))


def judged(reading: Reading | dict, promise: TargetFact | None, day: str = "2021-03-01", **facts: object) -> Judged:
    read = reading if isinstance(reading, Reading) else readings.figure(history(reading))
    return judged_target(measure(**facts), promise, read, date.fromisoformat(day))


def told(found: Judged) -> tuple[Verdict, str]:
    return found.verdict, found.judgement.reason


class TestValues:
    def test_at_most_and_equal_is_met(self):
        assert judged({"2020-12": "20.0"}, target(value=20)).verdict == MET

    @pytest.mark.parametrize(("figure", "verdict"), [("800", MISSED), ("799.6", MET)])
    def test_under_and_equal_is_not(self, figure, verdict):
        assert judged({"2020-12": figure}, target(value=800, strict=True)).verdict == verdict

    @pytest.mark.parametrize(("figure", "verdict", "gap"), [("50", MISSED, 0), ("53", MET, 3)])
    def test_over_half_needs_more_than_half(self, figure, verdict, gap):
        found = judged({"2020-12": figure}, target(value=50, strict=True), better="higher")
        assert (found.verdict, found.judgement.gap) == (verdict, gap)

    @pytest.mark.parametrize(
        ("figure", "value", "near", "verdict"),
        [("72.1", "72.6", 0, MISSED), ("72.1", "72.6", "0.5", NEAR)],
    )
    def test_near_is_told_in_the_readings_own_unit(self, figure, value, near, verdict):
        assert judged({"2020-12": figure}, target(value=value, near=near), better="higher").verdict == verdict

    def test_a_target_of_zero_may_have_a_near(self):
        assert judged({"2020-12": 3}, target(value=0, near=5)).verdict == NEAR

    def test_a_deficit_is_a_number_below_zero(self):
        found = judged({"2020-12": "-9.2"}, target(value=42), better="higher")
        assert (found.verdict, found.judgement.gap) == (MISSED, Decimal("-51.2"))

    def test_a_margin_that_nobody_has_printed_is_no_margin(self):
        assert told(judged({"2020-12": 3}, target(value=None))) == (NO_DATA, "no_margin")

    def test_a_measure_without_a_direction_has_no_verdict(self):
        assert told(judged({"2020-12": 3}, target(value=3), better="none")) == (NO_DATA, "contradiction")

    def test_words_alone_are_no_target(self):
        assert told(judged({"2020-12": 3}, None)) == (Verdict.NO_TARGET, "no_target")

    def test_the_average_so_far_is_judged_as_the_year_goes_and_at_its_end(self):
        half, whole = {"2020-05": 270, "2020-06": 285}, {"2020-05": 270, "2020-06": "279.2"}
        found = judged(half, target(value=275, basis="average"), "2020-08-01")
        assert (found.verdict, found.value) == (MISSED, Decimal("277.5"))
        assert judged(whole, target(value=275, basis="average")).verdict == MET


class TestChanges:
    @pytest.mark.parametrize(
        ("figure", "strict", "verdict"), [("7.5", False, MET), ("7.6", False, MISSED), ("7.5", True, MISSED)]
    )
    def test_hold_and_better_than_a_baseline(self, figure, strict, verdict):
        assert judged({"2020-12": figure}, target("change", by=0, baseline="7.5", strict=strict)).verdict == verdict

    def test_half_of_a_baseline_by_2030(self):
        promise = target("change", by=-50, by_percent=True, baseline="5.5", basis="last", due=month("2030"))
        plan = replace_period(date(2020, 1, 1), date(2020, 12, 31))
        early = judged({"2020": "5.5"}, promise, "2021-06-01", frequency="Y", plan=plan)
        assert (early.verdict, early.pick.settled.value) == (NOT_DUE, Decimal("5.5"))
        for figure, verdict in (("2.75", MET), ("2.76", MISSED)):
            late = judged({"2030": figure}, promise, "2031-06-01", frequency="Y", plan=plan)
            assert late.verdict == verdict

    def test_a_baseline_that_is_a_period_moves_with_its_revision_and_a_typed_one_does_not(self):
        figures = {"2019-12": 30_000, "2020-12": 27_000}
        moving, typed = target("change", by=-3000, baseline_period=periods.of(2019, 12)), target(
            "change", by=-3000, baseline=30_000)  # fmt: skip
        assert judged(figures, moving).verdict == judged(figures, typed).verdict == MET
        revised = figures | {"2019-12": 29_800}
        assert (judged(revised, moving).verdict, judged(revised, typed).verdict) == (MISSED, MET)

    def test_without_a_baseline_there_is_no_yardstick(self):
        assert told(judged({"2020-12": 3}, target("change", by=0, strict=True))) == (NO_DATA, "no_yardstick")
        lacking = target("change", by=0, baseline_period=periods.of(2019, 12))
        assert told(judged({"2020-12": 3}, lacking)) == (NO_DATA, "no_yardstick")

    @pytest.mark.parametrize(("at", "told_of"), [("2020-06", (NO_DATA, "break")), ("2019-12", (MET, ""))])
    def test_across_a_break_nothing_is_compared(self, at, told_of):
        reading = readings.figure(history({"2019-12": 10, "2020-12": 9}))
        broken = replace(reading, breaks=(month(at),))
        assert told(judged(broken, target("change", by=0, baseline_period=periods.of(2019, 12)))) == told_of

    def test_without_an_amount_there_is_no_margin(self):
        assert told(judged({"2020-12": 3}, target("change", baseline=4))) == (NO_DATA, "no_margin")

    def test_a_share_of_a_baseline_below_zero_goes_the_way_it_says(self):
        assert judging.changed(Decimal(-10), Decimal(50), by_percent=True) == Decimal(-5)


def replace_period(start: date, end: date) -> Plan:
    return Plan(period_start=start, period_end=end, slug="p", title="P")


class TestPathsAndSums:
    PATH = (Step(month("2020"), Decimal("71.9")), Step(month("2021"), Decimal("72.6")), Step(month("2027"), Decimal("75.3")))  # fmt: skip  # noqa: E501
    LONG = replace_period(date(2020, 1, 1), date(2027, 12, 31))

    def test_a_path_is_judged_at_its_newest_step_that_is_due(self):
        found = judged({"2021": "72.1"}, target(path=self.PATH), "2022-04-01", better="higher", frequency="Y",
                       plan=self.LONG)  # fmt: skip
        assert (found.verdict, found.target.value, found.judgement.gap) == (MISSED, Decimal("72.6"), Decimal("-0.5"))

    def test_a_figure_of_the_next_step_is_not_judged(self):
        figures = {"2021": "72.6", "2022": "70"}
        found = judged(figures, target(path=self.PATH), "2023-04-01", better="higher", frequency="Y", plan=self.LONG)
        assert found.verdict == MET

    def test_before_the_first_step_nothing_is_due_figures_or_not(self):
        found = judged({"2020-06": "70"}, target(path=self.PATH), "2020-08-01", better="higher", plan=self.LONG)
        assert told(found) == (NOT_DUE, "not_begun")

    PACE = tuple(Step(month(f"2020-{n:02d}"), Decimal(125 * n)) for n in range(1, 13))
    SPRING = {"2020-01": 120, "2020-02": 130, "2020-03": 120}

    @pytest.mark.parametrize(("near", "verdict"), [(0, MISSED), (10, NEAR)])
    def test_so_many_a_month_are_added_up(self, near, verdict):
        promise = target(path=self.PACE, basis="total", near=near)
        found = judged(self.SPRING, promise, "2020-05-10", better="higher")
        assert (found.verdict, found.value, found.judgement.gap) == (verdict, Decimal(370), Decimal(-5))

    def test_a_sum_that_lacks_a_part_is_no_sum(self):
        gap = {key: value for key, value in self.SPRING.items() if key != "2020-02"}
        found = judged(gap, target(path=self.PACE, basis="total"), "2020-05-10", better="higher")
        assert told(found) == (NO_DATA, "no_value")


class TestDifferences:
    """Viborg against the country, another indicator or a group."""

    def against(self, own: dict, country: dict, *, waits: tuple[str, ...] = ()) -> Reading:
        return readings.difference(history(own), Counterpart(history(country, "000", waits)))

    @pytest.mark.parametrize(
        ("own", "verdict", "gap"), [("3.5", MISSED, Decimal("0.3")), ("2.5", MET, Decimal("-0.7"))]
    )
    def test_at_most_half_a_point_over_the_country(self, own, verdict, gap):
        found = judged(self.against({"2020-12": own}, {"2020-12": "2.7"}), target(value="0.5"))
        assert (found.verdict, found.judgement.gap) == (verdict, gap)

    def test_a_newer_figure_waits_for_its_counterpart(self):
        reading = self.against({"2020-11": 3, "2020-12": 9}, {"2020-11": "2.7"})
        found = judged(reading, target(value="0.5"))
        assert (found.verdict, found.value) == (MET, Decimal("0.3"))
        assert reading.waiting(found.pick.settled).period == periods.of(2020, 12)

    def test_a_counterpart_that_is_only_provisional_or_missing_leaves_no_verdict(self):
        provisional = self.against({"2020-12": 3}, {"2020-12": 2}, waits=("2020-12",))
        assert told(judged(provisional, target(value=1))) == (NO_DATA, "only_provisional")
        assert told(judged(self.against({"2020-12": 3}, {}), target(value=1))) == (NO_DATA, "no_comparison")

    def test_an_edition_that_is_not_out_has_no_period_in_common(self):
        found = judged(self.against({"2020-12": 3}, {"2020-06": 2}), target(value=1))
        assert told(found) == (NO_DATA, "no_common_period")

    def test_fewer_than_expected(self):
        found = judged(self.against({"2020-12": 1000}, {"2020-12": 1070}), target(value=0))
        assert (found.verdict, found.value) == (MET, Decimal(-70))

    @pytest.mark.parametrize(("now", "verdict"), [("0.9", MET), ("1.0", MISSED), ("-0.1", MET)])
    def test_a_distance_shrinks(self, now, verdict):
        own = {"2019-12": 3, "2020-12": Decimal(2) + Decimal(now)}
        promise = target("change", by=0, strict=True, baseline_period=periods.of(2019, 12))
        assert judged(self.against(own, {"2019-12": 2, "2020-12": 2}), promise).verdict == verdict

    def test_own_and_counterpart_are_rounded_as_they_are_printed(self):
        """3,54 and 3,06 are printed as 3,5 and 3,1: 0,4 apart; unrounded they are 0,48 apart."""
        reading = self.against({"2020-12": "3.54"}, {"2020-12": "3.06"})
        assert judged(reading, target(value="0.4")).verdict == MISSED
        assert judged(reading, target(value="0.4", rounded=True)).verdict == MET

    def test_a_withheld_figure_is_told_as_withheld(self):
        assert told(judged({"2020-12": WITHHELD}, target(value=1))) == (NO_DATA, "withheld")


class TestGroups:
    A, B = "661", "671"

    def group(self, own: dict, members: dict[str, dict], last: dict[str, str] | None = None) -> tuple[History, list]:
        ends = last or {}
        return history(own), [
            (Member(area, last=periods.of(*map(int, ends[area].split("-"))) if area in ends else None),
             history(values, area))
            for area, values in members.items()
        ]  # fmt: skip

    @pytest.mark.parametrize(("others", "verdict"), [((15, 17), MET), ((15, "16.8"), MISSED)])
    def test_two_points_below_the_mean_of_a_group(self, others, verdict):
        own, group = self.group(
            {"2020-12": 14}, {a: {"2020-12": v} for a, v in zip((self.A, self.B), others, strict=True)}
        )
        reading = readings.difference(own, readings.average(own, group))
        assert judged(reading, target(value=-2)).verdict == verdict

    def test_own_is_left_out_of_the_mean_unless_it_is_said(self):
        own, group = self.group({"2020-12": 14}, {"791": {"2020-12": 14}, self.A: {"2020-12": 16}})
        assert readings.average(own, group).history.points[0].value == 16
        assert readings.average(own, group, with_own=True).history.points[0].value == 15

    def test_a_member_without_a_figure_leaves_the_group_incomplete(self):
        own, group = self.group({"2020-12": 14}, {self.A: {"2020-12": 16}, self.B: {}})
        reading = readings.difference(own, readings.average(own, group))
        assert told(judged(reading, target(value=-2))) == (NO_DATA, "group_incomplete")

    def test_membership_is_that_of_the_period(self):
        """B leaves on 1 January: December is judged with it, January without."""
        values = {"2020-12": 14, "2021-01": 14}
        own, group = self.group(values, {self.A: {"2020-12": 16, "2021-01": 16}, self.B: {"2020-12": 20}},
                                {self.B: "2020-12"})  # fmt: skip
        assert [p.value for p in readings.average(own, group).history.points] == [18, 16]

    def test_equal_figures_share_a_place(self):
        own, group = self.group({"2020-12": "2.1"}, {self.A: {"2020-12": "2.1"}, self.B: {"2020-12": "5.1"}})
        found = judged(readings.place(own, group, lower_is_better=True), target(value=1))
        assert (found.verdict, found.value) == (MET, 1)

    def test_the_place_of_a_withheld_figure_is_not_known(self):
        own, group = self.group({"2020-12": WITHHELD}, {self.A: {"2020-12": "2.1"}})
        found = judged(readings.place(own, group, lower_is_better=True), target(value=1))
        assert told(found) == (NO_DATA, "withheld")

    def test_where_more_is_better_the_place_counts_from_above(self):
        own, group = self.group({"2020-12": 50}, {self.A: {"2020-12": 60}, self.B: {"2020-12": 40}})
        assert readings.place(own, group, lower_is_better=False).history.points[0].value == 2


def test_two_measures_are_met_only_together():
    first = judged({"2020-12": 270}, target(value=275))
    second = judged({"2020-12": 450}, target(value=443))
    assert judging.combine([first.verdict, second.verdict]) == MISSED


class TestMilestones:
    DUE = date(2020, 12, 31)

    @pytest.mark.parametrize(
        ("done", "day", "verdict", "late"),
        [
            (date(2020, 12, 30), date(2021, 2, 1), MET, None),
            (date(2021, 1, 2), date(2021, 2, 1), MISSED, 2),
            (None, date(2020, 12, 15), NOT_DUE, None),
            (None, date(2021, 1, 1), MISSED, None),
        ],
    )
    def test_what_is_done_by_a_day(self, done, day, verdict, late):
        found = judging.judge_milestone(self.DUE, done, day)
        assert (found.verdict, found.gap) == (verdict, late)

    def test_without_a_day_it_is_told_and_not_judged(self):
        assert judging.judge_milestone(None, date(2020, 5, 1), date(2021, 1, 1)).verdict == Verdict.NO_TARGET
