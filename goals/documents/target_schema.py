"""What a plan document may say of a target: rule, amounts, baseline, due and path; the older words are read too."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from goals import models
from goals.documents.marks import Part, To
from goals.models.plans import Confidence
from indicators import periods


def _month(said: Any) -> Any:
    """ "2021-12", "2021-Q4" or 2021 → the number of its last month."""
    if said is None or isinstance(said, date):
        return said
    frequency, number = periods.parse(str(said))
    return periods.last_month(number, frequency)


def _first_month(said: Any) -> Any:
    return said if said is None else periods.parse(str(said))[1]


def _as_month(number: int | None) -> str | None:
    return None if number is None else periods.iso(number, periods.Frequency.MONTH)


Until = Annotated[int, BeforeValidator(_month), PlainSerializer(_as_month)]  # the last month that is spoken of
Period = Annotated[int, BeforeValidator(_first_month), PlainSerializer(_as_month)]
AMOUNT = Field(default=None, max_digits=14, decimal_places=4)


class Step(Part):
    """A step of a path: what is to be reached by the end of a period."""

    due: Until
    value: Decimal
    printed: str = ""

    def stored(self) -> dict[str, Any]:
        return {"due": self.due, "value": f"{self.value:f}", "printed": self.printed}


class Target(Part):
    """A promised value. An entry that has been loaded stands: another value is another entry."""

    row = models.Target
    measure: Annotated[str, To("measure")]
    kind: models.Target.Kind
    rule: models.Target.Rule = models.Target.Rule.VALUE
    value: Decimal | None = None  # null: there is to be one, and it is not known
    strict: bool = False
    by: Decimal | None = AMOUNT
    by_percent: bool = False
    baseline: Decimal | None = AMOUNT
    baseline_period: Period | None = None
    near: Annotated[Decimal, Field(ge=0, max_digits=20, decimal_places=9)] = Decimal(0)
    due: Until | None = None
    path: list[Step] = []
    printed: str
    basis: models.Target.Basis = models.Target.Basis.NEWEST
    rounded: bool = False
    decision: Annotated[str | None, To("decision")] = None
    valid_from: date | None = None
    known_from: date | None = None  # without it: the day the document became known
    reason: str = ""
    confidence: Confidence = Confidence.CERTAIN

    @model_validator(mode="before")
    @classmethod
    def reads_the_older_word(cls, said: Any) -> Any:
        return _in_todays_words(said) if isinstance(said, Mapping) and said.get("rule") == "relative" else said

    @model_validator(mode="after")
    def says_one_thing(self) -> Self:
        for problem in _problems(self):
            raise ValueError(problem)
        return self


def _in_todays_words(said: Mapping[str, Any]) -> dict[str, Any]:
    """A relative target: strictly better than a baseline."""
    rest = {name: value for name, value in said.items() if name != "value"}
    return rest | {"rule": "change", "by": 0, "strict": True, "baseline": said.get("value")}


def _problems(target: Target) -> Iterator[str]:
    change = target.rule == models.Target.Rule.CHANGE
    if change and (target.value is not None or target.path):
        yield "a change has a baseline and an amount (by), not a value or a path"
    if not change and any(one is not None for one in (target.by, target.baseline, target.baseline_period)):
        yield "by and baseline are a change's: rule: change"
    if target.baseline is not None and target.baseline_period is not None:
        yield "a baseline is typed, or it is a period's figure (baseline_period), not both"
    if target.path and target.value is not None:
        yield "a path has its values in its steps"
    if [step.due for step in target.path] != sorted({step.due for step in target.path}):
        yield "the steps of a path stand in order, each due once"


def with_nearness_in_per_cent(targets: Iterable[Target], shares: Mapping[str, Decimal]) -> None:
    """An older document says on the measure what is near, as a share of the target; today the target says it."""
    for target in targets:
        told = "near" in target.model_fields_set or target.value is None
        if not told and (share := shares.get(target.measure)):
            target.near = (abs(target.value or Decimal(0)) * share).scaleb(-2)
