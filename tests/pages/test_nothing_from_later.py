"""As known on an early day no page holds what was first known later: names, questions, actions, documents."""

import html
import re
from collections.abc import Iterator
from datetime import date

import pytest

from goals.models import Decision, FocusArea, OpenQuestion, Plan, Statement, Theme
from initiatives.models import Action, Initiative, Partner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
DAYS = [date(2020, 1, 15), date(2020, 4, 1), date(2020, 6, 15)]
PLAN = "/planer/beskaeftigelsesplan-2020/"
PAGES = [
    "/", "/planer/", PLAN, *(f"{PLAN}maal/{number}/" for number in range(1, 11)), f"{PLAN}maalepunkter/",
    "/planer/ministermaal-2018/", "/planer/beskaeftigelsesstrategi-2015/", "/planer/tillaeg-2020/",
    "/planer/beskaeftigelsesplan-2021/", "/indsatser/", "/maalsaetninger/", "/hoeringer/", "/moeder/",
    "/indsatser/task-force-viborg/", "/partnere/mercantec/",
]  # fmt: skip


def later(day: date) -> Iterator[str]:
    """What the rows themselves say was first known after the day."""
    plans = Plan.objects.filter(known_from__gt=day)
    yield from plans.values_list("title", flat=True)
    yield from (f"/planer/{slug}/" for slug in plans.values_list("slug", flat=True))
    yield from OpenQuestion.objects.filter(plan__in=plans).values_list("text", flat=True)
    yield from FocusArea.objects.filter(introduced_by__in=plans).values_list("name", flat=True)
    yield from Theme.objects.filter(plan__in=plans).values_list("name", flat=True)
    yield from Partner.objects.filter(introduced_by__in=plans).values_list("name", flat=True)
    yield from Initiative.objects.filter(plan__in=plans).values_list("name", flat=True)
    yield from Action.objects.filter(heading__plan__in=plans).values_list("text", flat=True)
    yield from Decision.objects.filter(known_from__gt=day).values_list("text", flat=True)


def told(client, path: str, query: str = "") -> str:
    answer = client.get(f"{path}{query}")
    if answer.status_code == 404:
        return ""
    main = re.split(r"<main|</main>", answer.content.decode())[1]
    text = html.unescape(f"{main} {re.sub(r'<[^>]+>', ' ', main)}").replace("\u00a0", " ")
    return " ".join(text.split())


@pytest.mark.parametrize("day", DAYS)
def test_no_page_tells_what_was_first_known_later(client, day):
    early = {path: told(client, path, f"?kendt={day}") for path in PAGES}
    assert sum(map(bool, early.values())) > 15
    words = [word for word in set(later(day)) if len(word) > 12]
    stated = Statement.objects.filter(plan__known_from__lte=day)  # older documents name some of the same partners
    older = " ".join(f"{statement.text} {statement.details}" for statement in stated)
    words = [word for word in words if word not in older]
    now = " ".join(told(client, path) for path in PAGES)
    assert len([word for word in words if word in now]) > 60  # and each kind of them is looked for in earnest
    leaks = {(path, word) for path, text in early.items() for word in words if word in text}
    assert leaks == set()
