"""The municipality's own measures: by role and team, after saying what for, with every look written down."""

import csv
import io

import pytest
from django.test import Client

from accounts.demo_users import email_of
from accounts.models import AuditEvent, Team, User
from accounts.roles import Permission, Role
from accounts.tokens import create_token
from indicators.disclosure.internal_access import LEVELS, level_of, may_see
from indicators.models import Indicator, Series
from viborg_plan.demo import internal_figures

pytestmark = pytest.mark.django_db

MEASURE = "/interne-tal/virksomheder-besoegt/"
PURPOSE = "Opfølgning på teamets mål"
OWN, FOREIGN, ALSO_FOREIGN = internal_figures.TEAMS
# role → the levels it may open; a team beside the word is its own alone
SEEN = {
    Role.READER: {"i-alt", "maalgruppe", "team own"},
    Role.STATUS_WRITER: {"i-alt", "maalgruppe", "team own"},
    Role.DATA_OFFICER: {"i-alt", "maalgruppe", "team all"},
    Role.APPROVER: {"i-alt", "maalgruppe", "team own", "medarbejder own"},
    Role.SECRETARY: {"i-alt", "maalgruppe", "team own"},
    Role.ADMINISTRATOR: {"i-alt", "maalgruppe", "team all", "medarbejder own"},
}


def colleague(role: Role, team: str | None = OWN) -> Client:
    user = User.objects.create_user(f"{role.value}@example.org", name=role.label)
    user.assignments.create(role=role)
    User.objects.filter(pk=user.pk).update(team=Team.objects.get(slug=team) if team else None)
    client = Client()
    client.force_login(user)
    return client


def with_purpose(client: Client) -> Client:
    assert client.post("/interne-tal/formaal/", {"purpose": PURPOSE}).headers["Location"] == "/interne-tal/"
    return client


def rows_of(client: Client, level: str, **more) -> list[dict]:
    answer = client.get(MEASURE[:-1] + ".csv", {"niveau": level, **more})
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_a_stranger_has_to_log_in(client, portal_with_demo):
    for path in ("/interne-tal/", MEASURE, MEASURE[:-1] + ".csv"):
        assert client.get(path).headers["Location"].startswith("/log-ind/")


def test_nothing_is_shown_before_a_purpose_is_said(portal_with_demo):
    client = colleague(Role.DATA_OFFICER)
    assert "Hvad skal du bruge tallene til?" in client.get("/interne-tal/").content.decode()
    assert [client.get(p).status_code for p in (MEASURE, MEASURE[:-1] + ".csv")] == [302, 302]
    for said in ("", "kort", "Opfølgning på 010190-1234"):
        answer = client.post("/interne-tal/formaal/", {"purpose": said})
        assert answer.status_code == 400 and "010190" not in answer.content.decode()
    assert client.get(MEASURE).status_code == 302
    assert with_purpose(client).get(MEASURE).status_code == 200


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_the_levels_the_rules_give_it(portal_with_demo, role):
    client = with_purpose(colleague(role))
    opened = set()
    for level in LEVELS:
        if client.get(MEASURE, {"niveau": level.code}).status_code == 404:
            continue
        teams = {
            series.breakdown.rpartition("team=")[2]
            for series in Series.objects.for_user(User.objects.get(email=f"{role.value}@example.org"))
            if level_of(series.breakdown) == level and "team=" in series.breakdown
        }
        extent = {frozenset(): "", frozenset({OWN}): " own", frozenset(internal_figures.TEAMS): " all"}[
            frozenset(teams)
        ]
        opened.add(level.code + extent)
    assert opened == SEEN[role]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("team", [FOREIGN, ALSO_FOREIGN, "findes-ikke"])
@pytest.mark.parametrize("level", ["team", "medarbejder"])
def test_another_teams_numbers_are_not_there_by_page_filter_or_file(portal_with_demo, role, team, level):
    client = with_purpose(colleague(role))
    asked = {"niveau": level, "team": team}
    expected = 200 if level == "team" and f"{level} all" in SEEN[role] and team in internal_figures.TEAMS else 404
    assert client.get(MEASURE, asked).status_code == expected
    assert client.get(MEASURE[:-1] + ".csv", asked).status_code == expected
    if expected == 404:
        page = client.get(MEASURE, {"niveau": level})
        assert internal_figures.TEAMS.get(team, "Ukendt team") not in page.content.decode()


