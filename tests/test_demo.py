"""The demo: figures that come as real ones do, that show every verdict, and that are never taken for real."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Max
from django.utils import timezone

from goals.judging import Verdict
from goals.models import Assessment
from goals.status.plan_status import plan_status
from goals.status.types import PlanStatus
from indicators import periods
from indicators.areas import HOME
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.models import Batch, Observation, Series
from indicators.queries.corrections import corrections
from indicators.queries.histories import histories, vintages
from indicators.store import write
from initiatives.models import StatusUpdate
from initiatives.status.coverage import status_coverage
from viborg_plan.demo import load
from viborg_plan.demo.figures import COPENHAGEN, SHAPES, deliveries

pytestmark = pytest.mark.django_db

# measure → newest settled value, against the original target, against the revised one, trend, change
AGREED = {
    "1": ("43", "no_data", "met", "unknown", None),  # real: no edition of the year before was found
    "2": ("8.1", "missed", "met", "worse", "0.5"),
    "3": ("10.9", "near", "met", "unchanged", "0.1"),
    "4a": ("11.3", "missed", "near", "worse", "0.2"),
    "4b": ("1400", "near", "met", "better", "-10"),
    "5": ("2.0", "met", "met", "unchanged", "0.0"),
    "6": ("400", "missed", "met", "worse", "62"),
    "7": ("28", "no_target", "missed", "better", "1"),
    "8": ("38", "missed", "met", "worse", "-1"),
    "9": ("19", "no_target", "met", "better", "2"),
    "10": ("2.9", "no_target", "missed", "worse", "0.8"),
}


def status_on(day: date) -> PlanStatus | None:
    return plan_status(None, datetime(day.year, day.month, day.day, 23, 59, tzinfo=COPENHAGEN))


def mondays_of_the_plan() -> Iterator[date]:
    day = date(2020, 1, 6)
    while day < date(2021, 3, 1):
        yield day
        day += timedelta(weeks=1)


def test_the_newest_settled_figures_and_their_verdicts_are_the_agreed_ones(portal_with_demo):
    found = {
        m.measure.number: (
            m.latest.value,
            m.original.verdict,
            m.revised.verdict,
            m.trend.direction,
            m.trend.change,
        )
        for m in status_on(date(2021, 3, 1)).measures
    }
    assert found == {
        number: (Decimal(value), *judged, change and Decimal(change))
        for number, (value, *judged, change) in AGREED.items()
    }


def test_seven_of_ten_goals_are_met_after_the_supplement_and_one_of_seven_before_it(portal_with_demo):
    goals = status_on(date(2021, 3, 1)).goals
    revised, original = [goal.revised for goal in goals], [goal.original for goal in goals]
    assert (len(goals), revised.count(Verdict.MET)) == (10, 7)
    with_original = [verdict for verdict in original if verdict != Verdict.NO_TARGET]
    assert (len(with_original), with_original.count(Verdict.MET)) == (7, 1)


# As Jobindsats published them in table y30r21: edition → expected, actual, place of 98; and the day it counts as known.
EDITIONS = {
    "2020QMAT02": ("2020-10-13", 5190, 5220, 43),
    "2020QMAT04": ("2021-04-15", 5450, 5470, 49),
    "2021QMAT02": ("2021-10-13", 5350, 5350, 50),
    "2021QMAT04": ("2022-04-15", 5020, 4990, 38),
    "2022QMAT02": ("2022-10-13", 4750, 4720, 45),
    "2022QMAT04": ("2023-04-15", 4570, 4560, 49),
}
BENCHMARK = ("benchmark-forventet-antal", "benchmark-faktisk-antal", "benchmark-placering")


def test_the_ministrys_benchmark_is_the_published_one_edition_by_edition(portal_with_demo):
    found = histories([SeriesKey(code, HOME) for code in BENCHMARK])
    for code, *numbers in zip(BENCHMARK, *(facts[1:] for facts in EDITIONS.values()), strict=True):
        history = found[SeriesKey(code, HOME)]
        assert not history.synthetic
        assert [(point.period, int(point.value)) for point in history.points] == [
            (periods.parse(text)[1], number) for text, number in zip(EDITIONS, numbers, strict=True)
        ]
        known = [timezone.localdate(point.known_from).isoformat() for point in history.points]
        assert known == [day for day, *_ in EDITIONS.values()]


def test_all_98_municipalities_and_three_groups_of_benefits_have_six_published_editions(portal_with_demo):
    series = Series.objects.filter(indicator__code="benchmark-placering", synthetic=False)
    for group in ("", "ydelse=a-dagpenge", "ydelse=sygedagpenge", "ydelse=kontanthjaelp"):
        places = Observation.objects.current().filter(series__in=series.filter(breakdown=group))
        for text in EDITIONS:
            found = places.filter(period=periods.parse(text)[1]).values_list("value", flat=True)
            assert sorted(found) == list(range(1, 99)), (group, text)
    sickness = SeriesKey("benchmark-placering", HOME, "ydelse=sygedagpenge")
    assert [int(point.value) for point in histories([sickness])[sickness].points] == [42, 52, 42, 46, 43, 38]


@pytest.mark.parametrize(
    ("day", "place", "verdict", "met"),
    [(date(2021, 3, 1), 43, "met", 7), (date(2021, 5, 1), 49, "missed", 6)],
)
def test_the_newest_edition_of_the_plans_year_is_judged_as_it_was_known(portal_with_demo, day, place, verdict, met):
    goals = status_on(day).goals
    assert (goals[0].measures[0].latest.value, goals[0].revised) == (place, verdict)
    assert [goal.revised for goal in goals].count(Verdict.MET) == met


def test_november_is_settled_and_december_still_provisional(portal_with_demo):
    months = [m for m in status_on(date(2021, 3, 1)).measures if m.measure.indicator.frequency == "M"]
    assert {periods.year_month(m.latest.period) for m in months} == {(2020, 11)}
    assert {periods.year_month(m.pick.provisional.period) for m in months} == {(2020, 12)}


def test_some_day_shows_every_verdict_and_some_day_each_direction(portal_with_demo):
    statuses = [status_on(day) for day in mondays_of_the_plan()]
    measures = [measure for status in statuses for measure in status.measures]
    assert {judged.verdict for m in measures for judged in (m.original, m.revised)} == set(Verdict)
    assert {"better", "worse", "unchanged", "unknown"} <= {m.trend.direction for m in measures}


def test_before_the_first_month_of_the_plan_is_published_its_goals_are_not_yet_due(portal_with_demo):
    status = status_on(date(2020, 2, 20))
    assert {m.original.verdict for m in status.measures if m.original.target and m.measure.number != "1"} == {
        Verdict.NOT_DUE
    }
    assert not status.revised_known


def test_a_month_that_has_only_come_provisionally_is_not_judged(portal_with_demo):
    status = status_on(date(2020, 3, 20))
    assert {m.original.judgement.reason for m in status.measures if m.measure.number == "2"} == {"not_begun"}


def test_a_page_as_known_on_a_day_never_uses_what_came_later(portal_with_demo):
    for day in mondays_of_the_plan():
        known = [point.known_from.date() for m in status_on(day).measures for point in m.history.points]
        assert max(known) <= day


def test_a_sub_groups_figure_is_never_used_for_the_whole(portal_with_demo):
    women = SeriesKey("midlertidig-forsoergelse-pct-befolkning", HOME, "koen=k")
    whole = {m.measure.number: m.latest for m in status_on(date(2026, 8, 22)).measures}
    write.save(
        frame_of([Cell(women, periods.of(2020, 12), Decimal("3.3"))]),
        source="file",
        known_from=datetime(2026, 8, 23, tzinfo=COPENHAGEN),
    )
    now = plan_status(None, datetime(2026, 9, 1, tzinfo=COPENHAGEN))
    assert {m.measure.number: m.latest for m in now.measures} == whole


def test_every_made_up_figure_is_marked_and_comes_from_the_demo_alone(portal_with_demo):
    current = Observation.objects.current()
    marked = current.filter(series__synthetic=True)
    assert set(marked.values_list("batch_from__source", flat=True)) == {"demo"}
    assert not current.filter(series__synthetic=False, batch_from__source="demo").exists()
    assert [m.measure.number for m in status_on(date(2021, 3, 1)).measures if not m.history.synthetic] == ["1"]


def test_real_figures_stand_as_the_source_published_them(portal_with_demo):
    key, july = SeriesKey("ledige-antal", HOME), periods.of(2026, 7)
    history = histories([key])[key]
    newest = history.points[-1]
    assert (newest.period, newest.value, newest.provisional, newest.source) == (
        july,
        Decimal(1147),
        True,
        "jobindsats",
    )
    assert not history.synthetic
    assert not any(point.provisional for point in history.points[:-1])


def test_per_cent_of_the_labour_force_never_stands_as_per_cent_of_the_population(portal_with_demo):
    population, labour_force = (
        SeriesKey(code, HOME) for code in ("ledige-pct-befolkning", "ledige-pct-arbejdsstyrken")
    )
    found = histories([population, labour_force])
    assert found[population].synthetic
    assert max(point.period for point in found[population].points) == periods.of(2020, 12)
    assert min(point.period for point in found[labour_force].points) == periods.of(2021, 8)


def test_loading_the_demo_again_changes_nothing(portal_with_demo, capsys):
    def stock() -> list[object]:
        tables = [list(table.objects.order_by("pk").values()) for table in (Batch, Assessment, StatusUpdate)]
        return [*tables, Observation.objects.count()]

    before = stock()
    call_command("load_demo")
    assert stock() == before
    assert [line.rsplit(": ")[1] for line in capsys.readouterr().out.splitlines()][:3] == [
        "0 new",
        "0 new deliveries",
        "0 new",
    ]


def test_a_portal_with_the_invented_ranking_of_an_earlier_demo_is_told_so(portal_with_demo, capsys):
    call_command("load_demo")
    assert "made up and is still shown" not in capsys.readouterr().out
    Series.objects.filter(indicator__code="benchmark-placering").update(synthetic=True)
    call_command("load_demo")
    assert "load the demo into an empty database" in capsys.readouterr().out


def test_an_assessment_that_differs_from_the_calculation_says_why(portal_with_demo):
    for day in (date(2020, 9, 10), date(2021, 2, 8)):
        for m in status_on(day).measures:
            assert bool(m.words.reason) == (m.words.verdict != m.revised.verdict), (day, m.measure.number)


def test_the_words_of_a_day_are_the_newest_of_that_day(portal_with_demo):
    def words_on(day: date):
        return {m.words.made_at.date() for m in status_on(day).measures if m.words}

    assert words_on(date(2020, 9, 9)) == set()
    assert words_on(date(2020, 10, 1)) == {date(2020, 9, 10)}
    assert words_on(date(2021, 3, 1)) == {date(2021, 2, 8)}


def test_all_made_up_words_are_marked(portal_with_demo):
    assert set(Assessment.objects.values_list("demo", flat=True)) == {True}
    assert set(StatusUpdate.objects.values_list("demo", flat=True)) == {True}


def test_six_of_34_initiatives_lack_a_status_for_the_newest_month(portal_with_demo):
    coverage = status_coverage(datetime(2021, 3, 1, tzinfo=COPENHAGEN))
    assert (coverage.missing, coverage.total) == (6, 34)
    assert StatusUpdate.objects.values("initiative").distinct().count() == 34


def test_each_month_comes_five_weeks_after_its_end_and_is_settled_by_the_next():
    moments = [delivery.known_from for delivery in deliveries()]
    assert len(moments) == 36
    assert all(earlier < later for earlier, later in pairwise(moments))
    for delivery, month in zip(deliveries(), range(periods.of(2018, 1), periods.of(2021, 1)), strict=True):
        assert 30 <= (delivery.known_from.date() - periods.last_day(month)).days <= 37


def test_only_the_newest_month_of_all_real_figures_is_provisional(portal_with_demo):
    marked = Observation.objects.current().filter(provisional=True, series__synthetic=False)
    newest = dict(marked.values_list("series__indicator__code").annotate(newest=Max("period")).order_by())
    assert len(newest) == 11
    assert not [o for o in marked.select_related("series__indicator") if o.period != newest[o.series.indicator.code]]
    ended = {"563": "2025M06", "825": "2024M04"}  # Fanø and Læsø: the last month published of them
    for area, month in ended.items():
        assert marked.filter(series__area__code=area, period=periods.parse(month)[1]).count() == 0


def test_a_month_is_first_provisional_and_only_ever_raised(portal_with_demo):
    for code in SHAPES:
        by_period: dict[int, list] = {}
        for version in vintages(SeriesKey(code, HOME)):
            by_period.setdefault(version.period, []).append(version)
        *settled, december = by_period.values()
        for first, *later in settled:
            assert [version.provisional for version in (first, *later)] == [True] + [False] * len(later)
            assert first.value <= later[0].value <= later[-1].value
        assert [version.provisional for version in december] == [True]


def test_one_settled_month_was_corrected_and_says_so(portal_with_demo):
    (correction,) = corrections(datetime(2021, 3, 1, tzinfo=COPENHAGEN)).largest
    assert (correction.indicator.code, correction.period) == ("ledige-pct-befolkning", periods.of(2020, 8))
    assert correction.old < correction.new
    assert correction.synthetic and correction.reason.endswith("med rettelse af august 2020")


def test_the_figures_are_the_same_every_time():
    first, second = ([(d.name, d.frame.keys, d.frame.value.tolist()) for d in deliveries()] for _ in range(2))
    assert first == second


def test_made_up_figures_are_refused_behind_newer_ones(portal_with_demo):
    Batch.objects.filter(source="demo", known_from__gte=load.LAST_MADE_UP).update(source="file")
    with pytest.raises(CommandError, match="empty database"):
        call_command("load_demo")
