"""A database without plans: one wrong file keeps all of them out, and right ones come in whatever their order."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from goals.models import Goal, Plan
from indicators.definitions.yaml_documents import DocumentError
from initiatives.models import Partner

pytestmark = pytest.mark.usefixtures("indicators_only")
PLAN, SUPPLEMENT, ANNEX = "beskaeftigelsesplan-2020", "tillaeg-2020", "beskaeftigelsesplan-2021"


def refusal(plan_files, *slugs: str) -> str:
    with pytest.raises(DocumentError) as refused:
        plan_files.load(*slugs)
    return str(refused.value)


@pytest.mark.parametrize(
    ("slug", "right", "wrong", "reason"),
    [
        (ANNEX, "partners: [familieomraadet, ppl,", "partners: [familieomraadet, ppq,", "no partner is called 'ppq'"),
        (ANNEX, "target_groups: [veteraner,", "target_groups: [veterane,", "no target group is called 'veterane'"),
        (ANNEX, "- {objective: '6.1',", "- {objective: '6.2',", "no objective is called '6.2'"),
        (ANNEX, "beskaeftigelsesplan-2020/fa1,", "beskaeftigelsesplan-2020/fa9,", "no focus area is called"),
        (ANNEX, "code: i-2.1-2", "code: i-2.1-1", "the initiative 'i-2.1-1' already stands above"),
        (ANNEX, "  planned: true\n", "  planlagt: true\n", "Extra inputs are not permitted"),
        (PLAN, "indicator: sygedagpenge-pct-befolkning", "indicator: sygedagpenge", "no indicator is called"),
        (PLAN, "area: '791'", "area: '999'", "no area is called '999'"),
        (SUPPLEMENT, "- measure: m10", "- measure: m11", "no measure is called 'm11'"),
        (SUPPLEMENT, "- code: sh-d", "- code: sh-c", "the heading 'sh-c' already stands above"),
    ],
)
def test_one_wrong_file_stops_them_all(plan_files, slug, right, wrong, reason):
    line = plan_files.edit(slug, right, wrong)

    text = refusal(plan_files)

    assert f"{slug}.yaml line {line}: " in text and reason in text
    assert not Plan.objects.exists() and not Partner.objects.exists()


def test_all_wrong_files_are_told_at_once(plan_files):
    plan_files.edit(PLAN, "year: 2020", "year: nu")
    plan_files.edit(ANNEX, "year: 2021", "year: snart")

    text = refusal(plan_files)

    assert f"{PLAN}.yaml line" in text and f"{ANNEX}.yaml line" in text


def test_a_supplement_needs_its_plan(plan_files):
    assert "no plan is called 'beskaeftigelsesplan-2020'" in refusal(plan_files, "ministermaal-2018", SUPPLEMENT)


def test_the_command_loads_in_any_order_and_tells_what_is_new(plan_files):
    output = StringIO()
    slugs = [SUPPLEMENT, ANNEX, PLAN, "ministermaal-2018", "beskaeftigelsesstrategi-2015"]

    call_command("load_plan", *(str(plan_files.path(slug)) for slug in slugs), stdout=output)

    lines = output.getvalue().splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "beskaeftigelsesstrategi-2015",
        "ministermaal-2018",
        PLAN,
        SUPPLEMENT,
        ANNEX,
    ]
    assert lines[3].startswith("tillaeg-2020: ny (1 events,") and "16 headings.actions" in lines[3]
    assert Goal.objects.filter(plan__slug=PLAN).count() == 10


def test_the_command_ends_with_the_reason(tmp_path):
    with pytest.raises(CommandError, match="nowhere.yaml: cannot be read"):
        call_command("load_plan", str(tmp_path / "nowhere.yaml"))
    assert not Plan.objects.exists()
