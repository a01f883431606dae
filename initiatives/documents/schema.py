"""What a plan document may say about initiatives: the whole file, goals and all."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from goals.documents.marks import Name, Once, Part, To
from goals.documents.schema import PlanDocument
from goals.models.plans import Confidence
from initiatives import models
from initiatives.models import LinkKind


class Partner(Part):
    row = models.Partner
    slug: Annotated[str, Name("partner")]
    name: str
    type: models.Partner.Type
    generic: bool = False
    part_of: Annotated[str | None, To("partner")] = None
    maybe_same_as: Annotated[list[str], To("partner")] = []  # partners that stand above, or in an earlier document
    printed_variants: list[str] = []
    note: str = ""


class ObjectiveLink(Part):
    row = models.Link
    objective: Annotated[str, To("objective"), Once()]
    kind: LinkKind = LinkKind.STATED
    confidence: Confidence = Confidence.HIGH
    alternative: bool = False


class GoalLink(Part):
    row = models.Link
    goal: Annotated[str, To("goal"), Once()]
    kind: LinkKind = LinkKind.INFERRED
    confidence: Confidence = Confidence.MEDIUM


class FocusAreaLink(Part):
    row = models.Link
    focus_area: Annotated[str, To("focus area"), Once()]
    kind: LinkKind = LinkKind.INFERRED
    confidence: Confidence = Confidence.MEDIUM


class ActionLink(Part):
    row = models.ActionLink
    action: Annotated[str, To("action"), Once()]
    kind: LinkKind = LinkKind.INFERRED
    confidence: Confidence = Confidence.MEDIUM


class Initiative(Part):
    row = models.Initiative
    code: Annotated[str, Name("initiative")]
    slug: Annotated[str, Name("initiative slug")]  # stays when the name changes, so that links keep working
    name: str
    summary: str = ""
    planned: bool = False
    timing: str = ""
    owner: str = ""
    start: date | None = None
    end: date | None = None
    budget: Decimal | None = None
    target_groups: Annotated[list[str], To("target group")] = []
    partners: Annotated[list[str], To("partner")] = []
    objectives: list[ObjectiveLink] = []
    goals: list[GoalLink] = []
    focus_areas: list[FocusAreaLink] = []
    actions: list[ActionLink] = []
    details: dict[str, Any] = {}


class Action(Part):
    row = models.Action
    code: Annotated[str, Name("action")]
    text: str
    note: str = ""
    target_groups: Annotated[list[str], To("target group")] = []
    partners: Annotated[list[str], To("partner")] = []
    goals: list[GoalLink] = []


class Heading(Part):
    row = models.Heading
    code: Annotated[str, Name("heading")]
    name: str
    actions: list[Action] = []


class PlanFile(PlanDocument):
    """One file of `fixtures/plans/`."""

    partners: list[Partner] = []
    headings: list[Heading] = []
    initiatives: list[Initiative] = []
