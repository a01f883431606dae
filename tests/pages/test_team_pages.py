"""Who writes of it: an editor gives an initiative or a measure to a team, which then finds it on its own page."""

import pytest
from django.test import Client

from accounts.models import AuditEvent, Team, User
from accounts.roles import Role
from goals.models import Measure
from initiatives.models import Initiative
from tests.pages.test_edit_pages import opened
from tests.pages.test_import_page import logged_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
SLUG = "indsats-for-oeget-udbud-af-faglaert-arbejdskraft"
INITIATIVE = f"/indsatser/{SLUG}/rediger/"
MEASURE = "/planer/beskaeftigelsesplan-2020/rediger/maal/7/m07/"


@pytest.fixture
def editor() -> Client:
    return logged_in(Role.SECRETARY, email="rie@example.org")


@pytest.fixture
def team() -> Team:
    return Team.objects.create(slug="virksomheder", name="Virksomhedsteamet")


@pytest.fixture
def member(team) -> Client:
    client = logged_in(Role.STATUS_WRITER, email="alma@example.org")
    User.objects.filter(email="alma@example.org").update(team=team)
    return client


@pytest.mark.parametrize("path", [INITIATIVE, MEASURE])
def test_the_list_leads_to_the_form_and_what_is_given_leaves_the_list_and_stands_on_the_teams_page(
    editor, member, team, path
):
    missing = editor.get("/redaktion/").content.decode()
    name = Initiative.objects.get(slug=SLUG).name if path == INITIATIVE else Measure.objects.get(code="m07").short_name
    assert f'href="{path}#id_team"' in missing
    assert name not in text_of(member.get("/mine/"))

    said = opened(editor, path) | {"team": str(team.pk), "reason": "Aftalt i ledelsen", "gem": "ja"}
    assert editor.post(path, said).status_code == 302
    assert f'href="{path}#id_team"' not in editor.get("/redaktion/").content.decode()
    assert name in text_of(member.get("/mine/"))
    event = AuditEvent.objects.get(actor="rie@example.org")
    assert (event.verb, event.changes, event.reason) == ("changed", {"team": [None, team.slug]}, "Aftalt i ledelsen")


def test_who_may_not_edit_finds_the_list_without_a_way_to_the_form():
    page = logged_in(Role.READER).get("/redaktion/").content.decode()
    assert "#id_team" not in page and f'href="/indsatser/{SLUG}/"' in page


def test_a_team_that_was_taken_away_is_told_and_the_item_is_missing_again(editor, team):
    Initiative.objects.filter(slug=SLUG).update(team=team)
    assert f"{INITIATIVE}#id_team" not in editor.get("/redaktion/").content.decode()
    assert editor.post(INITIATIVE, opened(editor, INITIATIVE) | {"team": ""}).status_code == 302
    assert f"{INITIATIVE}#id_team" in editor.get("/redaktion/").content.decode()
    assert AuditEvent.objects.get(actor="rie@example.org").changes == {"team": [team.slug, None]}
