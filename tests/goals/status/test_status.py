"""From figures and targets to a verdict: what is read, on which day, against which target."""

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goals.judging import Verdict
from goals.models import Measure, Plan, Target
from goals.pages import goal_table
from goals.sentences import measure_sentences, printed_rule
from goals.sentences.required_change import required
from goals.status import comparable
from goals.status.plan_status import plan_status
from goals.status.same_month_average import same_month_average
from indicators import periods
from indicators.as_of import end_of
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.models import Indicator
from indicators.store import write
from viborg_plan.demo.figures import COPENHAGEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]

NOVEMBER = periods.of(2020, 11)


def on(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 23, 59, tzinfo=COPENHAGEN)


def measure(code: str, moment: datetime | None = None):
    return next(m for m in plan_status(None, moment or timezone.now()).measures if m.measure.code == code)


def key(code: str, breakdown: str = "") -> SeriesKey:
    return SeriesKey(Measure.objects.get(code=code).indicator.code, "791", breakdown)


def store(code: str, value: str, *, period: int = NOVEMBER, breakdown: str = "", provisional: bool = False):
    cell = Cell(key(code, breakdown), period, Decimal(value), provisional=provisional)
    return write.save(frame_of([cell]), source="file", name="test")


def test_the_whole_plan_is_judged_in_two_queries():
    with CaptureQueriesContext(connection) as queries:
        status = plan_status(None, timezone.now())
    assert len(status.measures) == 11
    assert len(queries) == 2


def test_a_sub_groups_value_never_stands_for_the_whole():
    store("m02", "1.0", breakdown="alder=18-29")
    assert measure("m02").latest.value == Decimal("8.1")


def test_real_figures_take_the_place_of_synthetic_ones_and_never_mix_with_them():
    store("m02", "7.4")
    status = measure("m02")
    assert not status.history.synthetic
    assert [p.value for p in status.history.points] == [Decimal("7.4")]
    assert (status.original.verdict, status.revised.verdict) == (Verdict.MET, Verdict.MET)
    assert status.trend.direction == "unknown"


def test_a_figure_outside_the_plans_year_is_not_judged():
    store("m02", "7.4", period=periods.of(2021, 3))
    status = measure("m02")
    assert status.latest is None
    assert status.revised.judgement.reason == "no_value"


def test_only_provisional_figures_cannot_be_judged():
    store("m02", "7.4", provisional=True)
    status = measure("m02")
    assert status.revised.verdict == Verdict.NO_DATA
    assert status.revised.judgement.reason == "only_provisional"


def test_targets_are_those_known_on_the_day():
    assert measure("m02", on(2020, 6, 30)).revised.target is None
    assert measure("m02", on(2020, 6, 30)).original.target.value == Decimal("7.5")
    assert measure("m02", on(2020, 7, 1)).revised.target.value == Decimal("8.4")


def test_a_new_revision_is_added_and_older_days_keep_the_older_target():
    old = Target.objects.get(measure__code="m02", kind="revised")
    Target.objects.create(
        measure=old.measure,
        kind="revised",
        rule="value",
        value=Decimal("8.0"),
        printed="8,0 %",
        document=old.document,
        known_from=date(2021, 6, 1),
        reason="Udvalget strammede målet.",
    )
    assert measure("m02", on(2021, 5, 31)).revised.target.value == Decimal("8.4")
    assert measure("m02").revised.target.value == Decimal("8.0")


def test_a_date_of_adoption_is_taken_from_the_document_once_it_is_known():
    assert measure("m02").revised.target.valid_from is None
    Plan.objects.filter(slug="tillaeg-2020").update(adopted_on=date(2020, 8, 19))
    assert measure("m02").revised.target.valid_from == date(2020, 8, 19)


def test_a_plan_is_unknown_before_its_day():
    assert plan_status(None, on(2019, 12, 31)) is None


def test_an_internal_measure_is_not_in_the_public_status():
    Indicator.objects.filter(measures__code="m02").update(visibility="internal")
    assert "m02" not in [m.measure.code for m in plan_status(None, timezone.now()).measures]


def test_the_assessment_is_the_newest_on_the_day():
    earlier, later = measure("m02", on(2020, 10, 1)).words, measure("m02").words
    assert earlier.made_at < later.made_at <= timezone.now()
    assert measure("m02", on(2020, 9, 1)).words is None


def test_the_headline_counts_goals_and_the_first_line_names_the_original_plan():
    status = plan_status(None, timezone.now())
    assert measure_sentences.headline(status) == "6 af 10 mål er nået efter tillægget"
    assert measure_sentences.lede(status) == (
        "Målt mod den oprindelige plan: 1 af 7 mål er nået, 1 er tæt på, 4 er ikke nået og 1 kan ikke vurderes."
    )


