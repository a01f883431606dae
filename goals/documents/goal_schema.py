"""What a plan document may say of a goal: measured, a milestone or words, and what it is measured by."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from goals import models
from goals.documents.marks import Name, Part, To
from indicators.models import Indicator


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
    reads: models.Measure.Reads = models.Measure.Reads.FIGURE
    against: Annotated[str | None, To("area")] = None
    against_indicator: Annotated[str | None, To("indicator")] = None
    with_own: bool = False
    tolerance_percent: Annotated[Decimal | None, Field(ge=0, le=100)] = None  # older documents: see their targets
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

    @model_validator(mode="after")
    def says_what_it_is_held_against(self) -> Self:
        named = self.against is not None or self.against_indicator is not None
        if self.reads == models.Measure.Reads.DIFFERENCE and not named:
            raise ValueError("a difference needs an area, a group or an indicator to be a difference to (against)")
        if self.reads == models.Measure.Reads.FIGURE and named:
            raise ValueError("a figure is held against nothing: reads: difference or place")
        return self


class Progress(Part):
    """A report on a milestone. One that has been loaded stands: a better one is another entry."""

    row = models.Progress
    done_on: date | None = None
    count: int | None = Field(default=None, ge=0)
    known_from: date
    source: str = ""

    @model_validator(mode="after")
    def says_something(self) -> Self:
        if self.done_on is None and self.count is None:
            raise ValueError("a report says the day it was done (done_on) or how many are (count)")
        return self


class Goal(Part):
    row = models.Goal
    number: Annotated[int, Name("goal")]
    printed_number: str = ""
    kind: models.Goal.Kind = models.Goal.Kind.MEASURED
    due: date | None = None
    wanted: int | None = Field(default=None, ge=1)
    progress: list[Progress] = []
    title: str
    section: Annotated[str | None, To("section")] = None
    ministerial: bool = False
    contact: str = ""
    related: Annotated[list[str], To("goal")] = []
    measures: list[Measure] = []

    @model_validator(mode="after")
    def is_of_one_kind(self) -> Self:
        milestone, told = self.kind == models.Goal.Kind.MILESTONE, bool(self.due or self.wanted or self.progress)
        if self.kind != models.Goal.Kind.MEASURED and self.measures:
            raise ValueError(f"a goal of kind {self.kind} has no measures")
        if told and not milestone:
            raise ValueError("due, wanted and progress are a milestone's: kind: milestone")
        return self
