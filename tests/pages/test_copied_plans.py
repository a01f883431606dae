"""A plan made of the plan before: first a draft nobody else sees, then a plan that says what became of each goal."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from goals.models import Goal, Objective, Plan, Target
from indicators import formats
from initiatives.documents.dump import dump_plan
from initiatives.documents.load import load_plans
from initiatives.models import Initiative, Link
from initiatives.status.due import due_items
from tests.pages.test_edit_pages import PLAN, address, opened
from tests.pages.test_import_page import logged_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]


@pytest.fixture
def editor() -> Client:
    return logged_in(Role.SECRETARY, email="rie@example.org")


def copied(editor: Client, **said) -> Plan:
    path = address("kopier-plan")
    outcomes = {f"outcome-{n}": "continued" for n in range(1, 11)} | {"outcome-2": "changed", "outcome-9": "dropped"}
    answer = editor.post(path, opened(editor, path) | outcomes | {"year": "2022", "title": "Plan 2022"} | said)
    assert answer.status_code == 302, text_of(answer)
    return Plan.objects.get(slug="beskaeftigelsesplan-2022")


def test_a_copy_is_a_draft_that_nobody_else_sees(editor, client):
    draft = copied(editor)
    assert draft.known_from is None and draft.goals.count() == 9
    assert draft.successions.get(goal__number=9).successor is None
    for path in ("", "maal/1/", "maalepunkter/", "maalepunkter.csv"):
        assert client.get(f"/planer/{draft.slug}/{path}").status_code == 404
    everything = ["/", "/planer/", f"/planer/{PLAN}/", f"/planer/{PLAN}/maal/9/", "/data/nyt.json", "/aendringer/"]
    everything += ["/api/v1/plans/", "/api/v1/goals/", "/api/v1/targets/", "/indsatser/", "/api/v1/plans/?plan=x"]
    for path in everything:
        answer = client.get(path).content.decode()
        assert draft.slug not in answer and "Plan 2022" not in answer, path
    assert client.get(f"/api/v1/plans/{draft.slug}/").status_code == 404
    assert client.get("/api/v1/goals/", {"plan": draft.slug}).status_code == 400


def test_a_continued_goal_keeps_its_target_and_a_changed_one_waits_for_its_own(editor):
    draft = copied(editor)
    kept = Target.objects.get(measure__goal__plan=draft, measure__goal__number=4, measure__part="a")
    assert (kept.value, kept.kind, kept.document) == (11, "original", draft)
    assert not Target.objects.filter(measure__goal__plan=draft, measure__goal__number=2).exists()


def test_published_everybody_sees_it_and_what_became_of_each_goal(editor, client):
    draft = copied(editor)
    assert editor.post(f"/planer/{draft.slug}/rediger/udgiv/", {"seen": ""}).status_code == 302
    page = text_of(client.get(f"/planer/{draft.slug}/"))
    assert "Udgået" in page and "Ændret" in page and "Videreført" in page
    dropped = text_of(client.get(f"/planer/{PLAN}/maal/9/"))
    assert "udgået" in dropped and "Nyt mål (tillæg)" in dropped
    assert client.get(f"/planer/{draft.slug}/", {"kendt": "2021-06-01"}).status_code == 404
    assert "Udgået" not in text_of(client.get(f"/planer/{PLAN}/maal/9/", {"kendt": "2021-06-01"}))
    assert (
        Goal.objects.get(plan=draft, number=4).links.count()
        == Goal.objects.get(plan__slug=PLAN, number=4).links.count()
    )
    assert editor.post(f"/planer/{draft.slug}/rediger/udgiv/", {"seen": ""}).status_code == 404


def test_the_front_page_changes_when_it_is_told_to_and_yesterday_keeps_its_plan(editor, client):
    draft = copied(editor)
    editor.post(f"/planer/{draft.slug}/rediger/udgiv/", {"current": "on"})
    assert f"/planer/{draft.slug}/maal/" in client.get("/").content.decode()
    then = client.get("/", {"kendt": "2021-06-01"}).content.decode()
    assert f"/planer/{PLAN}/maal/" in then and draft.slug not in then


def test_an_editor_finds_the_draft_again_on_the_page_of_plans_and_nobody_else_does(editor, client):
    draft = copied(editor)
    assert f'href="/planer/{draft.slug}/rediger/"' in editor.get("/planer/").content.decode()
    assert "Kladder" not in text_of(editor.get("/planer/", {"kendt": "2021-06-01"}))
    colleague = logged_in(Role.APPROVER, email="bo@example.org")
    for reader in (client, colleague):
        answer = reader.get("/planer/")
        assert "Kladder" not in text_of(answer) and draft.slug not in answer.content.decode()


def test_the_year_after_the_plan_is_suggested_and_one_that_is_there_is_refused_with_the_way_to_it(editor):
    path = address("kopier-plan")
    assert opened(editor, path)["year"] == "2021"
    outcomes = {f"outcome-{n}": "continued" for n in range(1, 11)}
    copied(editor)
    for year in ("2021", "2022"):
        answer = editor.post(path, opened(editor, path) | outcomes | {"year": year})
        assert answer.status_code == 422 and f"Der er allerede en plan for {year}." in text_of(answer)
    assert 'href="/planer/beskaeftigelsesplan-2022/rediger/"' in answer.content.decode()


MODEL = "beskaeftigelsesplan-2021"
COPY_MODEL = f"/planer/{MODEL}/rediger/kopier/"


def fates(**other: str) -> dict[str, str]:
    """Every objective goes on, but for those named: `o1_2="dropped"`."""
    numbers = Objective.objects.filter(theme__plan__slug=MODEL).values_list("number", flat=True)
    said = {number.replace("o", "").replace("_", "."): outcome for number, outcome in other.items()}
    return {f"outcome-m{number}": said.get(number, "continued") for number in numbers}


def model_copied(editor: Client, **other: str) -> Plan:
    answer = editor.post(COPY_MODEL, opened(editor, COPY_MODEL) | fates(**other) | {"title": "Plan 2022"})
    assert answer.status_code == 302, text_of(answer)
    return Plan.objects.get(slug="beskaeftigelsesplan-2022")


def published(editor: Client, draft: Plan) -> None:
    assert editor.post(f"/planer/{draft.slug}/rediger/udgiv/", {"seen": ""}).status_code == 302


def test_a_plan_of_objectives_is_copied_with_themes_numbers_and_what_is_known_of_priorities(editor):
    draft = model_copied(editor, o1_2="dropped", o1_3="changed")
    assert [t.name for t in draft.themes.all()] == [t.name for t in Plan.objects.get(slug=MODEL).themes.all()]
    copies = Objective.objects.filter(theme__plan=draft)
    assert copies.count() == 21 and not copies.filter(number="1.2").exists()
    assert [str(target) for target in copies.get(number="1.3").targets.all()] == ["92 percent"]
    said = copies.get(number="1.1").priorities.order_by("year").values_list("year", "prioritised", "confidence")
    assert list(said) == [(2020, True, "medium"), (2021, None, "unknown"), (2022, None, "unknown")]
    outcomes = draft.objective_successions.filter(objective__number__in=["1.1", "1.2", "1.3"]).order_by("pk")
    assert [step.outcome for step in outcomes] == ["continued", "dropped", "changed"]
    assert outcomes.get(objective__number="1.2").successor is None


def test_the_fate_of_every_objective_must_be_said(editor):
    left = fates() | {"outcome-m3.1": ""}
    answer = editor.post(COPY_MODEL, opened(editor, COPY_MODEL) | left)
    assert answer.status_code == 422 and "Vælg, hvad der bliver af målsætningen." in text_of(answer)
    assert not Plan.objects.filter(slug="beskaeftigelsesplan-2022").exists()


def test_who_says_that_the_rest_goes_on_chooses_only_what_does_not(editor):
    said = {"title": "Plan 2022", "rest": "on", "outcome-m1.2": "dropped"}
    answer = editor.post(COPY_MODEL, opened(editor, COPY_MODEL) | said)
    assert answer.status_code == 302, text_of(answer)
    told = Plan.objects.get(slug="beskaeftigelsesplan-2022").objective_successions
    assert told.filter(outcome="continued").count() == 21
    assert told.get(outcome="dropped").objective.number == "1.2"


def test_a_draft_of_objectives_is_nobodys_to_see(editor, client):
    draft = model_copied(editor)
    before = text_of(client.get("/maalsaetninger/"))
    assert "22 målsætninger i 6 temaer" in before
    for path in ("/planer/", "/maalsaetninger/", "/indsatser/", f"/planer/{MODEL}/", "/api/v1/objectives/"):
        assert draft.slug not in client.get(path).content.decode(), path


def test_published_it_takes_the_place_of_the_plan_before_which_keeps_what_was_dropped(editor, client):
    draft = model_copied(editor, o1_2="dropped")
    published(editor, draft)
    model = text_of(client.get("/maalsaetninger/"))
    assert "21 målsætninger i 6 temaer" in model and "2022: 21 afklares" in model
    then = text_of(client.get("/maalsaetninger/", {"kendt": "2021-06-01"}))
    assert "22 målsætninger i 6 temaer" in then and "2022" not in then
    told = text_of(client.get(f"/planer/{draft.slug}/"))
    assert "Hvad blev der af målsætningerne fra 2021?" in told and "Udgået" in told
    old = client.get(f"/planer/{MODEL}/").content.decode()
    assert old.count('data-testid="fate"') == 22 and "1.2" in old and "udgået" in old
    assert 'data-testid="fate"' not in client.get(f"/planer/{MODEL}/", {"kendt": "2021-06-01"}).content.decode()


def test_who_publishes_objectives_is_told_what_they_take_the_place_of_and_when(editor, client):
    draft = model_copied(editor, o1_1="dropped")
    publish = f"/planer/{draft.slug}/rediger/udgiv/"
    told = text_of(editor.get(publish))
    day = formats.long_date(timezone.localdate()).replace("\xa0", " ")
    assert f"viser fra {day} dens målsætninger i stedet for dem i Beskæftigelsesplan 2021" in told
    assert "30 indsatser fra tidligere planer følger med." in told
    page = text_of(editor.get(f"/planer/{draft.slug}/rediger/"))
    assert "30 indsatser fra andre planer følger med, når planen udgives" in page
    year = timezone.localdate().year + 1
    Plan.objects.filter(pk=draft.pk).update(period_start=date(year, 1, 1), period_end=date(year, 12, 31))
    assert f"viser fra 1. januar {year} dens målsætninger" in text_of(editor.get(publish))
    published(editor, draft)
    assert "22 målsætninger i 6 temaer" in text_of(client.get("/maalsaetninger/"))
    assert "30 indsatser fra andre planer bidrager til den" in text_of(editor.get(f"/planer/{draft.slug}/rediger/"))
    counts = [client.get("/api/v1/initiatives/", {name: draft.slug}).json()["count"] for name in ("plan", "serves")]
    assert counts == [0, 30]


def test_initiatives_go_on_with_what_their_objectives_became(editor, client):
    served = Link.objects.filter(objective__theme__plan__slug=MODEL)
    due = {item.initiative for item in due_items(timezone.localdate())}
    dropped = served.filter(objective__number="1.1").values("initiative")
    only_there = set(Initiative.objects.filter(pk__in=dropped)) - set(
        Initiative.objects.filter(links__in=served.exclude(objective__number="1.1"))
    )
    draft = model_copied(editor, o1_1="dropped")
    assert not Link.objects.filter(objective__theme__plan=draft).exists()
    published(editor, draft)
    tied = Link.objects.filter(objective__theme__plan=draft)
    assert tied.count() == served.exclude(objective__number="1.1").count()
    assert only_there and {i.initiative for i in due_items(timezone.localdate())} == due - only_there
    initiative = served.exclude(objective__number="1.1").first().initiative
    page = client.get(f"/indsatser/{initiative.slug}/").content.decode()
    assert f"/planer/{MODEL}/#tema-" in page and f"/planer/{draft.slug}/#tema-" in page


def test_a_plan_without_goals_is_not_put_on_the_front_page(editor):
    draft = model_copied(editor)
    answer = editor.post(f"/planer/{draft.slug}/rediger/udgiv/", {"current": "on"})
    assert answer.status_code == 422 and "Forsiden viser mål med målepunkter" in text_of(answer)
    assert Plan.objects.get(current=True).slug == PLAN


def test_the_copy_of_objectives_is_dumped_and_loaded_as_it_is(editor, tmp_path):
    draft = model_copied(editor, o1_2="dropped")
    published(editor, draft)
    path = tmp_path / f"{draft.slug}.yaml"
    path.write_text(dump_plan(draft.slug))
    assert "objective_successions:" in path.read_text()
    (changes,) = load_plans([path])
    assert changes.lines == []


def test_a_plan_with_nothing_in_it_is_not_copied_and_the_page_says_why(editor):
    Plan.objects.create(
        slug="tom", title="Tom", kind="plan", year=2030, known_from="2021-01-01",
        period_start="2030-01-01", period_end="2030-12-31",
    )  # fmt: skip
    path = "/planer/tom/rediger/kopier/"
    assert "Planen har hverken mål eller målsætninger" in text_of(editor.get(path))
    answer = editor.post(path, opened(editor, path))
    assert answer.status_code == 422 and "intet at kopiere" in text_of(answer)
