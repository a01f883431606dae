"""What an editor does to targets: another row each time, with its reason and its decision. None is ever changed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from goals.editing.audited_change import EditRefused, StaleEdit, create, refuse_private
from goals.judging import contradicts
from goals.models import Decision, Measure, OpenQuestion, Plan, Target

COPIED = ["measure", "kind", *Target.PROMISE, "document", "decision", "valid_from", "confidence"]


def last_target(measure: Measure, kind: str) -> Target | None:
    return measure.targets.filter(kind=kind).order_by("-known_from", "-id").first()


def newest_target_seen(measure: Measure) -> str:
    """The name of the newest target, whatever its kind: by it an editor who saw an older one is stopped."""
    newest = measure.targets.order_by("-id").first()
    return str(newest.pk) if newest else "0"


@transaction.atomic
def set_target(
    *, measure: Measure, kind: str, document: Plan, reason: str, by: User, promise: Mapping[str, Any],
    decision: Mapping[str, Any] | None = None, valid_from: date | None = None, seen: str | None = None,
) -> Target:  # fmt: skip
    """A target that holds from now on; those before it stay.

    `promise`: what `Target.PROMISE` names. `decision`: meeting, text, case_number, link.
    """
    Measure.objects.select_for_update().get(pk=measure.pk)
    if seen is not None and seen != newest_target_seen(measure):
        raise StaleEdit
    if not reason.strip():
        raise EditRefused("reason", _("Skriv, hvorfor målet er sat eller ændret."))
    _refuse_without_an_amount(promise)
    if contradicts(promise["rule"], measure.better):
        text = _(
            "Målepunktet siger »{better}«. Det passer ikke til den slags mål: vælg en anden, eller ret målepunktet."
        )
        raise EditRefused("rule", text.format(better=measure.get_better_display()))
    decided = _decide(measure, document, decision, by) if decision and decision.get("meeting") else None
    facts = {
        "measure": measure, "kind": kind, "document": document, "decision": decided, "valid_from": valid_from,
        "reason": reason,
    } | dict(promise)  # fmt: skip
    return create(model=Target, facts=facts | {"known_from": timezone.localdate()}, by=by, reason=reason)


def _refuse_without_an_amount(promise: Mapping[str, Any]) -> None:
    if promise["rule"] == Target.Rule.CHANGE:
        if promise.get("by") is None:
            raise EditRefused("by", _("Skriv, hvor meget tallet skal ændre sig; 0 for »må ikke blive dårligere«."))
    elif promise.get("value") is None and not promise.get("path"):
        raise EditRefused("value", _("Skriv værdien, eller skriv trin med hver sin værdi."))


def _decide(measure: Measure, document: Plan, decision: Mapping[str, Any], by: User) -> Decision:
    return record_decision(
        plan=document, goal=measure.goal if measure.goal.plan == document else None, by=by, **decision
    )


def record_decision(
    *, plan: Plan, meeting: date, text: str, by: User, goal: Any = None, case_number: str = "", link: str = ""
) -> Decision:
    """What a meeting decided, under a name that tells the day."""
    if meeting > timezone.localdate():
        raise EditRefused("meeting", _("Mødet ligger i fremtiden. Skriv beslutningen, når den er truffet."))
    facts = {
        "plan": plan, "goal": goal, "meeting": meeting, "text": text, "case_number": case_number, "link": link,
        "code": f"moede-{meeting:%Y-%m-%d}-{plan.decisions.count() + 1}", "known_from": timezone.localdate(),
    }  # fmt: skip
    return create(model=Decision, facts=facts, by=by)


def restate(targets: Iterable[Target], *, by: User, reason: str, **said: Any) -> list[Target]:
    """The same targets again with something known about them that was not: each another row, known from today."""
    refuse_private({"reason": reason})
    return [
        create(
            model=Target,
            facts={name: getattr(target, name) for name in COPIED}
            | said
            | {"reason": reason, "known_from": timezone.localdate()},
            by=by,
            reason=reason,
        )
        for target in targets
    ]


def targets_in_force(measures: Iterable[Measure], kinds: Iterable[str] = Target.Kind.values) -> list[Target]:
    """The newest of each measure and kind."""
    found = [last_target(measure, kind) for measure in measures for kind in kinds]
    return [target for target in found if target]


def measures_about(question: OpenQuestion) -> list[Measure]:
    """Those the question names by code; all of its goals' where it names none."""
    measures = Measure.objects.filter(goal__open_questions=question)
    named = measures.filter(code__in=question.about)
    chosen = named if named.exists() else measures
    return list(chosen.filter(~Q(goal=None)).select_related("goal__plan", "indicator").order_by("goal__number", "part"))