def test_before_the_supplement_the_headline_speaks_of_the_plan_alone():
    status = plan_status(None, on(2020, 6, 15))
    assert measure_sentences.headline(status).endswith("af 7 mål er nået")
    assert goal_table.row_of(status.measures[1], status.revised_known).revised.detail == "intet nyt mål endnu"


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (1, "Det nye mål er ikke nået"),
        (2, "Det nye mål er nået, det oprindelige er ikke"),
        (3, "Det nye mål er nået, det oprindelige er tæt på"),
        (4, "Antallet når det nye mål – andelen mangler 0,3\u00a0procentpoint"),
        (5, "Målet er nået"),
        (7, "Det nye mål er ikke nået"),
    ],
)
def test_a_goals_title_says_what_was_found(number, title):
    found = next(goal for goal in plan_status(None, timezone.now()).goals if goal.goal.number == number)
    assert measure_sentences.goal_finding(found) == title


def test_the_rule_is_printed_with_the_goals_own_limits():
    found = next(goal for goal in plan_status(None, timezone.now()).goals if goal.goal.number == 4)
    text = " ".join(printed_rule.rule_in_words(found))
    assert "til og med 11,33\u00a0% for 11\u00a0%" in text
    assert "til og med 1.442 for 1.400" in text
    assert "dårligste" in text


def test_where_more_is_better_the_limit_lies_below():
    found = next(goal for goal in plan_status(None, timezone.now()).goals if goal.goal.number == 8)
    assert "(ned til og med 34,92\u00a0% for 36\u00a0%; ned til og med" in " ".join(printed_rule.rule_in_words(found))


def test_figures_from_before_the_plans_year_alone_are_not_called_none_at_all():
    found = plan_status(None, end_of(date(2020, 2, 20))).measures[1]
    assert (goal_table.row_of(found).value, goal_table.row_of(found).period) == ("–", "ingen tal i 2020 endnu")


def test_what_is_required_is_said_for_both_targets():
    text = required(measure("m04b", on(2020, 10, 20)), date(2020, 10, 20))
    assert re.fullmatch(
        r"skal falde \d+\xa0personer pr. måned for at nå 1.400 i december 2020; "
        r"skal falde \d+\xa0personer pr. måned for at nå 1.373 i december 2020\.",
        text,
    )


def test_nothing_a_month_is_required_of_an_average():
    status = measure("m02", on(2020, 10, 20))
    average = replace(status.revised, target=replace(status.revised.target, basis=Target.Basis.AVERAGE))
    said = required(replace(status, revised=average), date(2020, 10, 20))
    assert "8,4" not in said and "7,5" in said


def test_nothing_is_required_of_a_period_that_has_ended():
    assert required(measure("m02"), date(2021, 1, 1)) == ""


def test_while_nothing_can_be_judged_the_headline_says_so():
    assert measure_sentences.headline(plan_status(None, on(2020, 3, 6))) == "Målene kan endnu ikke vurderes"


def test_a_gap_is_told_in_persons_only_where_the_plan_says_what_the_share_is_of():
    young, all_ages = measure("m04a"), measure("m02")
    assert (
        measure_sentences.gap_in_words(young, young.revised) == "0,3\u00a0procentpoint over, ca.\u00a040\u00a0personer"
    )
    assert young.measure.population_derived and "1.373 personer og 10,4 %" in young.measure.population_source
    assert measure_sentences.gap_in_words(all_ages, all_ages.original) == "0,6\u00a0procentpoint over"


def test_the_same_months_average_is_of_the_years_there_are():
    average = same_month_average(measure("m02"))
    november = next(line for line in average.lines if line.period == "november 2020")
    assert (average.years, november.years) == (2, 2)
    assert november.average == (Decimal("7.6") + Decimal("7.7")) / 2
    assert "december 2020" not in [line.period for line in average.lines]


def test_without_an_earlier_year_there_is_no_average():
    store("m02", "7.4")
    assert same_month_average(measure("m02")) is None


def test_a_comparison_is_offered_only_with_real_figures_of_several():
    goal = next(goal for goal in plan_status(None, timezone.now()).goals if goal.goal.number == 2)
    assert comparable.comparable_indicators(goal) == frozenset()
    code = goal.measures[0].measure.indicator.code
    cells = [Cell(SeriesKey(code, area), NOVEMBER, Decimal("7.4")) for area in ("791", "101")]
    write.save(frame_of(cells), source="file", name="test")
    assert comparable.comparable_indicators(goal) == {code}
