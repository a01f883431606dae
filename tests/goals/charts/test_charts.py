"""What the drawings say must be what the numbers say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from goals.charts import bullet
from goals.charts.plotly_figure import target_figure
from goals.charts.step_chart import step_charts
from goals.charts.step_labels import away_from
from goals.models import Plan
from goals.status.plan_status import plan_status
from goals.status.same_month_average import same_month_average
from indicators import data_version, periods
from indicators.as_of import day_in, end_of
from indicators.charts.svg import Box
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.store import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
BOX = Box(width=592, height=268, left=46, right=480, top=36, bottom=240)


def measures() -> dict:
    return {m.measure.code: m for m in plan_status(None, timezone.now()).measures}


def drawn(code: str, size: str = "wide"):
    status = measures()[code]
    events = status.measure.goal.plan.events_with_supplements(timezone.localdate())
    return dict(step_charts(status, events, same_month_average(status)))[size]


def test_a_first_figure_after_the_plans_year_is_drawn_as_none():
    """As if the editions of the benchmark after 2020 were all there are, for a plan that ends in 2020."""
    status = measures()["m01"]
    late = [point for point in status.history.points if point.period >= periods.of(2021, 1)]
    assert late
    status = replace(status, history=replace(status.history, points=late))
    charts = step_charts(status, [], None)
    assert charts
    for _, chart in charts:
        assert (chart.dots, chart.newest) == ([], None)


def test_every_bullet_has_its_new_target_at_the_same_place():
    bullets = [b for m in measures().values() if m.measure.code != "m01" and (b := bullet.bullet(m))]
    assert len(bullets) == 10
    assert {b.revised for b in bullets} == {bullet.TARGET_AT}


def test_a_bullet_says_met_or_missed_by_which_side_of_the_target_its_bar_ends():
    for status in measures().values():
        if status.measure.code == "m01":
            continue
        bar, better = bullet.bullet(status).bar, status.measure.better
        inside = bar <= bullet.TARGET_AT if better == "lower" else bar >= bullet.TARGET_AT
        assert inside == (status.revised.verdict == "met"), status.measure.code


def test_a_bullet_marks_near_on_the_failing_side_only():
    found = {code: bullet.bullet(status) for code, status in measures().items() if code in ("m02", "m09")}
    assert found["m02"].zone_start == bullet.TARGET_AT
    assert found["m09"].zone_start + found["m09"].zone_width == bullet.TARGET_AT


def test_an_unchanged_target_has_one_tick_and_a_missing_original_none():
    found = measures()
    assert bullet.bullet(found["m05"]).original is None
    assert bullet.bullet(found["m07"]).original is None
    assert bullet.bullet(found["m06"]).original < bullet.TARGET_AT


def test_a_place_stands_left_of_the_yardstick_when_it_is_better():
    editions = {"2021-03-01": 43, "2021-05-01": 49}  # as published; the yardstick is 48
    for day, place in editions.items():
        [status] = [m for m in plan_status(None, end_of(day_in(day))).measures if m.measure.code == "m01"]
        strip = bullet.rank_strip(status)
        assert status.latest.value == place
        assert (strip.dot < strip.yardstick) == (place < 48)


def test_a_measure_without_figures_is_drawn_without_a_bar(django_assert_num_queries):
    key = SeriesKey("midlertidig-forsoergelse-pct-befolkning", "791")
    write.save(frame_of([Cell(key, 1500, Decimal("7.4"))]), source="file", name="test")  # outside the plan's year
    status = measures()["m02"]
    assert bullet.bullet(status).bar is None
    assert bullet.measure_spark(status) is None


def test_the_new_target_begins_with_a_break_and_no_marker_until_its_date_is_known():
    chart = drawn("m04a")
    assert chart.revised_broken and chart.marker is None
    assert any("dato ikke oplyst" in label.text for _, label in chart.labels)
    Plan.objects.filter(slug="tillaeg-2020").update(adopted_on=date(2020, 8, 19))
    data_version.changed()
    chart = drawn("m04a")
    assert not chart.revised_broken
    assert chart.marker.text == "Tillæg vedtaget 19.08.2020"
    assert chart.marker.x == chart.revised_x
    july, august = (label.x for label in chart.months[6:8])
    assert july < chart.marker.x < august + 20
    assert not any("dato ikke oplyst" in label.text for _, label in chart.labels)


def explored(code):
    return target_figure(measures()[code], date(2026, 11, 26))


def test_the_explored_new_target_begins_dotted_until_its_date_is_known():
    dotted, whole = [line for line in explored("m04a")["data"] if line["name"].startswith("Nyt mål")]
    assert (dotted["line"]["dash"], whole["line"]["dash"]) == ("dot", "solid")
    assert dotted["x"][1] == whole["x"][0] > dotted["x"][0] == "2020-07-01"
    assert whole["name"] == "Nyt mål (dato ikke oplyst)"
    Plan.objects.filter(slug="tillaeg-2020").update(adopted_on=date(2020, 8, 19))
    data_version.changed()
    figure = explored("m04a")
    (known,) = [line for line in figure["data"] if line["name"] == "Nyt mål"]
    assert (known["x"][0], known["line"]["dash"]) == ("2020-08-19", "solid")
    assert "ikke oplyst" not in str(figure)


def test_the_marker_says_in_each_language_what_happened_and_ends_within_the_plot():
    Plan.objects.filter(slug="tillaeg-2020").update(adopted_on=date(2020, 6, 24))
    data_version.changed()
    for language, words in (("da", "Tillæg vedtaget 24.06.2020"), ("en", "Supplement adopted 24 Jun 2020")):
        with translation.override(language):
            for chart in (drawn("m02", size) for size in ("wide", "narrow")):
                assert chart.marker.text == words
                assert chart.marker.x + chart.marker_shift + 6 * len(words) <= chart.right


def test_the_marker_stands_on_the_page_once_the_date_is_known(client):
    path = "/planer/beskaeftigelsesplan-2020/maal/4/"
    assert "revision-marker" not in client.get(path).content.decode()
    Plan.objects.filter(slug="tillaeg-2020").update(adopted_on=date(2020, 8, 19))
    data_version.changed()
    assert client.get(path).content.decode().count("revision-marker") == 4  # two measures, wide and narrow


def test_the_newest_month_is_hollow_and_joined_to_the_last_settled_one():
    chart = drawn("m02")
    assert len(chart.actual.split()) == 11
    assert chart.provisional_line.split()[0] == chart.actual.split()[-1]
    assert "foreløbig" in chart.provisional_label.text


def test_the_lockdown_is_a_band_between_its_own_days():
    ((start, width, title, days),) = drawn("m02").bands
    months = [label.x for label in drawn("m02").months]
    assert months[1] < start < months[3] and months[3] < start + width < months[5]
    assert (title.text, days.text) == ("Nedlukning", "12. marts–27. maj")


def test_editions_are_drawn_over_their_whole_history():
    chart = drawn("m01")
    assert len(chart.actual.split()) == 2  # those of the plan's year; later ones are no longer about it
    assert [label.text for label in chart.months] == ["2. kvt. 20", "4. kvt. 20"]


@pytest.mark.parametrize("day", ["2020-05-10", "2020-09-15", "2020-10-15", "2021-03-01"])
def test_the_words_at_the_newest_point_lie_over_none_of_the_years_points(day):
    status = plan_status(None, end_of(day_in(day)))
    for measure in [m for m in status.measures if m.latest and m.measure.code != "m01"]:
        for _, chart in step_charts(measure, []):
            label, half = chart.newest_label, len(chart.newest_label.text) * 5.8 / 2
            inside = [(x, y) for x, y in chart.dots if abs(x - label.x) < half - 6 and label.y - 9 < y < label.y]
            assert inside == [], (measure.measure.code, label)


@given(st.lists(st.floats(36, 240), max_size=4), st.floats(60, 200), st.booleans())
def test_words_find_a_free_place_when_there_is_one(taken, y, peak):
    place = away_from(taken, y, BOX, peak=peak)
    assert BOX.top < place < BOX.bottom
    distance = min((abs(place - 4 - other) for other in taken), default=99)
    others = [y + offset for offset in (-12, 20, -26, 34) if BOX.top < y + offset < BOX.bottom - 2]
    best = max(min((abs(other - 4 - line) for line in taken), default=99) for other in others)
    assert distance >= min(best, 8) - 0.2


@pytest.mark.parametrize("code", ["m02", "m04a", "m08"])
def test_the_average_is_drawn_month_for_month_and_inside_the_frame(code):
    chart, average = drawn(code), same_month_average(measures()[code])
    places = [tuple(map(float, pair.split(","))) for pair in chart.average.split()]
    assert len(places) == len(average.lines) == 11
    assert all(chart.left < x < chart.right and chart.top <= y <= chart.bottom for x, y in places)
    heights = {line.average: y for line, (_, y) in zip(average.lines, places, strict=True)}
    assert [heights[value] for value in sorted(heights)] == sorted(heights.values(), reverse=True)


def test_the_average_is_named_clear_of_the_lines_beside_it():
    for code in ("m02", "m03", "m04a", "m05", "m08"):
        chart = drawn(code)
        label = chart.average_label
        beside = [y for x, y in [*chart.dots, chart.newest] if abs(x - label.x) < 20]
        assert all(abs(y - (label.y - 4)) > 4 for y in beside), code


def test_without_earlier_years_no_average_is_drawn():
    status = measures()["m02"]
    assert step_charts(status, [])[0][1].average == ""
