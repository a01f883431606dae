"""Made-up words for the demo: assessments of the measures and status on the initiatives, from two files."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any

from django.utils import timezone
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel

from goals.judging import Verdict
from goals.models import Assessment, Measure
from goals.workflow import State
from indicators import data_version, periods
from indicators.definitions import yaml_documents
from initiatives.models import Initiative, StatusUpdate

WORKDAY_BEGINS = time(9)


def _month(text: Any) -> int:
    return periods.parse(str(text))[1]


Month = Annotated[int, BeforeValidator(_month)]
Role = Annotated[str, Field(min_length=1, max_length=120)]


class AssessmentText(BaseModel):
    """What a head of section wrote of one measure."""

    model_config = ConfigDict(extra="forbid")

    measure: str
    author_role: Role
    verdict: Verdict
    confidence: Assessment.Confidence
    headline: Annotated[str, Field(max_length=90)]
    why: str
    doing: str
    outlook: str = ""
    undecided: str = ""
    reason: str = ""


class Round(BaseModel):
    """The assessments of a plan's measures that were made on one day."""

    model_config = ConfigDict(extra="forbid")

    plan: str
    made: date
    period: Month
    measures: list[AssessmentText]


class UpdateText(BaseModel):
    """How an initiative went in a month."""

    model_config = ConfigDict(extra="forbid")

    period: Month
    made: date
    status: StatusUpdate.Status
    text: Annotated[str, Field(max_length=300)]


class InitiativeText(BaseModel):
    """One initiative's status, written by one role."""

    model_config = ConfigDict(extra="forbid")

    initiative: str
    author_role: Role
    updates: list[UpdateText]


class Rounds(RootModel[list[Round]]):
    pass


class InitiativeTexts(RootModel[list[InitiativeText]]):
    pass


class SubjectMissingError(LookupError):
    """A text is about something that is not loaded."""


def load_assessments(path: Path) -> int:
    """Bring the demo's assessments up to date; gives how many were not there before."""
    rounds = yaml_documents.load(path, Rounds).root
    measures = {(m.goal.plan.slug, m.code): m for m in Measure.objects.select_related("goal__plan")}
    rows = [_assessment(_found(measures, (made.plan, t.measure)), made, t) for made in rounds for t in made.measures]
    return _upsert(rows, ["measure", "made_at"])


def load_status_updates(path: Path) -> int:
    """Bring the demo's status on the initiatives up to date; gives how many were not there before."""
    texts = yaml_documents.load(path, InitiativeTexts).root
    initiatives = {initiative.code: initiative for initiative in Initiative.objects.all()}
    rows = [_status(_found(initiatives, t.initiative), t.author_role, u) for t in texts for u in t.updates]
    return _upsert(rows, ["initiative", "made_at"])


def _assessment(measure: Measure, made: Round, text: AssessmentText) -> Assessment:
    words = text.model_dump(exclude={"measure"})
    return Assessment(measure=measure, period=made.period, **_approved_on(made.made), **words)


def _status(initiative: Initiative, author_role: str, update: UpdateText) -> StatusUpdate:
    return StatusUpdate(
        initiative=initiative,
        period=update.period,
        status=update.status,
        text=update.text,
        author_role=author_role,
        **_approved_on(update.made),
    )


def _approved_on(day: date) -> dict[str, Any]:
    """Made-up words have been approved since the day they are said to be from."""
    moment = timezone.make_aware(datetime.combine(day, WORKDAY_BEGINS))
    return {"state": State.APPROVED, "written_at": moment, "made_at": moment, "demo": True}


def _found(rows: dict[Any, Any], key: Any) -> Any:
    if key not in rows:
        raise SubjectMissingError(f"What the demo's texts call {key}")
    return rows[key]


def _upsert(rows: list[Any], key: list[str]) -> int:
    model = type(rows[0])
    before = model.objects.count()
    names = [field.name for field in model._meta.concrete_fields if field.name not in ("id", *key)]
    data_version.changed()
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=key, update_fields=names)
    return model.objects.count() - before
