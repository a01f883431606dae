"""What the administration asks the committee to decide, and no meeting has decided since."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import ngettext

from goals.models import Measure
from goals.status.types import MeasureStatus, PlanStatus, Words
from indicators import formats


@dataclass(frozen=True)
class UndecidedQuestion:
    """A question of one measure, in the words of its newest assessment."""

    status: MeasureStatus
    words: Words

    @property
    def measure(self) -> Measure:
        return self.status.measure


def open_questions(status: PlanStatus) -> list[UndecidedQuestion]:
    return [
        UndecidedQuestion(measure, measure.words) for measure in status.measures if measure.words and _is_open(measure)
    ]


def _is_open(measure: MeasureStatus) -> bool:
    """A decision on the goal, made on the day the question was asked or later, answers it."""
    if measure.words is None or not measure.words.undecided:
        return False
    asked = timezone.localtime(measure.words.made_at).date()
    return measure.decided_on is None or measure.decided_on < asked


def count_in_words(status: PlanStatus, questions: list[UndecidedQuestion]) -> str:
    """ "4 åbne spørgsmål", and since which meeting where one is known."""
    meetings = [measure.decided_on for measure in status.measures if measure.decided_on]
    count = len(questions)
    if not meetings:
        return ngettext("{count} åbent spørgsmål", "{count} åbne spørgsmål", count).format(count=count)
    text = ngettext("{count} åbent spørgsmål siden mødet {day}", "{count} åbne spørgsmål siden mødet {day}", count)
    return text.format(count=count, day=formats.short_date(max(meetings)))
