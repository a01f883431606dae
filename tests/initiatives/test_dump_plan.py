"""Round trip: what is dumped is what was loaded, and loads to the same."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from indicators.definitions import yaml_documents
from initiatives.documents.dump import dump_plan
from initiatives.documents.schema import PlanFile

pytestmark = pytest.mark.usefixtures("loaded")
SLUGS = [
    "beskaeftigelsesstrategi-2015",
    "ministermaal-2018",
    "beskaeftigelsesplan-2020",
    "tillaeg-2020",
    "beskaeftigelsesplan-2021",
]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_dumped_plan_says_what_its_file_says(slug, plan_files):
    dumped = yaml_documents.parse(dump_plan(slug), PlanFile, name=slug)

    assert dumped == yaml_documents.load(plan_files.path(slug), PlanFile)


def test_dumped_plans_load_without_a_change(plan_files):
    for slug in SLUGS:
        plan_files.path(slug).write_text(dump_plan(slug), encoding="utf-8")

    assert {str(changes) for changes in plan_files.load().values()} == {f"{slug}: uændret" for slug in SLUGS}


def test_a_revised_target_survives_the_round_trip(plan_files):
    plan_files.edit(
        "tillaeg-2020",
        "\npartners:\n- slug",
        "- {measure: m07, kind: revised, value: 30, printed: 30 %, known_from: 2020-07-01}\n\npartners:\n- slug",
    )
    plan_files.load("tillaeg-2020")

    plan_files.path("tillaeg-2020").write_text(dump_plan("tillaeg-2020"), encoding="utf-8")

    assert str(plan_files.load("tillaeg-2020")["tillaeg-2020"]) == "tillaeg-2020: uændret"


def test_the_command_prints_the_document():
    output = StringIO()

    call_command("dump_plan", "tillaeg-2020", stdout=output)

    assert output.getvalue().startswith("slug: tillaeg-2020\ntitle: Tillæg til Beskæftigelsesplan 2020\n")


def test_an_unknown_plan_is_answered_with_the_known_ones():
    with pytest.raises(CommandError, match=r"no plan called 'plan-1999'.*tillaeg-2020"):
        call_command("dump_plan", "plan-1999")
