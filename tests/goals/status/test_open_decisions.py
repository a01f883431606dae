"""What waits for the committee: asked by the administration, and not decided since."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from goals.models import Decision, Goal
from goals.status import open_decisions
from goals.status.plan_status import plan_status
from viborg_plan.demo.figures import COPENHAGEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]


def asked(moment: datetime | None = None) -> tuple[list[str], str]:
    status = plan_status(None, moment or timezone.now())
    questions = open_decisions.open_questions(status)
    return [question.measure.code for question in questions], open_decisions.count_in_words(status, questions)


def decide(number: int, meeting: date, known_from: date) -> None:
    goal = Goal.objects.get(plan__current=True, number=number)
    Decision.objects.create(
        plan=goal.plan, goal=goal, code=f"b{number}", meeting=meeting, text="Drøftet.", known_from=known_from
    )


def test_the_newest_assessments_say_what_is_asked():
    assert asked() == (["m02", "m04a", "m06", "m10"], "4 åbne spørgsmål")


def test_before_the_assessments_nothing_was_asked():
    codes, words = asked(datetime(2020, 9, 1, tzinfo=COPENHAGEN))
    assert (codes, words) == ([], "0 åbne spørgsmål")


def test_a_decision_on_the_goal_answers_its_question_from_the_day_it_is_known():
    decide(4, meeting=date(2021, 2, 23), known_from=date(2021, 3, 1))
    assert asked(datetime(2021, 2, 25, tzinfo=COPENHAGEN))[0] == ["m02", "m04a", "m06", "m10"]
    codes, words = asked()
    assert codes == ["m02", "m06", "m10"]
    assert words == "3 åbne spørgsmål siden mødet 23.02.2021"


def test_a_decision_from_before_the_question_does_not_answer_it():
    decide(4, meeting=date(2020, 11, 24), known_from=date(2020, 11, 24))
    assert "m04a" in asked()[0]
