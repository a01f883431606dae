"""All measures on one page: one time axis, own value axes with their ends printed, and the table behind."""

import csv
import io
import re

import pytest
from django.utils import timezone

from goals.pages.small_multiples import multiples
from goals.status.plan_status import plan_status
from indicators import periods

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
PATH = "/planer/beskaeftigelsesplan-2020/maalepunkter/"


def panels() -> dict:
    return {panel.measure.code: panel for panel in multiples(plan_status(None, timezone.now())).panels}


def test_all_eleven_measures_stand_on_the_same_time_axis():
    found = panels()
    assert len(found) == 11
    assert len({tuple((year.x, year.text) for year in panel.chart.years) for panel in found.values()}) == 1
    assert [year.text for year in found["m01"].chart.years] == ["2018", "2019", "2020", "2021", "2022"]


def test_every_value_and_target_lies_between_the_printed_ends():
    found = panels()
    assert len(found) == 11
    for panel in found.values():
        chart = panel.chart
        heights = [float(pair.split(",")[1]) for run in chart.runs for pair in run.split()]
        heights += [mark.y for mark in chart.marks]
        assert all(chart.top <= height <= chart.bottom for height in heights), panel.measure.code


def test_a_cut_axis_is_stated(client):
    content = client.get(PATH).content.decode().replace("\u00a0", " ")
    for code, panel in panels().items():
        section = re.search(rf'data-measure="{code}">(.*?)</section>', content, re.S)[1]
        low = panel.chart.low.replace("\u00a0", " ")
        assert (f"aksen starter ved {low}" in section) == panel.chart.cut
        assert f">{low}</text>" in section


def test_the_original_target_spans_the_year_and_the_new_one_the_second_half():
    original, revised = panels()["m02"].chart.marks
    assert (original.kind, revised.kind) == ("original", "revised")
    assert original.x2 == revised.x2
    half = (original.x1 + original.x2) / 2
    assert abs(revised.x1 - half) < 0.2


def test_goals_without_an_original_target_have_one_line():
    assert [mark.kind for mark in panels()["m07"].chart.marks] == ["revised"]


def test_the_table_holds_every_month_and_says_made_up(client):
    content = client.get(PATH).content.decode()
    rows = re.findall(r"<tr>\s*<th scope=\"row\">\s*(.*?)\s*</th>", content)
    assert (len(rows), rows[0], rows[-1]) == (40, "oktober 2022", "januar 2018")  # and four editions after 2020
    assert "demotal" in content


def test_the_page_follows_the_day(client):
    then = client.get(PATH, {"kendt": "2020-05-20"}).content.decode()
    assert 'g-target-rev" d="M0 5h30' in then  # the key alone: the supplement was not known
    assert 'class="g-target-orig" d="M' in then
    assert then.count("g-target-rev") == 1
    assert "december 2020</th>" not in then


def test_the_file_holds_all_measures(client):
    body = client.get(PATH.rstrip("/") + ".csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body), delimiter=";"))
    assert len({row["Målepunkt"] for row in rows}) == 11
    real = {row["Målepunkt"] for row in rows if row["Demotal"] == "nej"}
    assert real == {row["Målepunkt"] for row in rows if row["Demotal"] != "ja"} and len(real) == 1


@pytest.mark.parametrize("slug", ["beskaeftigelsesstrategi-2015", "findes-ikke"])
def test_a_plan_without_measures_has_no_such_page(client, slug):
    assert client.get(f"/planer/{slug}/maalepunkter/").status_code == 404


def test_before_the_first_figure_the_measures_are_named_without_drawings(client):
    from indicators.models import Observation

    Observation.objects.all().delete()
    content = client.get(PATH).content.decode()
    assert content.count("Der er ingen tal at tegne.") == 11


def test_it_costs_three_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        client.get(PATH)


def test_months_are_shown_for_the_whole_plan_year():
    found = multiples(plan_status(None, timezone.now()))
    assert found.months == (periods.of(2018, 1), periods.of(2022, 10))
