"""A plan that was edited in the portal: its file takes nothing back, says what differs, and the dump closes the gap."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import User
from goals.editing.answers import answer_question
from goals.editing.audited_change import change
from goals.editing.plan_changes import add_focus_area, add_goal, reword_objective
from goals.editing.target_changes import set_target
from goals.models import Goal, Measure, Objective, OpenQuestion, Plan, Target
from indicators.definitions.yaml_documents import DocumentError
from indicators.models import Edit
from initiatives.documents.dump import dump_plan
from initiatives.editing.changes import add_initiative, add_partner, change_initiative
from initiatives.models import Initiative, Partner

pytestmark = pytest.mark.usefixtures("loaded")
PLAN, SUPPLEMENT, ANNEX = "beskaeftigelsesplan-2020", "tillaeg-2020", "beskaeftigelsesplan-2021"


@pytest.fixture
def editor(db) -> User:
    return User.objects.create_user("rie@example.org", name="Rie")


def kept(plan_files, slug: str) -> list[str]:
    """What the command says of a document whose file is as it was; it must change nothing."""
    changes = plan_files.load(slug)[slug]
    assert changes.lines == [] and str(changes).startswith(f"{slug}: uændret")
    return changes.kept


def test_a_text_changed_in_the_portal_stands_and_the_difference_is_told(plan_files, editor):
    goal = Goal.objects.get(plan__slug=PLAN, number=1)
    printed = goal.title
    change(row=goal, facts={"title": "Bedre placering"}, by=editor)

    assert kept(plan_files, PLAN) == [f"  rettet i portalen: goals 1: title Bedre placering (filen siger {printed})"]
    assert Goal.objects.get(pk=goal.pk).title == "Bedre placering"


def test_what_nobody_changed_in_the_portal_is_still_the_files(plan_files, editor):
    change(row=Goal.objects.get(plan__slug=PLAN, number=1), facts={"title": "Bedre placering"}, by=editor)
    plan_files.edit(PLAN, "title: Beskæftigelsesplan 2020\n", "title: Planen for 2020\n")
    changes = plan_files.load(PLAN)[PLAN]
    assert changes.lines == [f"  ændret: plan {PLAN}: title Beskæftigelsesplan 2020 → Planen for 2020"]
    assert len(changes.kept) == 1


def test_a_target_set_in_the_portal_stays_and_the_file_may_still_add_its_own(plan_files, editor):
    measure = Measure.objects.get(goal__plan__slug=PLAN, code="m07")
    set_target(
        measure=measure, kind="revised", promise={"rule": "value", "value": Decimal(31), "printed": "31 %"},
        reason="Nye tal.", document=Plan.objects.get(slug=SUPPLEMENT), by=editor,
    )  # fmt: skip
    assert len(kept(plan_files, SUPPLEMENT)) == 1

    plan_files.edit(
        SUPPLEMENT,
        "\npartners:\n- slug",
        "- {measure: m07, kind: revised, value: 30, printed: 30 %, known_from: 2020-07-01}\n\npartners:\n- slug",
    )
    assert len(plan_files.load(SUPPLEMENT)[SUPPLEMENT].lines) == 1
    assert {"30 %", "31 %"} <= set(measure.targets.values_list("printed", flat=True))


def test_a_target_that_the_file_had_may_still_not_leave_it(plan_files, editor):
    plan_files.edit(SUPPLEMENT, "- measure: m02\n", "- measure: m03\n")
    with pytest.raises(DocumentError):
        plan_files.load(SUPPLEMENT)


def edit_everything(editor: User) -> None:
    plan, annex = Plan.objects.get(slug=PLAN), Plan.objects.get(slug=ANNEX)
    change(row=plan, facts={"title": "Planen for 2020"}, by=editor)
    change(row=Goal.objects.get(plan=plan, number=4), facts={"title": "Flere unge"}, by=editor)
    add_goal(plan=plan, facts={"title": "Et nyt mål"}, by=editor)
    add_focus_area(plan=plan, facts={"name": "Seniorer"}, by=editor)
    settled = {"meeting": date(2020, 8, 25), "case_number": "20/1"}
    for code, facts in (("Q1", settled), ("Q2", {"basis": Target.Basis.AVERAGE}), ("Q7", {"rounded": True})):
        question = OpenQuestion.objects.get(code=code)
        answer_question(question=question, text="Svar.", source="Sag 1", settled=facts, by=editor)
    objective = Objective.objects.get(theme__plan=annex, number="1.4")
    reword_objective(objective=objective, name="En ny ordlyd", valid_from=date(2022, 1, 1), by=editor)
    partner = add_partner(plan=annex, facts={"name": "Havnen", "type": "business"}, by=editor)
    initiative = Initiative.objects.get(slug="task-force-viborg")
    goals = list(Goal.objects.filter(plan=plan, number=7))
    facts = {"name": "Task force", "partners": [partner], "goals": goals}
    change_initiative(initiative=initiative, facts=facts, by=editor)
    add_initiative(plan=annex, facts={"name": "Åben dør", "owner": "Jobcenter"}, by=editor)


def test_after_edits_of_every_kind_loading_the_old_files_changes_nothing_twice_over(plan_files, editor):
    edit_everything(editor)
    before = {slug: dump_plan(slug) for slug in (PLAN, SUPPLEMENT, ANNEX)}
    first = {slug: (changes.lines, changes.kept) for slug, changes in plan_files.load().items()}
    again = {slug: (changes.lines, changes.kept) for slug, changes in plan_files.load().items()}

    assert first == again
    assert all(lines == [] for lines, _ in first.values())
    assert all(first[slug][1] for slug in before)
    assert {slug: dump_plan(slug) for slug in before} == before


def test_the_dump_of_an_edited_plan_says_all_that_was_edited(plan_files, editor):
    edit_everything(editor)
    for slug in (PLAN, SUPPLEMENT, ANNEX):
        plan_files.path(slug).write_text(dump_plan(slug), encoding="utf-8")

    assert {str(changes) for changes in plan_files.load().values()} == {f"{s}: uændret" for s in plan_files.load()}


def test_the_dump_of_an_edited_plan_loads_into_an_empty_portal(plan_files, editor, indicators_only):
    edit_everything(editor)
    dumped = {slug: dump_plan(slug) for slug in (PLAN, SUPPLEMENT, ANNEX)}
    for slug, text in dumped.items():
        plan_files.path(slug).write_text(text, encoding="utf-8")
    _empty()

    plan_files.load()

    assert {slug: dump_plan(slug) for slug in dumped} == dumped
    assert Plan.objects.get(slug=SUPPLEMENT).adopted_on == date(2020, 8, 25)
    assert OpenQuestion.objects.get(code="Q1").answer.known_from


def _empty() -> None:
    Edit.objects.all().delete()
    Initiative.objects.all().delete()
    Partner.objects.update(part_of=None)
    Partner.objects.all().delete()
    Target.objects.all().delete()
    for plan in Plan.objects.order_by("-supplements", "-follows", "-year"):
        plan.successions.all().delete()
    Goal.objects.all().delete()
    for model in ("focus_areas", "target_groups"):
        for plan in Plan.objects.all():
            getattr(plan, model).all().delete()
    Plan.objects.update(supplements=None, follows=None)
    Plan.objects.all().delete()
