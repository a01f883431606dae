"""What the five documents say is in the database, in number and in wording."""

from decimal import Decimal

import pytest

from goals.models import (
    Event,
    FocusArea,
    Goal,
    Measure,
    Objective,
    OpenQuestion,
    Plan,
    Priority,
    Statement,
    Target,
    TargetGroup,
    Theme,
)
from initiatives.models import Action, Heading, Initiative, Link, Partner

pytestmark = pytest.mark.usefixtures("loaded")
PLAN, SUPPLEMENT, ANNEX = "beskaeftigelsesplan-2020", "tillaeg-2020", "beskaeftigelsesplan-2021"


def measures_with(kind: str) -> int:
    return Measure.objects.filter(goal__plan__slug=PLAN, targets__kind=kind).distinct().count()


def test_the_documents_hold_as_much_as_was_counted_in_them():
    assert {
        "plan2020_goal_numbers": Goal.objects.filter(plan__slug=PLAN).count(),
        "plan2020_measures": Measure.objects.filter(goal__plan__slug=PLAN).count(),
        "plan2020_measures_with_original_target": measures_with("original"),
        "plan2020_measures_with_new_target": measures_with("revised"),
        "themes": Theme.objects.filter(plan__slug=ANNEX).count(),
        "objectives": Objective.objects.filter(theme__plan__slug=ANNEX).count(),
        "initiatives_2021": Initiative.objects.filter(plan__slug=ANNEX).count(),
        "initiatives_2021_asterisk": Initiative.objects.filter(plan__slug=ANNEX, planned=True).count(),
        "supplement_headings": Heading.objects.filter(plan__slug=SUPPLEMENT).count(),
        "supplement_actions": Action.objects.filter(heading__plan__slug=SUPPLEMENT).count(),
        "focus_areas_2020": FocusArea.objects.filter(plan__slug=PLAN).count(),
        "strategy2015_themes": Theme.objects.filter(plan__slug="beskaeftigelsesstrategi-2015").count(),
        "strategy2015_objectives": Objective.objects.filter(theme__plan__slug="beskaeftigelsesstrategi-2015").count(),
        "minister_goals_2018": Goal.objects.filter(plan__slug="ministermaal-2018").count(),
        "challenges": Statement.objects.filter(kind="challenge").count(),
        "partners": Partner.objects.count(),
        "target_groups": TargetGroup.objects.count(),
        "open_questions": OpenQuestion.objects.count(),
    } == {
        "plan2020_goal_numbers": 10,
        "plan2020_measures": 11,
        "plan2020_measures_with_original_target": 8,
        "plan2020_measures_with_new_target": 11,
        "themes": 6,
        "objectives": 22,
        "initiatives_2021": 34,
        "initiatives_2021_asterisk": 9,
        "supplement_headings": 4,
        "supplement_actions": 16,
        "focus_areas_2020": 5,
        "strategy2015_themes": 3,
        "strategy2015_objectives": 9,
        "minister_goals_2018": 5,
        "challenges": 15,
        "partners": 71,
        "target_groups": 42,
        "open_questions": 16,
    }


@pytest.mark.parametrize(
    ("kind", "printed"),
    [
        (
            "original",
            {
                "m01": "Bedre end den aktuelle placering ift. rammevilkår",
                "m02": "7,5 %",
                "m03": "10,7 %",
                "m04a": "10,4 %",
                "m04b": "Antal: 1.373",
                "m05": "2,0 %",
                "m06": "Antal: 315",
                "m08": "41 %",
            },
        ),
        (
            "revised",
            {
                "m01": "Bedre end den aktuelle placering ift. rammevilkår, p.t. nummer 48",
                "m02": "8,4 %",
                "m03": "10,9%",
                "m04a": "11 %",
                "m04b": "Antal: 1.400",
                "m05": "2,0 %",
                "m06": "Antal: 490",
                "m07": "29 %",
                "m08": "36 %",
                "m09": "19 %",
                "m10": "2,8 %",
            },
        ),
    ],
)
def test_targets_keep_the_form_they_are_printed_in(kind, printed):
    assert dict(Target.objects.filter(kind=kind).values_list("measure__code", "printed")) == printed


def test_the_supplement_adds_targets_to_the_plans_own_measures():
    target = Target.objects.get(measure__code="m02", kind="revised")

    assert (target.value, target.document.slug) == (Decimal("8.4"), SUPPLEMENT)
    assert target.measure.goal.plan.slug == PLAN
    assert target.valid_from is None


def test_the_benchmark_goal_has_a_yardstick_only_in_the_supplement():
    rules = Target.objects.filter(measure__code="m01").order_by("kind").values_list("kind", "rule", "by", "baseline")

    assert list(rules) == [("original", "change", 0, None), ("revised", "change", 0, Decimal(48))]


def test_the_permanent_benefits_goal_is_a_ceiling():
    assert set(Target.objects.filter(measure__code="m03").values_list("rule", flat=True)) == {"ceiling"}


def test_every_measure_of_the_current_plan_reads_one_of_viborgs_series():
    measures = Measure.objects.filter(goal__plan__current=True)

    assert {measure.area.code for measure in measures} == {"791"}
    assert len({measure.indicator.code for measure in measures}) == 11


def test_short_names_fit_the_front_page_column():
    names = Measure.objects.values_list("short_name", flat=True)

    assert [name for name in names if len(name) > 23] == []


