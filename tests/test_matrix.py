"""Every cell of the permission matrix is tried, and an address without a row fails.

Here each row is tried by those between whom its answer could differ; `make matrix` tries all methods by all.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from accounts.models import ApiToken, AuditEvent, Team, User
from accounts.roles import PERMISSIONS, Role
from accounts.tokens import NEEDS, create_token, scopes_of
from indicators.models import ImportRun
from indicators.pages.internal.views import PURPOSE
from tests.long_form import at_length
from tests.matrix import ADMINISTRATORS, ALL, EVERYBODY, LOGGED_IN, ROWS, Row

pytestmark = pytest.mark.django_db

FULL = at_length("MATRIX")
STRANGER, NO_ROLE = "stranger", "no role"
ACTORS = [STRANGER, NO_ROLE, *Role]
IN, ASKED_TO_LOG_IN, NOT_THERE, NOT_THIS_WAY = "in", "asked to log in", "404", "405"
TOLD = {401: "401", 403: "403", 404: NOT_THERE, 405: NOT_THIS_WAY}
TEAM = "ungeindsatsen-demo"  # everybody's here: whose row it is, is tried where the row is
ADD = "Add a row for each of these to tests/matrix.py; its first lines show how"


def routes(patterns=None, before: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = f"{before}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(routes()) - ROWS.keys() == set(), ADD
    assert ROWS.keys() - set(routes()) == set(), "Take these rows out of tests/matrix.py: the addresses are gone"


class Actor:
    """A browser, and for the API a token with all its user may give it."""

    def __init__(self, kind: str) -> None:
        self.client, self.bearer, self.token, self.session = Client(), {}, "deadbeef", ""
        if kind == STRANGER:
            return
        team = Team.objects.get(slug=TEAM)
        user = User.objects.create_user(f"{kind.replace(' ', '-')}@example.org", name=kind, team=team)
        if kind != NO_ROLE:
            user.assignments.create(role=kind)
        self.client.force_login(user)
        session = self.client.session
        session[PURPOSE] = "Afprøvning af adgang"
        session.save()
        self.session = str(session.session_key)
        token, text = create_token(name="matrix", scopes=[s.value for s in scopes_of(user)], days=1, by=user)
        self.token, self.bearer = token.prefix, {"Authorization": f"Bearer {text}"}


@pytest.fixture
def actors(portal_with_demo) -> dict[str, Actor]:
    return {kind: Actor(kind) for kind in ACTORS}


@pytest.fixture
def things(actors) -> dict[str, int]:
    """One of each kind that an address names."""
    return {
        "run": ImportRun.objects.create(source="file", state=ImportRun.State.DONE).pk,
        "user": User.objects.first().pk,
        "team": Team.objects.first().pk,
        "auditevent": AuditEvent.objects.first().pk,
    }


def let_in(kind: str, row: Row) -> bool:
    if row.who == EVERYBODY:
        return True
    if row.who == ADMINISTRATORS:
        return kind == Role.ADMINISTRATOR
    if row.who == LOGGED_IN:
        return kind != STRANGER
    return kind in PERMISSIONS and bool(PERMISSIONS[Role(kind)] & row.who)


def expected(kind: str, row: Row, method: str) -> set[str]:
    """What the cell says; a method that is not taken may be refused before or after the reader is."""
    if not let_in(kind, row):
        refusal = ASKED_TO_LOG_IN if kind == STRANGER or row.who == ADMINISTRATORS else NOT_THERE
        return {refusal} | ({NOT_THIS_WAY} if method not in row.methods else set())
    if method not in row.methods:
        return {NOT_THIS_WAY} | ({"403"} if row.who == ADMINISTRATORS else set())
    if row.scope and method == "POST":
        return {_by_token(kind, row.scope)}
    if row.answer:
        return {TOLD[row.answer]} | ({IN} if method == "OPTIONS" else set())
    return {IN}


def _by_token(kind: str, scope: ApiToken.Scope) -> str:
    if kind == STRANGER:
        return "401"
    return IN if kind in PERMISSIONS and NEEDS[scope] in PERMISSIONS[Role(kind)] else "403"


def happened(answer, welcome: bool) -> str:
    place = answer.headers.get("Location", "")
    if ("/log" in place and "next=" in place) or (place == "/admin/" and not welcome):  # which asks in its turn
        return ASKED_TO_LOG_IN
    return TOLD.get(answer.status_code, IN if answer.status_code < 500 else str(answer.status_code))


def tried(row: Row, method: str) -> list[str]:
    """All actors; where not everything is tried, those between whom the cell could differ."""
    if FULL or (row.scope and method == "POST"):
        return ACTORS
    if row.who == EVERYBODY:
        return {"GET": [STRANGER, Role.ADMINISTRATOR], "POST": [STRANGER], "DELETE": [STRANGER]}.get(method, [])
    if method in row.methods and method in ("GET", "POST"):
        return ACTORS
    return [STRANGER, Role.ADMINISTRATOR] if method in ("POST", "DELETE") else []


def answer_of(actor: Actor, row: Row, method: str, things: dict[str, int], welcome: bool) -> str:
    """Whatever the request does is undone."""
    path = row.path.format(**things, token=actor.token)
    path = path if method in ("GET", "HEAD") else path.partition("?")[0]
    asked = {"data": "{}", "content_type": "application/json"} if path.startswith("/api/") else {}
    if actor.session:  # which logging out, tried before, has taken from the browser
        actor.client.cookies[settings.SESSION_COOKIE_NAME] = actor.session
    with transaction.atomic():
        answer = actor.client.generic(method, path, headers=actor.bearer if asked else {}, **asked)
        if getattr(answer, "streaming", False):
            answer.close()
        transaction.set_rollback(True)
    return happened(answer, welcome)


def test_every_cell_answers_as_declared(actors, things):
    cells, problems = 0, []
    for route, row in ROWS.items():
        for method in ALL:
            for kind in tried(row, method):
                found = answer_of(actors[kind], row, method, things, let_in(kind, row))
                wanted, cells = expected(kind, row, method), cells + 1
                if found not in wanted:
                    problems.append(f"{method} {route} by {kind}: {found}, not {' or '.join(sorted(wanted))}")
    print(f"{cells} cells, {len(problems)} otherwise than declared")  # noqa: T201  # the figure is asked for
    assert not problems, "\n".join(problems)
