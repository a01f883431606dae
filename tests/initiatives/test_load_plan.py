"""Loading plan documents: again changes nothing, a change is told, a wrong file leaves everything as it was."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goals.models import Decision, Objective, Plan, Statement, Target
from indicators.definitions.yaml_documents import DocumentError
from initiatives.documents.dump import dump_plan
from initiatives.models import Initiative, Partner, StatusUpdate

pytestmark = pytest.mark.usefixtures("loaded")
PLAN, SUPPLEMENT, ANNEX = "beskaeftigelsesplan-2020", "tillaeg-2020", "beskaeftigelsesplan-2021"
REVISED_M02 = """- measure: m02
  kind: revised
  value: 8.4
  printed: 8,4 %
  near: 0.252
  confidence: high
"""


def refusal(plan_files, *slugs: str) -> str:
    with pytest.raises(DocumentError) as refused:
        plan_files.load(*slugs)
    return str(refused.value)


# Loading again ------------------------------------------------------------------------------------------


def test_loading_again_says_unchanged_and_writes_nothing(plan_files):
    with CaptureQueriesContext(connection) as queries:
        changes = plan_files.load()

    assert {str(change) for change in changes.values()} == {f"{slug}: uændret" for slug in changes}
    verbs = {query["sql"].split()[0] for query in queries}
    assert verbs <= {"SELECT", "SAVEPOINT", "RELEASE"}


def test_a_changed_name_is_told_old_and_new(plan_files):
    plan_files.edit(ANNEX, "name: Boblberg\n  summary", "name: Boblberg i Viborg\n  summary")

    changes = plan_files.load(ANNEX)

    assert str(changes[ANNEX]) == (
        "beskaeftigelsesplan-2021: ændret\n  ændret: initiatives i-2.1-1: name Boblberg → Boblberg i Viborg"
    )
    assert Initiative.objects.get(slug="boblberg").name == "Boblberg i Viborg"


def test_a_changed_tie_is_told_by_name(plan_files):
    plan_files.edit(ANNEX, "partners: [virksomheder, marselisborg]", "partners: [virksomheder, bdo]")

    assert plan_files.load(ANNEX)[ANNEX].lines == [
        "  ny: initiatives.partners i-4.5-1 + bdo",
        "  fjernet: initiatives.partners Konsulentvirksomheden Marselisborg + Viborg-modellen",
    ]


def test_the_day_of_adoption_is_stored_when_it_becomes_known(plan_files):
    plan_files.edit(SUPPLEMENT, "# adopted_on:", "adopted_on: 2020-08-25\n#")

    assert plan_files.load(SUPPLEMENT)[SUPPLEMENT].lines == [
        "  ændret: plan tillaeg-2020: adopted_on (tom) → 2020-08-25"
    ]
    assert Plan.objects.get(slug=SUPPLEMENT).adopted_on == date(2020, 8, 25)


def test_an_objective_gets_a_new_wording_and_keeps_its_initiatives(plan_files):
    plan_files.edit(
        ANNEX,
        "  name: Færre i Viborg Kommune føler sig ensomme\n",
        "  name: Færre føler sig ensomme\n"
        "  valid_to: 2021-06-30\n- number: '2.1'\n  theme: 2\n  name: Ingen er ensomme\n  valid_from: 2021-07-01\n",
    )

    plan_files.load(ANNEX)

    old, new = (
        Objective.objects.valid_on(day).get(number="2.1", theme__plan__slug=ANNEX)
        for day in (date(2021, 6, 30), date(2021, 7, 1))
    )
    assert (old.name, new.name) == ("Færre føler sig ensomme", "Ingen er ensomme")
    assert [link.initiative.code for link in new.links.all()] == ["i-2.1-1", "i-2.1-2"]


def test_another_plan_takes_over_the_front_page(plan_files):
    plan_files.edit(PLAN, "current: true\n", "")
    plan_files.edit(ANNEX, "year: 2021\n", "year: 2021\ncurrent: true\n")

    changes = plan_files.load(PLAN, ANNEX)

    assert Plan.objects.get(current=True).slug == ANNEX
    assert changes[PLAN].lines == ["  ændret: plan beskaeftigelsesplan-2020: current True → False"]

    plan_files.edit(PLAN, "year: 2020\n", "year: 2020\ncurrent: true\n")
    plan_files.edit(ANNEX, "current: true\n", "")
    plan_files.load(PLAN, ANNEX)

    assert Plan.objects.get(current=True).slug == PLAN


def test_a_partner_moves_to_the_document_that_names_it_first(plan_files):
    plan_files.edit(SUPPLEMENT, "- slug: mercantec\n  name: Mercantec\n  type: education\n", "")
    plan_files.edit(
        SUPPLEMENT, "partners: [mercantec, viborgegnens-erhvervsraad]", "partners: [viborgegnens-erhvervsraad]"
    )
    plan_files.edit(
        ANNEX, "partners:\n- slug", "partners:\n- slug: mercantec\n  name: Mercantec\n  type: education\n- slug"
    )

    plan_files.load(SUPPLEMENT, ANNEX)

    assert Partner.objects.get(slug="mercantec").introduced_by.slug == ANNEX
    assert Initiative.objects.filter(partners__slug="mercantec").count() == 4


# Targets ------------------------------------------------------------------------------------------------


def test_a_revision_is_another_entry_and_the_old_target_stays(plan_files):
    more = REVISED_M02.replace("8.4", "8.6").replace("8,4", "8,6") + "  known_from: 2020-10-01\n"
    plan_files.edit(SUPPLEMENT, REVISED_M02, REVISED_M02 + more)

    changes = plan_files.load(SUPPLEMENT)[SUPPLEMENT]

    today = timezone.localdate()  # the day the portal was told: no earlier day shows it, whatever day the file names
    assert changes.lines == [f"  ny: targets m02 revised 8,6 %, kendt {today}"]
    assert changes.kept == [f"  kendt i portalen fra {today}: targets m02 8,6 % (filen siger 2020-10-01)"]
    targets = Target.objects.filter(measure__code="m02", kind="revised").values_list("value", "known_from")
    assert list(targets) == [(Decimal("8.4"), date(2020, 7, 1)), (Decimal("8.6"), today)]
    assert plan_files.load(SUPPLEMENT)[SUPPLEMENT].lines == []


def test_a_loaded_target_is_not_changed_in_place(plan_files):
    line = plan_files.edit(SUPPLEMENT, REVISED_M02, REVISED_M02.replace("8.4", "8.6"))

    text = refusal(plan_files, SUPPLEMENT)

    assert text.startswith(f"tillaeg-2020.yaml line {line}: targets.1: value was 8.4000, now 8.6")
    assert "add another entry" in text
    assert Target.objects.get(measure__code="m02", kind="revised").value == Decimal("8.4")


def test_a_loaded_target_is_not_removed(plan_files):
    plan_files.edit(SUPPLEMENT, REVISED_M02, "")

    assert "a target of m02 is no longer in the file" in refusal(plan_files, SUPPLEMENT)
    assert Target.objects.filter(measure__code="m02", kind="revised").exists()


def test_a_target_that_comes_later_must_say_from_which_day_it_is_known(plan_files):
    late = "- {measure: m07, kind: original, value: 27, printed: 27 %}\n"
    line = plan_files.edit(PLAN, "\nstatements:\n", f"{late}\nstatements:\n")

    text = refusal(plan_files, PLAN)

    assert text == (f"{PLAN}.yaml line {line}: targets.8: a target added later must say from which day it is known")


def test_a_target_names_the_decision_behind_it(plan_files):
    plan_files.edit(
        SUPPLEMENT,
        REVISED_M02,
        REVISED_M02 + REVISED_M02 + "  known_from: 2020-09-01\n  valid_from: 2020-08-25\n  decision: sag-1\n",
    )
    plan_files.edit(
        SUPPLEMENT,
        "targets:\n",
        "decisions:\n- {code: sag-1, meeting: 2020-08-25, text: Vedtaget, known_from: 2020-09-01}\n\ntargets:\n",
    )

    plan_files.load(SUPPLEMENT)

    target = Target.objects.get(decision__code="sag-1")
    assert (target.valid_from, target.decision.meeting) == (date(2020, 8, 25), date(2020, 8, 25))
    assert Decision.objects.count() == 1


# Removing -----------------------------------------------------------------------------------------------


def test_what_nothing_refers_to_is_removed_and_told(plan_files):
    plan_files.edit(SUPPLEMENT, "- kind: reading_note\n  code: figur\n", "- kind: reading_note\n  code: figuren\n")

    lines = plan_files.load(SUPPLEMENT)[SUPPLEMENT].lines

    assert lines[0] == "  ny: statements figuren"
    assert lines[1].startswith("  fjernet: statements En figur")
    assert not Statement.objects.filter(code="figur").exists()


def test_an_initiative_that_somebody_reported_on_is_not_removed(plan_files):
    initiative = Initiative.objects.get(code="i-6.1-1")
    StatusUpdate.objects.create(
        initiative=initiative, period=0, status="on_track", text="Går godt", made_at=timezone.now()
    )
    text = plan_files.path(ANNEX).read_text(encoding="utf-8")
    start, end = text.index("- code: i-6.1-1"), text.index("\nstatements:")
    plan_files.edit(ANNEX, text[start:end], "")

    assert "cannot be removed, because statusupdate" in refusal(plan_files, ANNEX)
    assert Initiative.objects.filter(pk=initiative.pk).exists()


def test_a_partner_another_document_names_is_not_removed(plan_files):
    plan_files.edit(SUPPLEMENT, "- slug: a-kasser\n  name: A-kasser\n  type: union_akasse\n  generic: true\n", "")
    plan_files.edit(SUPPLEMENT, "    partners: [a-kasser]\n", "")

    assert "partners A-kasser cannot be removed, because" in refusal(plan_files, SUPPLEMENT)


def test_nothing_of_a_refused_document_is_kept(plan_files):
    plan_files.edit(SUPPLEMENT, "title: Tillæg til Beskæftigelsesplan 2020", "title: Et andet navn")
    plan_files.edit(SUPPLEMENT, REVISED_M02, "")

    refusal(plan_files, SUPPLEMENT)

    assert Plan.objects.get(slug=SUPPLEMENT).title == "Tillæg til Beskæftigelsesplan 2020"


def test_two_plans_cannot_both_be_current(plan_files):
    line = plan_files.edit(ANNEX, "year: 2021\n", "current: true\nyear: 2021\n")

    assert refusal(plan_files, ANNEX) == (
        f"{ANNEX}.yaml line {line}: current: beskaeftigelsesplan-2020 is the current plan already"
    )


def test_a_file_bears_the_name_of_its_plan(plan_files):
    plan_files.path(ANNEX).rename(plan_files.path("plan-2021"))

    assert "the file of 'beskaeftigelsesplan-2021' is plan-2021.yaml" in refusal(plan_files, "plan-2021")


# Plans that follow each other ---------------------------------------------------------------------------


def test_a_succession_is_loaded_told_and_dumped_as_it_was(plan_files):
    plan_files.edit(
        ANNEX,
        "\nthemes:\n",
        "\nsuccessions:\n- {goal: beskaeftigelsesplan-2020/7, outcome: dropped, note: Puljen ophørte.}\n\nthemes:\n",
    )

    assert "  ny: successions beskaeftigelsesplan-2020/7" in plan_files.load(ANNEX)[ANNEX].lines
    assert Plan.objects.get(slug=ANNEX).follows.slug == PLAN
    plan_files.path(ANNEX).write_text(dump_plan(ANNEX), encoding="utf-8")
    assert str(plan_files.load(ANNEX)[ANNEX]) == f"{ANNEX}: uændret"


@pytest.mark.parametrize("facts", ["outcome: continued", "outcome: dropped, successor: 1"])
def test_a_goal_that_goes_on_has_a_successor_and_one_that_is_dropped_has_none(plan_files, facts):
    entry = f"\nsuccessions:\n- {{goal: beskaeftigelsesplan-2020/7, {facts}}}\n\nthemes:\n"
    plan_files.edit(ANNEX, "\nthemes:\n", entry)

    assert "needs a successor" in refusal(plan_files, ANNEX)


def test_a_population_says_where_it_is_from(plan_files):
    plan_files.edit(PLAN, "    population_period: '2020'\n", "")

    assert "a population needs population_source and population_period" in refusal(plan_files, PLAN)
