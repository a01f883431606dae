"""What is said of an objective in words: the number its own text names, and whether it was prioritised in a year."""

from django.utils.translation import gettext as _

from goals.models import ObjectiveTarget, Priority
from goals.models.plans import Confidence
from indicators import formats

SURE = (Confidence.CERTAIN, Confidence.HIGH)


def amount(target: ObjectiveTarget) -> str:
    """ "92 %", "−50 %": the numbers that objectives name are shares and changes in per cent, whatever they are of."""
    return formats.measured(target.value, "percent", formats.decimals_of(target.value))


def priority_in_words(priority: Priority) -> str:
    """ "ja", "nej" or, where it is not known, "afklares"; with how sure that is where it is not printed."""
    if priority.prioritised is None:
        return _("afklares")
    answer = _("ja") if priority.prioritised else _("nej")
    if priority.confidence in SURE:
        return answer
    return _("{answer} (sikkerhed: {confidence})").format(answer=answer, confidence=priority.get_confidence_display())
