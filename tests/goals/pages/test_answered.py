"""After the answer nothing is said to be open any more, and the benchmark's last twelve months are its newest one."""

import re
from datetime import date

import pytest

from accounts.models import User
from goals.editing.answers import answer_question
from goals.models import Answer, OpenQuestion, Plan, Target
from goals.pages.goal_table import row_of
from goals.status.plan_status import plan_status
from goals.status.types import MeasureStatus
from indicators.as_of import end_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
GOAL = "/planer/beskaeftigelsesplan-2020/maal/{}/"


def answer(code: str, **settled) -> None:
    found = OpenQuestion.objects.select_related("plan").get(code=code, plan__slug="beskaeftigelsesplan-2020")
    editor = User.objects.create_user(f"{code}@example.org", name="Rie")
    answer_question(question=found, text="Ja.", source="Sag 1", settled=settled, by=editor)


def text_of(client, path: str) -> str:
    main = client.get(path).content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\u00a0", " ").split())


def test_under_4a_nothing_is_open_once_rounding_is_answered(client):
    unclear = "Planen siger ikke, om en værdi skal rundes af, før den holdes op mod målet."
    assert f"{unclear} afklares" in text_of(client, GOAL.format(4))
    answer("Q7", rounded=True)
    text = text_of(client, GOAL.format(4))
    assert f"{unclear} Se svaret" in text and f"{unclear} afklares" not in text
    assert f"{unclear} afklares" in text_of(client, f"{GOAL.format(4)}?kendt=2021-03-01")


def test_the_heading_of_the_questions_says_when_all_are_answered(client):
    heading = re.compile(r'<h2 id="afklares">\s*Afklaret\s*</h2>')
    assert not heading.search(client.get(GOAL.format(4)).content.decode())
    others = OpenQuestion.objects.filter(goals__number=4).exclude(code="Q7").distinct()
    Answer.objects.bulk_create(Answer(question=one, text="Ja.", source="S", known_from="2026-01-01") for one in others)
    answer("Q7", rounded=True)
    assert heading.search(client.get(GOAL.format(4)).content.decode())
    assert " Clarified " in text_of(client, f"/en{GOAL.format(4)}")


def benchmark(day: date) -> MeasureStatus:
    plan = Plan.objects.get(slug="beskaeftigelsesplan-2020")
    return plan_status(plan, end_of(day), goal=1).goals[0].measures[0]


def test_the_last_twelve_months_of_the_benchmark_are_its_newest_edition():
    """An edition is of four quarters, and two come a year: 49 is Viborg's place in the one to the end of 2020."""
    Target.objects.filter(measure__code="m01").update(basis=Target.Basis.ROLLING)
    spring, autumn = benchmark(date(2021, 5, 1)), benchmark(date(2021, 3, 1))
    assert (autumn.holding.value, autumn.standing) == (43, "met")
    assert (spring.holding.value, spring.standing) == (49, "missed")
    row = row_of(spring)
    assert (row.value, row.period) == ("nr.\u00a049", "12 mdr. til 4. kvt. 2020")
