"""The number shown is the number judged, and rounding never says another thing than the verdict."""

from datetime import date

import pytest
from django.utils import timezone

from goals.judging import Verdict
from goals.models import Plan
from goals.pages import goal_table
from goals.sentences import measure_sentences, summaries
from goals.sentences.required_change import required
from goals.status.plan_status import plan_status
from goals.status.types import MeasureStatus
from reports.measure_line import measure_line
from tests.goals.small_plans import measure, plan, stored_figures, stored_plans

pytestmark = pytest.mark.django_db
SPACE = "\u00a0"


def judged(tmp_path, target: str, figures: dict[str, str | None], better: str = "lower") -> MeasureStatus:
    own = measure("m1", "ledige-pct-arbejdsstyrken", better).replace("better:", "tolerance_percent: 3, better:")
    goals = f"goals:\n- {{number: 1, title: T, measures: [{own}]}}\n"
    stored_plans(tmp_path, plan("proeve", f"{goals}targets:\n- {{measure: m1, kind: original, {target}}}\n"))
    stored_figures("ledige-pct-arbejdsstyrken", figures)
    found = plan_status(Plan.objects.get(slug="proeve"), timezone.now())
    assert found is not None
    return found.measures[0]


def test_an_average_is_what_is_shown_beside_its_verdict(tmp_path):
    """(2,6 + 2,7) / 2 = 2,65 is 0,05 over 2,6 and within 3 % of it (2,678); December's 2,7 alone would have missed."""
    found = judged(tmp_path, "value: 2.6, printed: '2,6 %', basis: average", {"2025-11": "2.6", "2025-12": "2.7"})
    row, line = goal_table.row_of(found), measure_line(found, revised_known=False)
    assert found.original.verdict == Verdict.NEAR
    assert (row.value, row.period) == (f"2,65{SPACE}%", "gennemsnit til dec. 2025")
    assert (line.value, line.original_target, line.distance) == (
        row.value,
        f"2,6{SPACE}%",
        f"0,05{SPACE}procentpoint over",
    )


def test_while_the_last_figure_is_to_come_the_row_says_what_is_waited_for(tmp_path):
    found = judged(tmp_path, "value: 2.8, printed: '2,8 %', basis: last", {"2025-08": "2.6"})
    row = goal_table.row_of(found)
    assert (row.value, row.period) == (f"2,6{SPACE}%", "aug. 2025")
    assert row.original.spoken == "periodens sidste tal er ikke kommet endnu"


def test_nobody_is_asked_to_move_away_from_better(tmp_path):
    """At 2,6 % with lower better, a target of 2,8 % in December asks for nothing."""
    found = judged(tmp_path, "value: 2.8, printed: '2,8 %', basis: last", {"2025-08": "2.6"})
    assert required(found, date(2025, 9, 1)) == f"ingen for at nå 2,8{SPACE}%."


@pytest.mark.parametrize(
    ("value", "target", "better", "shown", "gap", "verdict"),
    [
        ("8.44", "8.4", "lower", "8,44", "0,04", Verdict.NEAR),
        ("8.3996", "8.4", "higher", "8,3996", "0,0004", Verdict.NEAR),
        ("8.65", "8.4", "lower", "8,65", "0,25", Verdict.NEAR),  # 8,7 would be past 8,652
        ("8.66", "8.4", "lower", "8,7", "0,3", Verdict.MISSED),
        ("8.2", "8.4", "lower", "8,2", "0,2", Verdict.MET),
    ],
)
def test_rounding_never_contradicts_the_verdict(tmp_path, value, target, better, shown, gap, verdict):
    found = judged(tmp_path, f"value: {target}, printed: '8,4 %'", {"2025-11": value}, better)
    assert found.original.verdict == verdict
    assert goal_table.row_of(found).value == f"{shown}{SPACE}%"
    assert measure_sentences.gap_in_words(found, found.original).startswith(f"{gap}{SPACE}procentpoint")


@pytest.mark.parametrize(
    ("value", "said"), [("8.6", "0,2\u00a0procentpoint bedre"), ("8.1", "0,3\u00a0procentpoint dårligere")]
)
def test_better_than_is_told_right_of_a_share_that_should_rise(tmp_path, value, said):
    found = judged(tmp_path, "rule: relative, value: 8.4, printed: 'over 8,4 %'", {"2025-11": value}, "higher")
    assert measure_sentences.gap_in_words(found, found.original) == said
    assert goal_table.row_of(found).original.detail == f"bedre end 8,4{SPACE}%"


def test_a_newer_figure_without_a_value_is_told_of(tmp_path):
    found = judged(tmp_path, "value: 8.4, printed: '8,4 %'", {"2025-10": "8.2", "2025-11": None})
    assert goal_table.row_of(found).period == "okt. 2025; nov. 2025 mangler"
    assert "Tallet for november 2025 mangler, så det nyeste før det er vurderet." in summaries.of_measure(found)
