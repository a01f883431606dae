"""Answering what the documents leave open: a dated record, and what it settles in the plan."""

from collections.abc import Callable, Mapping
from datetime import date
from textwrap import shorten
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from goals.editing.audited_change import EditRefused, StaleEdit, change, create
from goals.editing.target_changes import measures_about, record_decision, restate, targets_in_force
from goals.models import Answer, OpenQuestion, Settles, Target

QUESTION_LENGTH = 80  # characters: what tells one question from another
Settled = Mapping[str, Any]


def newest_answer(question: OpenQuestion) -> str:
    newest = question.answers.order_by("-id").first()
    return str(newest.pk) if newest else "0"


@transaction.atomic
def answer_question(
    *, question: OpenQuestion, text: str, source: str, by: User, settled: Settled | None = None, seen: str | None = None
) -> Answer:
    """Another answer after those there are, and the facts it settles, known from today."""
    OpenQuestion.objects.select_for_update().get(pk=question.pk)
    if seen is not None and seen != newest_answer(question):
        raise StaleEdit
    for field, said in (("text", text), ("source", source)):
        if not said.strip():
            raise EditRefused(field, _("Skriv svaret og hvor det står, så andre kan slå det efter."))
    facts = {
        "question": question, "text": text.strip(), "source": source.strip(),
        "known_from": timezone.localdate(), "given_by": by.email,
    }  # fmt: skip
    answer = create(model=Answer, facts=facts, by=by)
    if settled:
        SETTLING[Settles(question.settles)](question, _reason(question, text, source), by, **settled)
    return answer


def _reason(question: OpenQuestion, text: str, source: str) -> str:
    first = "".join(question.text.partition("?")[:2])
    asked = shorten(first, QUESTION_LENGTH, placeholder=" …")
    return _("Svar på »%(asked)s«: %(text)s (%(source)s)") % {"asked": asked, "text": text, "source": source}


def _adopted(
    question: OpenQuestion, reason: str, by: User, *, meeting: date, valid_from: date | None = None,
    case_number: str = "", link: str = "",
) -> None:  # fmt: skip
    """The document's day of adoption, its decision, and the day from which its targets are in force."""
    plan = question.plan
    text = _("%(plan)s blev vedtaget.") % {"plan": plan.title}
    decision = record_decision(plan=plan, meeting=meeting, text=text, case_number=case_number, link=link, by=by)
    change(row=plan, facts={"adopted_on": meeting}, by=by, reason=reason)
    stated = targets_in_force(measures_about(question), [Target.Kind.REVISED])
    own = [target for target in stated if target.document_id == plan.pk]
    restate(own, by=by, reason=reason, decision=decision, valid_from=valid_from or meeting)


def _basis(question: OpenQuestion, reason: str, by: User, *, basis: str) -> None:
    restate(targets_in_force(measures_about(question)), by=by, reason=reason, basis=basis)


def _rounding(question: OpenQuestion, reason: str, by: User, *, rounded: bool) -> None:
    restate(targets_in_force(measures_about(question)), by=by, reason=reason, rounded=rounded)


def _population(question: OpenQuestion, reason: str, by: User, *, denominator: str, **known: Any) -> None:
    """What the shares are of, and how many where that is known: a gap can then be told in persons."""
    facts = {"denominator": denominator} | (known if known.get("population") else {})
    for measure in measures_about(question):
        change(row=measure, facts=facts, by=by, reason=reason)


SETTLING: dict[Settles, Callable[..., None]] = {
    Settles.ADOPTION: _adopted,
    Settles.BASIS: _basis,
    Settles.ROUNDING: _rounding,
    Settles.POPULATION: _population,
}