def test_what_is_not_printed_is_unknown():
    assert set(Plan.objects.values_list("adopted_on", flat=True)) == {None}
    assert set(Initiative.objects.values_list("owner", "start", "end", "budget")) == {("", None, None, None)}


def test_priorities_whose_colour_is_lost_are_unknown_and_not_no():
    def prioritised(year: int) -> dict:
        return dict(Priority.objects.filter(year=year).values_list("objective__number", "prioritised"))

    assert {number for number, value in prioritised(2020).items() if value} == {"1.1", "4.5"}
    assert False not in prioritised(2020).values()
    assert set(prioritised(2021).values()) == {None} and len(prioritised(2021)) == 22


def test_numbers_lost_in_print_say_that_they_are_inferred():
    lost = Objective.objects.filter(theme__plan__slug=ANNEX).exclude(number_confidence="certain")

    assert list(lost.values_list("number", "number_confidence")) == [("1.4", "high"), ("4.5", "high")]


def test_objectives_hold_the_numbers_in_their_text():
    targets = Objective.objects.get(number="3.1", theme__plan__slug=ANNEX).targets

    assert list(targets.values_list("value", "unit", "year", "what")) == [
        (35, "percent", 2025, "andel af energiforbrug fra vedvarende energi"),
        (55, "percent", 2025, "genbrug af husholdningsaffald"),
    ]


def test_focus_areas_follow_each_other_and_the_new_one_is_the_supplements():
    areas = FocusArea.objects.filter(plan__slug=PLAN).values_list("code", "introduced_by__slug")

    assert list(areas) == [("fa1", PLAN), ("fa2", PLAN), ("fa3", PLAN), ("fa4", PLAN), ("fa5", SUPPLEMENT)]
    assert list(FocusArea.objects.get(code="fa5").goals.values_list("number", flat=True)) == [10]


def test_the_lockdown_is_drawn_behind_the_plans_charts():
    event = Event.objects.get()

    assert (event.name, str(event.start), str(event.end)) == ("Nedlukning", "2020-03-12", "2020-05-27")
    assert event in Plan.objects.get(slug=PLAN).events_with_supplements(event.plan.known_from)


def test_the_ministers_goal_and_the_plans_own_know_each_other():
    ours = Goal.objects.get(plan__slug=PLAN, number=8)
    theirs = Goal.objects.get(plan__slug="ministermaal-2018", number=3)

    assert ours.ministerial
    assert (list(ours.related.all()), list(theirs.related.all())) == ([theirs], [ours])


def test_each_open_question_stands_where_it_belongs():
    questions = dict(OpenQuestion.objects.values_list("code", "plan__slug"))

    assert sorted(questions, key=lambda code: int(code[1:])) == [f"Q{number}" for number in range(1, 17)]
    assert (questions["Q1"], questions["Q9"], questions["Q14"]) == (SUPPLEMENT, ANNEX, "ministermaal-2018")
    about_goal_3 = Goal.objects.get(plan__slug=PLAN, number=3).open_questions.values_list("code", flat=True)
    assert set(about_goal_3) == {"Q1", "Q2", "Q3", "Q16"}


def test_a_goal_finds_what_is_done_about_it():
    linked = Initiative.objects.filter(links__goal__plan__slug=PLAN, links__goal__number=8)

    assert list(linked.values_list("code", flat=True)) == ["i-4.5-4"]


def test_ties_to_objectives_are_read_and_ties_to_goals_are_inferred():
    assert set(Link.objects.exclude(goal=None).values_list("kind", "confidence")) == {("inferred", "medium")}
    main = Link.objects.exclude(objective=None).filter(alternative=False)
    assert set(main.values_list("kind", flat=True)) == {"stated"} and main.count() == 34


def test_an_uncertain_placing_keeps_its_alternative():
    alternatives = Link.objects.filter(alternative=True).order_by("initiative__position")

    assert list(alternatives.values_list("initiative__code", "objective__number", "confidence")) == [
        ("i-1.3-1", "1.2", "low"),
        ("i-5.3-1", "5.2", "low"),
    ]


def test_objectives_have_the_initiatives_printed_beside_them():
    objectives = Objective.objects.filter(theme__plan__slug=ANNEX)
    counts = {o.number: o.links.filter(alternative=False).count() for o in objectives}

    assert {number: count for number, count in counts.items() if count} == {
        "1.1": 4,
        "1.3": 2,
        "1.4": 6,
        "2.1": 2,
        "2.4": 1,
        "3.2": 5,
        "4.2": 1,
        "4.4": 1,
        "4.5": 7,
        "5.3": 2,
        "5.4": 2,
        "6.1": 1,
    }


def test_an_initiative_continues_actions_of_the_supplement():
    task_force = Initiative.objects.get(slug="task-force-viborg")

    assert list(task_force.action_links.values_list("action__code", "confidence")) == [("sa-c1", "high")]


def test_partners_that_may_be_one_point_at_each_other():
    office = Partner.objects.get(slug="viborgegnens-erhvervskontor")
    council = Partner.objects.get(slug="viborgegnens-erhvervsraad")

    assert council in office.maybe_same_as.all() and office in council.maybe_same_as.all()
    assert Partner.objects.get(slug="vibohoej").part_of.slug == "socialomraadet"
