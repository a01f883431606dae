"""Goals with their verdicts: the contract's shape, and the same judgement as the pages make."""

import pytest

from goals.status.plan_status import plan_status
from tests.api.conftest import API, at, cell, deliver, make_goal, make_indicator

ADDRESS = "/api/v1/goals/"


def ask(client, **query):
    return client.get(ADDRESS, query).json()


def test_a_goal_is_told_as_the_contract_says(client, goal_2):
    assert ask(client, plan="beskaeftigelsesplan-2020") == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "plan": "beskaeftigelsesplan-2020",
                "number": 2,
                "printed_number": "2",
                "kind": "measured",
                "title": "Mål nummer 2",
                "milestone": None,
                "verdicts": {"original": "missed", "revised": "met"},
                "measures": [
                    {
                        "code": "m02",
                        "indicator": "midlertidig-forsoergelse-pct-befolkning",
                        "area": "791",
                        "unit": "percent",
                        "reads": "figure",
                        "against": None,
                        "better": "lower",
                        "synthetic": False,
                        "latest": {"period": "2020-07", "value": 8.1, "provisional": False},
                        "targets": [
                            {
                                "kind": "original",
                                "value": 7.5,
                                "printed": "7,5 %",
                                "document": "beskaeftigelsesplan-2020",
                            },
                            {"kind": "revised", "value": 8.4, "printed": "8,4 %", "document": "tillaeg-2020"},
                        ],
                        "judgements": [
                            {"against": "original", "verdict": "missed", "gap": 0.6},
                            {"against": "revised", "verdict": "met", "gap": -0.3},
                        ],
                        "trend": {"direction": "worse", "change": 0.5, "compared_with": "2019-07"},
                        "urls": {
                            "indicator": f"{API}indicators/midlertidig-forsoergelse-pct-befolkning/",
                            "observations": f"{API}observations/"
                            "?indicator=midlertidig-forsoergelse-pct-befolkning&area=791",
                        },
                    }
                ],
                "urls": {
                    "page": "http://testserver/planer/beskaeftigelsesplan-2020/maal/2/",
                    "plan": f"{API}plans/beskaeftigelsesplan-2020/",
                },
            }
        ],
    }


def test_before_the_supplement_only_the_original_target_is_judged_against(client, goal_2):
    (goal,) = ask(client, as_of="2020-07-31")["results"]
    (measure,) = goal["measures"]
    assert [target["document"] for target in measure["targets"]] == ["beskaeftigelsesplan-2020"]
    assert measure["judgements"] == [{"against": "original", "verdict": "no_data", "gap": None}]
    assert goal["verdicts"] == {"original": "no_data", "revised": "no_target"}
    assert measure["latest"] is None
    assert measure["trend"] == {"direction": "unknown", "change": None, "compared_with": None}


def test_a_plan_that_was_not_known_has_no_goals(client, goal_2):
    assert ask(client, as_of="2019-12-31")["results"] == []


def test_the_verdicts_are_those_of_the_pages_on_every_day(client, goal_2):
    for day in (at(2020, 2, 1), at(2020, 9, 15), at(2020, 10, 2)):
        page = plan_status(goal_2.plan, day).goals[0]
        (goal,) = ask(client, as_of=day.isoformat())["results"]
        assert goal["verdicts"] == {"original": page.original, "revised": page.revised}


def test_a_goal_without_measures_is_there_with_none(client, plan):
    plan.goals.create(number=9, title="Uden tal")
    (goal,) = ask(client)["results"]
    assert (goal["measures"], goal["verdicts"]["original"]) == ([], "no_target")


def test_a_measure_without_an_indicator_is_told_with_nulls(client, plan):
    make_goal(plan, 1, None)
    (measure,) = ask(client)["results"][0]["measures"]
    assert (measure["indicator"], measure["unit"], measure["latest"]) == (None, None, None)


def test_a_measure_on_demo_figures_says_so(client, plan, indicator):
    make_goal(plan, 2, indicator)
    deliver(cell("2020-07", "8.1"), known=at(2020, 9, 1), source="demo")
    assert ask(client)["results"][0]["measures"][0]["synthetic"] is True


def test_goals_of_all_plans_come_in_order_of_plan_and_number(client, plan, indicator):
    for document, number in [(plan.supplement_set.get(), 1), (plan, 2), (plan, 1)]:
        make_goal(document, number, indicator)
    assert [(goal["plan"], goal["number"], len(goal["measures"])) for goal in ask(client)["results"]] == [
        ("beskaeftigelsesplan-2020", 1, 1),
        ("beskaeftigelsesplan-2020", 2, 1),
        ("tillaeg-2020", 1, 1),
    ]


def test_a_measure_of_an_internal_indicator_is_left_out(client, plan, areas):
    make_goal(plan, 1, make_indicator("hemmelig", visibility="internal"))
    deliver(cell("2020-07", "8.1", code="hemmelig"), known=at(2020, 9, 1))
    assert ask(client)["results"][0]["measures"] == []
    assert client.get("/api/v1/targets/").json()["results"] == []


@pytest.mark.parametrize("goals", [1, 12])
def test_all_goals_of_a_plan_take_six_queries_or_fewer(client, plan, figures, goals, django_assert_max_num_queries):
    for number in range(1, goals + 1):
        make_goal(plan, number, figures)
    with django_assert_max_num_queries(6):
        assert len(ask(client, plan=plan.slug)["results"]) == goals
