"""A supplement that changes one measure of three: headline, goal, short text, paper and API say the same."""

import pytest
from django.test import Client
from django.utils import timezone, translation

from goals.judging import Verdict
from goals.models import Plan
from goals.pages import goal_table
from goals.sentences import measure_sentences, summaries
from goals.status.plan_status import plan_status
from goals.status.types import PlanStatus
from reports.canonical_data import counts_of
from tests.goals.small_plans import measure, plan, stored_figures, stored_plans, supplement

pytestmark = pytest.mark.django_db
GOALS = f"""\
goals:
- number: 1
  title: T1
  measures:
  - {measure("m1", "ledige-pct-arbejdsstyrken", part="a")}
  - {measure("m2", "ledige-antal", part="b")}
- number: 2
  title: T2
  measures:
  - {measure("m3", "kontanthjaelp-pct-befolkning")}
"""
TARGETS = """\
targets:
- {measure: m1, kind: original, value: 2.0, printed: '2,0 %'}
- {measure: m2, kind: original, value: 900, printed: '900'}
- {measure: m3, kind: original, value: 1.5, printed: '1,5 %'}
"""
REVISED = """\
targets:
- {measure: m1, kind: revised, value: 2.6, printed: '2,6 %'}
"""


@pytest.fixture
def figures(db, tmp_path) -> None:
    stored_plans(tmp_path, plan("proeve", GOALS + TARGETS))
    stored_figures("ledige-pct-arbejdsstyrken", {"2025-08": "2.5"})
    stored_figures("ledige-antal", {"2025-08": "1160"})
    stored_figures("kontanthjaelp-pct-befolkning", {"2025-08": "1.6"})


def status() -> PlanStatus:
    found = plan_status(Plan.objects.get(slug="proeve"), timezone.now())
    assert found is not None
    return found


def test_a_measure_without_a_new_target_counts_by_the_one_that_holds(figures, tmp_path):
    """1a meets its new 2,6 %, 1b misses its 900, and so goal 1 is missed, as goal 2 is against its 1,5 %."""
    stored_plans(tmp_path, plan("proeve", GOALS + TARGETS), supplement("proeve-tillaeg", "proeve", REVISED))
    found = status()
    assert [m.standing for m in found.measures] == [Verdict.MET, Verdict.MISSED, Verdict.MISSED]
    assert [(goal.original, goal.revised, goal.newest) for goal in found.goals] == [
        (Verdict.MISSED, Verdict.MISSED, Verdict.MISSED),
        (Verdict.MISSED, Verdict.NO_TARGET, Verdict.MISSED),
    ]
    assert measure_sentences.headline(found) == "0 af 2 mål er nået efter tillægget"
    assert measure_sentences.lede(found) == "Målt mod den oprindelige plan: 0 af 2 mål er nået og 2 er ikke nået."
    assert summaries.of_plan(found)[0] == "Efter tillægget: mål 1 og 2 er ikke nået."
    assert counts_of(found)["revised"]["missed"] == 2 and sum(counts_of(found)["revised"].values()) == 2


def test_page_and_api_say_what_the_headline_says(figures, tmp_path):
    stored_plans(tmp_path, plan("proeve", GOALS + TARGETS), supplement("proeve-tillaeg", "proeve", REVISED))
    page = Client().get("/planer/proeve/maal/1/").content.decode()
    assert "<strong>ikke nået</strong> mod det nye mål" in " ".join(page.split())
    goals = Client().get("/api/v1/goals/?plan=proeve").json()["results"]
    assert [goal["verdicts"] for goal in goals] == [
        {"original": "missed", "revised": "missed"},
        {"original": "missed", "revised": "no_target"},
    ]


def test_without_a_supplement_nothing_is_called_one(figures, tmp_path):
    """An editor set a new target in the plan itself."""
    own = "- {measure: m1, kind: revised, value: 2.6, printed: '2,6 %', known_from: 2025-03-01}\n"
    stored_plans(tmp_path, plan("proeve", GOALS + TARGETS + own))
    found = status()
    assert measure_sentences.headline(found) == "0 af 2 mål er nået mod de nye mål"
    assert summaries.of_plan(found)[0] == "Efter de nye mål: mål 1 og 2 er ikke nået."
    for path in ("/planer/proeve/", "/planer/proeve/maal/1/", "/planer/proeve/maal/2/"):
        text = Client().get(path).content.decode().partition("<main")[2].partition("</main>")[0]
        assert "illæg" not in text, path


def test_goals_without_a_target_are_in_no_count(db, tmp_path):
    one = "targets:\n- {measure: m3, kind: original, value: 1.5, printed: '1,5 %'}\n"
    stored_plans(tmp_path, plan("proeve", GOALS + one))
    stored_figures("kontanthjaelp-pct-befolkning", {"2025-08": "1.5"})
    found = status()
    assert measure_sentences.headline(found) == "1 af 1 mål er nået"
    assert summaries.of_plan(found)[0] == "Planens ene mål med tal er nået efter planen."
    assert found.not_met().goals == ()
    with translation.override("en"):
        assert measure_sentences.headline(found) == "1 of 1 goal is met"
    assert goal_table.row_of(found.measures[0]).original.detail == "intet oprindeligt mål"