def test_who_has_no_team_sees_no_team(portal_with_demo):
    client = with_purpose(colleague(Role.APPROVER, team=None))
    assert [client.get(MEASURE, {"niveau": n}).status_code for n in ("i-alt", "team", "medarbejder")] == [200, 404, 404]


def test_a_breakdown_without_a_rule_is_shown_to_nobody():
    everything = frozenset(Permission)
    assert may_see(everything, OWN, f"team={OWN}")
    assert not may_see(everything, OWN, f"maalgruppe=Unge;team={OWN}")
    assert not may_see(everything, OWN, "koen=k")


def test_page_and_file_withhold_the_same_numbers(portal_with_demo):
    client = with_purpose(colleague(Role.APPROVER))
    rows = rows_of(client, "medarbejder")
    gone = [row for row in rows if row["Mangler fordi"] == "under mindste antal"]
    assert gone and all(row["Værdi"] == "" for row in gone)
    page = client.get(MEASURE, {"niveau": "medarbejder"}).content.decode()
    assert page.count('<abbr title="under mindste antal">') == len(gone)
    assert all(row["Demotal"] == "ja" for row in rows) and 'class="demo"' in page


def test_every_look_says_who_saw_what_when_what_for_and_about_whom(portal_with_demo):
    client = with_purpose(colleague(Role.APPROVER))
    client.get(MEASURE, {"niveau": "medarbejder"})
    client.get(MEASURE[:-1] + ".csv", {"niveau": "team"})
    events = AuditEvent.objects.filter(verb="read", actor="approver@example.org")
    assert {(e.key, e.about, e.reason) for e in events} == {
        ("virksomheder-besoegt/medarbejder", "demo-ungeindsatsen-1", PURPOSE),
        ("virksomheder-besoegt/medarbejder", "demo-ungeindsatsen-2", PURPOSE),
        ("virksomheder-besoegt/medarbejder", "demo-ungeindsatsen-3", PURPOSE),
        ("virksomheder-besoegt/team", OWN, PURPOSE),
    }


def test_what_is_refused_is_not_written_down_as_seen(portal_with_demo):
    client = with_purpose(colleague(Role.READER))
    client.get(MEASURE, {"niveau": "medarbejder"})
    assert not AuditEvent.objects.filter(verb="read").exists()


def test_numbers_about_colleagues_never_leave_by_the_api_not_even_with_a_token(client, portal_with_demo):
    user = User.objects.get(email=email_of(Role.ADMINISTRATOR))
    _, text = create_token(name="program", scopes=["read:internal"], days=1, by=user)
    bearer = {"Authorization": f"Bearer {text}"}
    for path in ("observations", "series"):
        for asked in ("", "&format=csv"):
            url = f"/api/v1/{path}/?indicator=virksomheder-besoegt&limit=1000{asked}"
            told = client.get(url, headers=bearer)
            body = b"".join(told) if told.streaming else told.content
            assert told.status_code == 200 and b"maalgruppe" in body
            assert b"medarbejder" not in body and b"demo-" not in body
    since = client.get("/api/v1/observations/?known_since=2021-02-05&limit=1000", headers=bearer).content
    assert b"virksomheder-besoegt" in since and b'"medarbejder"' not in since and b'"team"' not in since
    assert client.get(f"/api/v1/observations/?breakdown=team={OWN}", headers=bearer).status_code == 400


def test_the_public_sees_nothing_of_them(client, portal_with_demo):
    codes = list(Indicator.objects.filter(visibility="internal").values_list("code", flat=True))
    assert len(codes) == 11
    for code in codes:
        public = [f"/indikatorer/{code}/", f"/indikatorer/{code}.csv", f"/indikatorer/{code}.json"]
        assert {client.get(path).status_code for path in public} == {404}
        assert client.get(f"/udforsk/?indikator={code}").status_code == 400
        assert client.get(f"/api/v1/observations/?indicator={code}").status_code == 400
    assert all(code not in client.get("/api/v1/indicators/").content.decode() for code in codes)


def test_the_page_costs_few_queries(portal_with_demo, django_assert_max_num_queries):
    client = with_purpose(colleague(Role.DATA_OFFICER))
    with django_assert_max_num_queries(20):
        client.get(MEASURE, {"niveau": "team"})
