"""A plan made of the plan before: first a draft nobody else sees, then a plan that says what became of each goal."""

import pytest
from django.test import Client

from accounts.roles import Role
from goals.models import Goal, Plan, Target
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


def test_a_plan_without_goals_is_not_copied_and_the_page_says_why(editor):
    path = "/planer/beskaeftigelsesplan-2021/rediger/kopier/"
    assert "Planen har ingen nummererede mål" in text_of(editor.get(path))
    answer = editor.post(path, opened(editor, path))
    assert answer.status_code == 422 and "Planen har ingen nummererede mål" in text_of(answer)
    assert not Plan.objects.filter(slug="beskaeftigelsesplan-2022").exists()
