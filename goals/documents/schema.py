"""What a plan document may say about goals, and in what form. Its keys are the names of the rows' fields."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import model_validator

from goals import models
from goals.documents.goal_schema import Goal
from goals.documents.marks import Name, Once, Part, Speaking, To
from goals.documents.target_schema import Target, with_nearness_in_per_cent
from goals.models.plans import Confidence


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

    @model_validator(mode="after")
    def reads_nearness_in_per_cent(self) -> Self:
        measures = [measure for goal in self.goals for measure in goal.measures]
        with_nearness_in_per_cent(self.targets, {m.code: m.tolerance_percent for m in measures if m.tolerance_percent})
        return self

    @property
    def base(self) -> str:
        """The plan whose goals the document speaks of: its own, or the supplemented plan's."""
        return self.supplements or self.slug
