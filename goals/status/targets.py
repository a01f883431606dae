"""A target as it was known at a moment, read beside its measure in one query."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone
from django.utils.dateparse import parse_date

from goals.judging import Rule, contradicts
from goals.models import Measure, Plan, Target
from indicators import formats
from indicators.as_known import value_at


@dataclass(frozen=True)
class TargetFact:
    """A target as known at a moment, with the document that states it."""

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

    @property
    def by_supplement(self) -> bool:
        return self.document_kind == Plan.Kind.SUPPLEMENT


def newest_target_query(kind: str, moment: datetime) -> Subquery:
    facts = JSONObject(
        kind="kind",
        rule="rule",
        value=Cast("value", CharField()),  # as text: a JSON number would be read as a float
        printed="printed",
        document="document__slug",
        document_title=value_at(Plan, "document", "title", moment, now=F("document__title")),
        document_kind="document__kind",
        basis="basis",
        rounded="rounded",
        valid_from=Cast("valid_from", CharField()),
        adopted_on=value_at(Plan, "document", "adopted_on", moment, now=Cast("document__adopted_on", CharField())),
        period_start=value_at(
            Plan, "document", "period_start", moment, now=Cast("document__period_start", CharField())
        ),
        reason="reason",
    )
    day = timezone.localtime(moment).date()
    known = Target.objects.filter(measure=OuterRef("pk"), kind=kind, known_from__lte=day)
    return Subquery(known.order_by("-known_from", "-id").values(facts=facts)[:1])


def target_fact(facts: dict | None) -> TargetFact | None:
    if not facts:
        return None
    facts["rounded"] = bool(facts["rounded"])
    facts["value"] = Decimal(facts["value"]) if facts["value"] is not None else None
    facts["valid_from"] = parse_date(facts["valid_from"] or facts["adopted_on"] or "")
    facts["adopted_on"] = parse_date(facts["adopted_on"] or "")
    facts["period_start"] = parse_date(facts["period_start"])
    return TargetFact(**facts)


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
    return Rule(target.rule, target.value, measure.better, measure.tolerance_percent, decimals)
