"""A target below zero, as a difference to others can be, is drawn like any other."""

import pytest

from tests.goals.small_plans import measure, plan, stored_figures, stored_plans

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("figures", [{"2025-08": "2.5"}, {"2025-08": "-3"}])
def test_a_page_with_a_target_below_zero_stands(client, tmp_path, figures):
    goals = f"goals:\n- number: 1\n  title: T\n  measures:\n  - {measure('m1', 'ledige-pct-arbejdsstyrken')}\n"
    targets = "targets:\n- {measure: m1, kind: original, value: -1, printed: '-1 %'}\n"
    stored_plans(tmp_path, plan("proeve", goals + targets))
    stored_figures("ledige-pct-arbejdsstyrken", figures)
    answer = client.get("/planer/proeve/maal/1/")
    assert answer.status_code == 200
    assert "Opr. mål -1\xa0%" in answer.content.decode()  # as printed, beside its line
