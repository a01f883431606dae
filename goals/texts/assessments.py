"""Assessing a measure: what the administration says of it, checked and saved as the next version of the text."""

from dataclasses import dataclass, fields
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permitted_text import with_line_breaks
from goals.judging import Verdict
from goals.models import Assessment, Measure
from goals.status.plan_status import goal_statuses
from goals.status.types import MeasureStatus
from goals.texts import versions
from goals.texts.versions import TextRefused
from indicators import periods

LONGEST = {"headline": 90, "why": 1000, "doing": 1000, "outlook": 500, "undecided": 500, "reason": 500}


@dataclass(frozen=True)
class Assessed:
    """What the administration says of a measure."""

    verdict: str
    confidence: str
    headline: str
    why: str
    doing: str
    outlook: str = ""
    undecided: str = ""
    reason: str = ""
    author_role: str = ""


def status_of(measure: Measure) -> MeasureStatus | None:
    """The measure as it is judged now; None while its plan is not known."""
    (goal,) = goal_statuses([measure.goal], timezone.now())
    return next((status for status in goal.measures if status.measure.pk == measure.pk), None)


def assessed_period(status: MeasureStatus) -> int:
    """An assessment is of the newest settled figure; without one, of this month."""
    today = timezone.localdate()
    return status.latest.period if status.latest else periods.of(today.year, today.month)


def write_assessment(
    *, measure: Measure, words: Assessed, by: User,
    seen: int | None = None, client_id: UUID | None = None, draft: bool = False,
) -> Assessment:  # fmt: skip
    """Beside the calculated verdict, never instead of it: who disagrees with it says why."""
    status = status_of(measure)
    if status is None:
        raise TextRefused("verdict", _("målepunktet kan ikke ses endnu."))
    said = {field.name: with_line_breaks(getattr(words, field.name)).strip() for field in fields(words)}
    _check(said, status.standing, draft)
    made = Assessment(measure=measure, period=assessed_period(status), client_id=client_id, **said)
    return versions.add(made, by=by, seen=seen, draft=draft)


def _check(said: dict[str, str], calculated: Verdict, draft: bool) -> None:
    if said["verdict"] not in Verdict.values:
        raise TextRefused("verdict", _("vælg en vurdering."))
    if said["confidence"] not in Assessment.Confidence.values:
        raise TextRefused("confidence", _("vælg, hvor sikker vurderingen er."))
    versions.check_texts((name, said[name], longest) for name, longest in LONGEST.items())
    versions.check_texts([("author_role", said["author_role"], 120)])
    if draft:
        return
    for name in ("headline", "why", "doing", "author_role"):
        if not said[name]:
            raise TextRefused(name, _("feltet skal udfyldes."))
    if said["verdict"] != calculated and not said["reason"]:
        reason = _("skriv hvorfor, når vurderingen afviger fra den beregnede: %(verdict)s.")
        raise TextRefused("reason", reason % {"verdict": calculated.label})
    if said["confidence"] == Assessment.Confidence.LOW and not said["outlook"]:
        raise TextRefused("outlook", _("skriv, hvad der er usikkert, når sikkerheden er lav."))
