"""A target as it was known at a moment, read beside its measure in one query."""

import json
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone
from django.utils.dateparse import parse_date

from goals.judging import Rule, changed, contradicts
from goals.models import Measure, Plan, Target
from indicators import formats
from indicators.as_known import value_at


@dataclass(frozen=True)
class Step:
    """A step of a path: what is to be reached by the end of a month."""

    due: int
    value: Decimal
    printed: str = ""


@dataclass(frozen=True)
class TargetFact:
    """A target as known at a moment, with the document that states it.

    `value` is what the reading is held against: of a change what its baseline comes to, of a path its step.
    """

    kind: str
    rule: str
    value: Decimal | None
    printed: str
    document: str  # slug
    document_title: str
    valid_from: date | None  # null: not known, shown as "dato ikke oplyst"
    period_start: date
    reason: str
    document_kind: str = Plan.Kind.PLAN
    adopted_on: date | None = None  # when the document was
    basis: str = Target.Basis.NEWEST
    rounded: bool = False
    strict: bool = False
    by: Decimal | None = None
    by_percent: bool = False
    baseline: Decimal | None = None
    baseline_period: int | None = None
    near: Decimal = Decimal(0)
    due: int | None = None  # the last month it speaks of; None: the plan's last
    path: tuple[Step, ...] = ()
    first: int | None = None  # of a step: the first month it speaks of
    unknown: str = "no_margin"  # why the value is not known

    @property
    def beats_yardstick(self) -> bool:
        """Any better than a baseline will do: there is no amount to be near to."""
        return self.rule == Target.Rule.CHANGE and self.strict and not self.by

    @property
    def by_supplement(self) -> bool:
        return self.document_kind == Plan.Kind.SUPPLEMENT


PLAIN = (
    "kind", "rule", "printed", "basis", "rounded", "strict", "by_percent", "baseline_period", "due", "path", "reason",
)  # fmt: skip
AMOUNTS = ("value", "by", "baseline", "near")  # as text: a JSON number would be read as a float
FLAGS = ("rounded", "strict", "by_percent")


def newest_target_query(kind: str, moment: datetime) -> Subquery:
    facts = JSONObject(
        document="document__slug",
        document_title=value_at(Plan, "document", "title", moment, now=F("document__title")),
        document_kind="document__kind",
        **{name: name for name in PLAIN},
        **{name: Cast(name, CharField()) for name in AMOUNTS},
        valid_from=Cast("valid_from", CharField()),
        adopted_on=value_at(Plan, "document", "adopted_on", moment, now=Cast("document__adopted_on", CharField())),
        period_start=value_at(
            Plan, "document", "period_start", moment, now=Cast("document__period_start", CharField())
        ),
    )
    day = timezone.localtime(moment).date()
    known = Target.objects.filter(measure=OuterRef("pk"), kind=kind, known_from__lte=day)
    return Subquery(known.order_by("-known_from", "-id").values(facts=facts)[:1])


def target_fact(facts: dict | None) -> TargetFact | None:
    if not facts:
        return None
    facts |= {name: bool(facts[name]) for name in FLAGS}
    facts |= {name: None if facts[name] is None else Decimal(facts[name]) for name in AMOUNTS}
    facts["path"] = steps_of(facts["path"])
    facts["valid_from"] = parse_date(facts["valid_from"] or facts["adopted_on"] or "")
    facts["adopted_on"] = parse_date(facts["adopted_on"] or "")
    facts["period_start"] = parse_date(facts["period_start"])
    return TargetFact(**facts)


def steps_of(path: str | list[dict]) -> tuple[Step, ...]:
    """The steps as they are stored; some databases give them as text."""
    steps = json.loads(path) if isinstance(path, str) else path
    return tuple(Step(step["due"], Decimal(step["value"]), step.get("printed", "")) for step in steps)


def at_step(fact: TargetFact, number: int) -> TargetFact:
    """The target as its step says it, from the month after the step before."""
    step = fact.path[number]
    first = fact.path[number - 1].due + 1 if number and fact.basis != Target.Basis.TOTAL else None
    printed = step.printed or formats.number(step.value, formats.decimals_of(step.value))
    return replace(fact, value=step.value, due=step.due, first=first, printed=printed)


def from_baseline(fact: TargetFact, baseline: Decimal | None, unknown: str) -> TargetFact:
    """A change with the value its baseline leads to; `unknown` says why there is no baseline."""
    value = changed(baseline, fact.by, fact.by_percent)
    return replace(fact, value=value, unknown="no_margin" if fact.by is None else unknown)


def _printed_decimals(value: Decimal, printed: str) -> int:
    """As the document prints it: "8,0 %" has one, though the value alone would need none."""
    numbers = re.findall(r"\d[\d.]*(?:,\d+)?", printed)
    same = [one for one in numbers if Decimal(one.replace(".", "").replace(",", ".")) == abs(value)]
    return max([formats.decimals_of(value), *(len(one.partition(",")[2]) for one in same)])


def rule_of(measure: Measure, target: TargetFact | None) -> Rule | None:
    """None without a target, and of one that contradicts its measure: no figure can meet that."""
    if target is None or contradicts(target.rule, measure.better):
        return None
    decimals = _printed_decimals(target.value, target.printed) if target.rounded and target.value is not None else None
    return Rule(target.rule, target.value, measure.better, target.strict, target.near, decimals, target.unknown)
