"""What a plan document may say about goals, and in what form. Its keys are the names of the rows' fields."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from django.db.models import Model
from pydantic import BaseModel, ConfigDict, Field, model_validator

from goals import models
from goals.models.plans import Confidence
from indicators.models import Indicator


@dataclass(frozen=True)
class Name:
    """Marks the field by which others refer to a part. No two parts of a kind share a name."""

    kind: str


@dataclass(frozen=True)
class To:
    """Marks a field that refers to a part by its name; `plan/name` refers to another document's part."""

    kind: str


@dataclass(frozen=True)
class Once:
    """Marks a field whose value no two entries of one list share."""


class Part(BaseModel):
    """One entry of a document; `row` is the model whose fields it fills, if it fills one."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    row: ClassVar[type[Model] | None] = None


class Speaking(Part):
    """A whole document: its parts are named within it, or within the plan it speaks of, which `base` names."""

    slug: str

    @property
    def base(self) -> str:
        return self.slug


class Event(Part):
    row = models.Event
    name: Annotated[str, Name("event")]
    start: date
    end: date


class Section(Part):
    row = models.Section
    code: Annotated[str, Name("section")]
    name: str
    short_name: str


class TargetGroup(Part):
    row = models.TargetGroup
    slug: Annotated[str, Name("target group")]
    name: str
    ages: dict[str, str] = {}


class GoalFocus(Part):
    row = models.GoalFocus
    goal: Annotated[int, To("goal"), Once()]
    confidence: Confidence = Confidence.HIGH


class FocusArea(Part):
    row = models.FocusArea
    code: Annotated[str, Name("focus area")]
    name: str
    summary: str = ""
    target_groups: Annotated[list[str], To("target group")] = []
    goals: list[GoalFocus] = []


class Theme(Part):
    row = models.Theme
    number: Annotated[int, Name("theme")]
    name: str
    vision: str = ""
    note: str = ""


class ObjectiveTarget(Part):
    row = models.ObjectiveTarget
    value: Decimal
    unit: str
    year: int | None = None
    what: str = ""
    better: str = ""
    note: str = ""


class Priority(Part):
    row = models.Priority
    year: Annotated[int, Once()]
    prioritised: bool | None
    confidence: Confidence = Confidence.UNKNOWN


class Objective(Part):
    """A wording of an objective: the same number may stand again, valid from another day."""

    row = models.Objective
    number: Annotated[str, Name("objective")]
    theme: Annotated[int, To("theme")]
    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    number_confidence: Confidence = Confidence.CERTAIN
    targets: list[ObjectiveTarget] = []
    priorities: list[Priority] = []


class Measure(Part):
    row = models.Measure
    code: Annotated[str, Name("measure")]
    part: str = ""
    name: str
    short_name: str
    subject: str
    better: Indicator.Direction
    indicator: Annotated[str | None, To("indicator")] = None
    area: Annotated[str | None, To("area")] = None
    breakdown: str = ""
    tolerance_percent: Annotated[Decimal, Field(ge=0, le=100)] = Decimal(3)
    denominator: str = ""
    population: int | None = None
    population_period: str = ""
    population_source: str = ""
    population_derived: bool = False
    footnote_mark: str = ""
    footnote: str = ""
    ambiguity: str = ""

    @model_validator(mode="after")
    def says_where_its_population_is_from(self) -> Self:
        if self.population is not None and not (self.population_source and self.population_period):
            raise ValueError("a population needs population_source and population_period")
        return self


class Goal(Part):
    row = models.Goal
    number: Annotated[int, Name("goal")]
    title: str
    section: Annotated[str | None, To("section")] = None
    ministerial: bool = False
    contact: str = ""
    related: Annotated[list[str], To("goal")] = []
    measures: list[Measure] = []


def _goes_on_to_something(step: Any) -> Any:
    if (step.outcome == models.Succession.Outcome.DROPPED) == (step.successor is not None):
        what = "a goal" if isinstance(step, Succession) else "an objective"
        raise ValueError(f"{what} that goes on needs a successor, and one that is dropped has none")
    return step


class Succession(Part):
    """What became of a goal of the plan this one follows; a goal that is not named is "afklares"."""

    row = models.Succession
    goal: Annotated[str, To("goal"), Once()]  # plan/number
    outcome: models.Succession.Outcome
    successor: Annotated[int | None, To("goal")] = None
    note: str = ""

    @model_validator(mode="after")
    def has_a_successor_unless_dropped(self) -> Self:
        return _goes_on_to_something(self)


class ObjectiveSuccession(Part):
    """What became of an objective of the plan this one follows; one that is not named is "afklares"."""

    row = models.ObjectiveSuccession
    objective: Annotated[str, To("objective"), Once()]  # plan/number
    outcome: models.Succession.Outcome
    successor: Annotated[str | None, To("objective")] = None
    note: str = ""

    @model_validator(mode="after")
    def has_a_successor_unless_dropped(self) -> Self:
        return _goes_on_to_something(self)


class Decision(Part):
    row = models.Decision
    code: Annotated[str, Name("decision")]
    goal: Annotated[int | None, To("goal")] = None
    meeting: date | None = None
    case_number: str = ""
    link: str = ""
    text: str
    known_from: date


class Target(Part):
    """A promised value. An entry that has been loaded stands: another value is another entry."""

    row = models.Target
    measure: Annotated[str, To("measure")]
    kind: models.Target.Kind
    rule: models.Target.Rule = models.Target.Rule.VALUE
    value: Decimal | None
    printed: str
    basis: models.Target.Basis = models.Target.Basis.NEWEST
    rounded: bool = False
    decision: Annotated[str | None, To("decision")] = None
    valid_from: date | None = None
    known_from: date | None = None  # without it: the day the document became known
    reason: str = ""
    confidence: Confidence = Confidence.CERTAIN

    @model_validator(mode="after")
    def has_a_value_unless_relative(self) -> Self:
        if self.value is None and self.rule != models.Target.Rule.RELATIVE:
            raise ValueError("only a relative target may be without a value")
        return self


class Statement(Part):
    row = models.Statement
    kind: str
    code: Annotated[str, Name("statement")]
    text: str
    perspective: str = ""
    details: dict[str, Any] = {}


class Answer(Part):
    row = models.Answer
    text: str
    source: str
    known_from: date


class OpenQuestion(Part):
    row = models.OpenQuestion
    code: Annotated[str, Name("question")]
    text: str
    about: list[str] = []
    goals: Annotated[list[int], To("goal")] = []
    settles: models.Settles | Literal[""] = ""
    answers: list[Answer] = []


class PlanDocument(Speaking):
    """A plan, a strategy or a supplement. A supplement speaks of the goals of the plan it supplements."""

    row = models.Plan
    slug: Annotated[str, Name("plan")]
    title: str
    kind: models.Plan.Kind
    year: int
    summary: str = ""
    supplements: Annotated[str | None, To("plan")] = None
    follows: Annotated[str | None, To("plan")] = None
    current: bool = False
    known_from: date | None  # null: a draft, not shown to the public
    adopted_on: date | None = None
    period_start: date
    period_end: date
    document: str = ""
    events: list[Event] = []
    sections: list[Section] = []
    target_groups: list[TargetGroup] = []
    themes: list[Theme] = []
    objectives: list[Objective] = []
    goals: list[Goal] = []
    successions: list[Succession] = []
    objective_successions: list[ObjectiveSuccession] = []
    focus_areas: list[FocusArea] = []
    decisions: list[Decision] = []
    targets: list[Target] = []
    statements: list[Statement] = []
    open_questions: list[OpenQuestion] = []

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> Self:
        if self.period_end < self.period_start:
            raise ValueError("period_end is before period_start")
        return self

    @property
    def base(self) -> str:
        """The plan whose goals the document speaks of: its own, or the supplemented plan's."""
        return self.supplements or self.slug
