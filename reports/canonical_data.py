"""The data part of a paper, and its sha256: the same day told again gives the same bytes, in whatever language. Pure.

FORM names how the facts are written down. A change of that is a new form, and what an older one wrote stays here, so
that a paper made then can still be told from one whose data moved. Form 1 judged a goal `revised` by its new targets
alone; form 2 lets a measure without one count by the target that holds.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from goals.judging import Verdict, combine
from goals.status.open_decisions import UndecidedQuestion
from goals.status.targets import TargetFact
from goals.status.types import Judged, MeasureStatus, PlanStatus, Words
from indicators import periods
from reports.initiatives import PaperInitiative

FORM = 2
Facts = dict[str, Any]
WORDS = ("verdict", "confidence", "headline", "outlook", "why", "doing", "undecided", "reason", "author_role", "demo")


def canonical_facts(
    status: PlanStatus,
    day: date,
    behind: dict[int, tuple[PaperInitiative, ...]],
    questions: Sequence[UndecidedQuestion],
) -> Facts:
    return {
        "form": FORM,
        "plan": status.plan.slug,
        "day": day.isoformat(),
        "goals": [
            {
                "number": goal.goal.number,
                "title": goal.goal.title,
                "original": goal.original.value,
                "revised": goal.revised.value,
                "measures": [_measure(measure) for measure in goal.measures],
                "initiatives": [_initiative(one) for one in behind.get(goal.goal.pk, ())],
            }
            for goal in status.goals
        ],
        "questions": [question.measure.code for question in questions],
    }


def sha256_of(facts: Facts) -> str:
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def in_form_1(facts: Facts) -> Facts:
    """The same facts as papers made until form 2 have them."""
    goals = [goal | {"revised": _revised_in_form_1(goal)} for goal in facts["goals"]]
    return facts | {"form": 1, "goals": goals}


def _revised_in_form_1(goal: Facts) -> str:
    targets = [target for measure in goal["measures"] for target in measure["targets"]]
    return combine(Verdict(target["verdict"]) for target in targets if target["kind"] == "revised").value


def counts_of(status: PlanStatus) -> dict[str, dict[str, int]]:
    """Goals by verdict, against the plan's targets, and against those that hold once any are revised.

    Those without a target are told of too.
    """
    original = Counter(goal.original for goal in status.goals)
    revised = Counter(goal.newest if status.revised_known else Verdict.NO_TARGET for goal in status.goals)
    return {
        name: {verdict.value: counts[verdict] for verdict in Verdict}
        for name, counts in (("original", original), ("revised", revised))
    }


def exact(value: Decimal | None) -> str | None:
    """Digits that do not depend on how the value was stored: 8.40 and 8.4 are one number."""
    return None if value is None else f"{value.normalize():f}"


def _measure(measure: MeasureStatus) -> dict[str, Any]:
    facts, latest, before = measure.measure, measure.latest, measure.year_ago
    return {
        "code": facts.code,
        "indicator": facts.indicator.code if facts.indicator else None,
        "area": facts.area.code if facts.area else None,
        "synthetic": measure.history.synthetic,
        "period": periods.iso(latest.period, measure.indicator.frequency) if latest else None,
        "value": exact(latest.value) if latest else None,
        "year_ago": exact(before.value) if before else None,
        "change": exact(measure.trend.change),
        "direction": str(measure.trend.direction),
        "targets": [_target(judged, judged.target) for judged in (measure.original, measure.revised) if judged.target],
        "words": _words(measure.words) if measure.words else None,
    }


def _target(judged: Judged, target: TargetFact) -> dict[str, Any]:
    return {
        "kind": target.kind,
        "rule": target.rule,
        "basis": target.basis,
        "value": exact(target.value),
        "printed": target.printed,
        "document": target.document,
        "judged": exact(judged.value),
        "verdict": judged.verdict.value,
        "gap": exact(judged.judgement.gap),
    }


def _words(words: Words) -> dict[str, Any]:
    return {name: getattr(words, name) for name in WORDS}


def _initiative(behind: PaperInitiative) -> dict[str, Any]:
    month = None if behind.period is None else periods.iso(behind.period, periods.Frequency.MONTH)
    return {"slug": behind.slug, "status": behind.status, "period": month, "text": behind.text}
