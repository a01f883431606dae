"""Plans of other periods than a calendar year: table, heads, axes and sentences say the right month and year."""

import re

import pytest
from django.test import Client
from django.utils import timezone, translation

from goals.charts.step_chart import step_charts
from goals.models import Plan
from goals.pages import goal_table
from goals.pages.freshness import freshness
from goals.pages.month_table import months_of_the_year
from goals.status.plan_status import plan_status
from goals.status.types import PlanStatus
from tests.goals.small_plans import measure, plan, stored_figures, stored_plans

pytestmark = pytest.mark.django_db
GOALS = f"goals:\n- {{number: 1, title: T, measures: [{measure('m1', 'ledige-pct-arbejdsstyrken')}]}}\n"
TARGETS = "targets:\n- {measure: m1, kind: original, value: 2.0, printed: '2,0 %'}\n"


def status(tmp_path, first: str, last: str, figures: dict, *, provisional: bool = False) -> PlanStatus:
    text = plan("proeve", GOALS + TARGETS).replace("period_start: 2025-01-01", f"period_start: {first}")
    stored_plans(tmp_path, text.replace("period_end: 2025-12-31", f"period_end: {last}"))
    stored_figures("ledige-pct-arbejdsstyrken", figures, provisional=provisional)
    found = plan_status(Plan.objects.get(slug="proeve"), timezone.now())
    assert found is not None
    return found


def text_of(path: str) -> str:
    main = Client().get(path).content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\u00a0", " ").split())


def test_a_plan_of_several_years_shows_the_month_that_is_judged(tmp_path):
    figures = {"2022-07": "2.9", "2023-07": "2.8", "2024-07": "2.6", "2026-05": "2.4"}
    found = status(tmp_path, "2023-07-01", "2026-06-30", figures)
    table = months_of_the_year(found.measures[0], {})
    assert [line.period for line in table.lines] == ["juli 2023", "juli 2024", "maj 2026"]
    assert [str(line.last_year.value) if line.last_year else None for line in table.lines] == ["2.9000", "2.8000", None]
    text = text_of("/planer/proeve/maal/1/")
    assert "Samme periode året før" in text and "Samme periode 2022" not in text
    assert "Same period the year before" in text_of("/en/planer/proeve/maal/1/")


def test_a_plan_from_july_to_june_names_months_with_their_year(tmp_path):
    found = status(tmp_path, "2025-07-01", "2026-06-30", {"2024-09": "2.5", "2025-09": "2.4", "2026-02": "2.3"})
    for _name, chart in step_charts(found.measures[0], []):
        assert [label.text for label in chart.months] == ["jul. 25", "okt. 25", "jan. 26", "apr. 26"]


@pytest.mark.parametrize(("last", "gap"), [("2028-12-31", 46), ("2026-06-30", 46)])
def test_labels_under_an_axis_do_not_touch(tmp_path, last, gap):
    found = status(tmp_path, "2024-07-01", last, {"2025-09": "2.4", "2026-02": "2.3"})
    for _name, chart in step_charts(found.measures[0], []):
        places = [label.x for label in chart.months]
        assert len(places) > 2 and min(b - a for a, b in zip(places, places[1:], strict=False)) >= gap


def test_a_year_alone_is_named_in_the_head_as_ever(tmp_path):
    found = status(tmp_path, "2025-04-01", "2025-06-30", {"2024-05": "2.5", "2025-05": "2.4"})
    assert months_of_the_year(found.measures[0], {}).year_before == 2024
    assert "Samme periode 2024" in text_of("/planer/proeve/maal/1/")


def test_where_only_a_provisional_figure_is_drawn_nobody_says_there_is_none(tmp_path):
    found = status(tmp_path, "2025-01-01", "2025-12-31", {"2025-01": "2.4"}, provisional=True)
    row = goal_table.row_of(found.measures[0])
    assert (row.period, row.original.spoken) == ("kun foreløbige tal", "der er kun foreløbige tal")
    with translation.override("en"):
        assert goal_table.row_of(found.measures[0]).period == "only provisional figures"


def test_a_long_plan_without_figures_names_no_single_year(tmp_path):
    found = status(tmp_path, "2024-07-01", "2026-06-30", {"2024-05": "2.5"})
    assert goal_table.row_of(found.measures[0]).period == "ingen tal i planens periode endnu"


def test_a_quarter_that_is_left_out_is_called_one(tmp_path):
    goals = GOALS.replace("ledige-pct-arbejdsstyrken", "benchmark-placering")
    stored_plans(tmp_path, plan("proeve", goals + TARGETS))
    stored_figures("benchmark-placering", {"2025-04": "40"})
    stored_figures("benchmark-placering", {"2025-10": "42"}, provisional=True)
    found = plan_status(Plan.objects.get(slug="proeve"), timezone.now())
    assert found is not None
    strip = freshness(found)
    assert strip is not None and strip.provisional == "4. kvt. 2025"
    assert strip.period == "4 kvartaler til og med 2. kvt. 2025"
