"""What a hearing's document may say. Its keys are the names of the rows' fields."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import field_validator, model_validator

from goals.documents.marks import Name, Part, Speaking, To
from hearings import models


class Party(Part):
    row = models.Party
    slug: Annotated[str, Name("party")]
    name: str
    answered: bool | None = None
    received_on: date | None = None
    signed_by_role: str = ""

    @field_validator("signed_by_role")
    @classmethod
    def is_a_role(cls, text: str) -> str:
        """Roles are written small in Danish, and names are not."""
        if text != text.lower():
            raise ValueError("write a role in small letters, never a person's name")
        return text


class Passage(Part):
    row = models.Passage
    code: Annotated[str, Name("passage")]
    section: str
    name: str
    text: str = ""
    retold: str = ""


class Note(Part):
    row = models.Note
    text: str
    known_from: date


class Point(Part):
    """What a party said. An entry that has been loaded stands: what is found out later is a note below it."""

    row = models.Point
    code: Annotated[str, Name("point")]
    party: Annotated[str, To("party")]
    passage: Annotated[str, To("passage")]
    stance: models.Point.Stance
    kind: models.Point.Kind | Literal[""] = ""
    summary: str
    lines: str = ""
    known_from: date | None = None  # without it: the day the hearing became known
    goals: Annotated[list[str], To("goal")] = []
    notes: list[Note] = []


class HearingDocument(Speaking):
    """One file of `fixtures/hearings/`."""

    row = models.Hearing
    slug: Annotated[str, Name("hearing")]
    title: str
    plan: Annotated[str, To("plan")]
    known_from: date | None  # null: a draft, not shown to the public
    opened_on: date | None = None
    deadline: date | None = None
    parties_complete: bool = False
    document: str = ""
    parties: list[Party] = []
    passages: list[Passage] = []
    points: list[Point] = []

    @model_validator(mode="after")
    def ends_after_it_opens(self) -> Self:
        if self.opened_on and self.deadline and self.deadline < self.opened_on:
            raise ValueError("deadline is before opened_on")
        return self

    @property
    def base(self) -> str:
        """The plan whose goals the document speaks of."""
        return self.plan
