"""J12: one plan follows another; what became of its goals is told where it is known, and "afklares" where not."""

from datetime import date

import pytest
from django.utils import timezone

from goals.models import Goal, Objective, Plan, Priority, Succession
from goals.pages.succession import following
from indicators import data_version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]

PLAN = "/planer/beskaeftigelsesplan-2021/"


@pytest.fixture
def plan() -> Plan:
    return Plan.objects.get(slug="beskaeftigelsesplan-2021")


def goal(number: int) -> Goal:
    return Goal.objects.get(plan__slug="beskaeftigelsesplan-2020", number=number)


def outcomes(plan: Plan) -> dict[int, str]:
    return {step.goal.number: step.outcome for step in following(plan, timezone.now()).steps}


def test_what_the_documents_do_not_say_is_open_for_every_goal(plan, client):
    assert set(outcomes(plan).values()) == {"afklares"}
    page = client.get(PLAN).content.decode()
    assert "For 10 af 10 mål siger dokumenterne ikke" in page
    assert "22 afklares" in page


def test_stated_outcomes_are_told_and_the_rest_stays_open(plan):
    successor = Goal.objects.create(plan=plan, number=1, title="Færre unge på forsørgelse")
    Goal.objects.create(plan=plan, number=2, title="Et nyt mål")
    Succession.objects.create(plan=plan, goal=goal(4), outcome="changed", successor=successor)
    Succession.objects.create(plan=plan, goal=goal(7), outcome="dropped", note="Puljen ophørte.")
    assert {n: o for n, o in outcomes(plan).items() if o != "afklares"} == {4: "ændret", 7: "udgået"}
    found = following(plan, timezone.now())
    assert [new.number for new in found.new_goals] == [2]
    assert found.unknown == 8


def test_a_dropped_goal_stays_readable_with_its_last_status(plan, client):
    Succession.objects.create(plan=plan, goal=goal(7), outcome="dropped")
    row = client.get(PLAN).content.decode().split('data-testid="succession"')[1].split("</section>")[0]
    assert "Udgået" in row and "Ikke nået" in row
    page = client.get("/planer/beskaeftigelsesplan-2020/maal/7/").content.decode()
    assert "<strong>udgået</strong>" in page and "28\u00a0%" in page
    before = client.get("/planer/beskaeftigelsesplan-2020/maal/7/?kendt=2020-12-31").content.decode()
    assert "udgået" not in before


def test_objectives_take_a_way_only_between_two_known_answers(plan):
    first, second, *_ = Objective.objects.filter(theme__plan=plan).order_by("number")
    for objective, before, now in ((first, True, False), (second, False, True)):
        Priority.objects.filter(objective=objective).delete()
        for year, answer in ((2020, before), (2021, now)):
            Priority.objects.create(objective=objective, year=year, prioritised=answer)
    assert following(plan, timezone.now()).objectives == [
        ("ikke længere prioriteret", 1),
        ("ny prioritet", 1),
        ("afklares", 20),
    ]


def test_a_plan_says_which_it_follows_and_which_follows_it(client):
    assert "Afløst af" in client.get("/planer/beskaeftigelsesplan-2020/").content.decode()
    assert "Afløst af" not in client.get("/planer/beskaeftigelsesplan-2020/?kendt=2020-12-31").content.decode()
    assert following(Plan.objects.get(slug="beskaeftigelsesplan-2020"), timezone.now()) is None


def test_a_plan_that_has_not_begun_will_take_the_place_and_has_not_done_so(client):
    followed = Plan.objects.get(slug="beskaeftigelsesplan-2020")
    year = timezone.localdate().year + 1
    Plan.objects.create(
        slug="naeste", title="Den næste plan", kind=Plan.Kind.PLAN, year=year, follows=followed,
        period_start=date(year, 1, 1), period_end=date(year, 12, 31), known_from=timezone.localdate(),
    )  # fmt: skip
    data_version.changed()
    text = " ".join(client.get("/planer/beskaeftigelsesplan-2020/").content.decode().split())
    assert f'Afløses 01.01.{year} af <a href="/planer/naeste/"' in text
    assert 'Afløst af <a href="/planer/beskaeftigelsesplan-2021/"' in text


def test_a_plan_names_whom_and_what_it_tells_of(client):
    text = " ".join(client.get("/planer/ministermaal-2018/").content.decode().split())
    assert "<strong>Styrelsen for Arbejdsmarked og Rekruttering (STAR):</strong> Styrelsen leverer data" in text
    assert "<strong>Jobindsats.dk:</strong> Den landsdækkende statistik" in text


def test_a_plan_that_was_not_known_is_not_followed(plan):
    Plan.objects.filter(slug="beskaeftigelsesplan-2020").update(known_from=date(2021, 6, 1))
    plan.refresh_from_db()
    assert following(plan, timezone.make_aware(timezone.datetime(2021, 3, 1))) is None
