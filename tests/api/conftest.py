"""The contract's own example: goal 2 of plan 2020 with its supplement, in a portal that knows nothing else."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from goals.models import Goal, Measure, Objective, Plan, Target, TargetGroup, Theme
from hearings.models import Hearing
from indicators import data_version, periods
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.models import Area, Indicator
from indicators.store import write
from initiatives.models import Initiative, Link, Partner, StatusUpdate
from reports.actions import record_paper
from reports.paper import Paper

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ON_BENEFITS = "midlertidig-forsoergelse-pct-befolkning"
API = "http://testserver/api/v1/"


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=COPENHAGEN)


def cell(
    period: str, value: str | None, *, missing=0, provisional=False, breakdown="", area="791", code=ON_BENEFITS
) -> Cell:
    key = SeriesKey(code, area, breakdown)
    number = None if value is None else Decimal(value)
    return Cell(key, periods.parse(period)[1], number, missing, provisional)


def deliver(*cells: Cell, known: datetime, source: str = "jobindsats") -> None:
    write.save(frame_of(cells), source=source, known_from=known, synthetic=source == "demo")


def make_indicator(code: str, **facts) -> Indicator:
    printed = {"name": code, "definition": "…", "publisher": "Jobindsats (STAR)", "source": "jobindsats"}
    made = Indicator.objects.create(**{"code": code, "unit": "percent", "direction": "lower"} | printed | facts)
    data_version.changed()
    return made


@pytest.fixture
def areas(db) -> None:
    Area.objects.create(code="000", name="Hele landet", kind="country")
    Area.objects.create(code="791", name="Viborg", kind="municipality")


@pytest.fixture
def indicator(areas) -> Indicator:
    return make_indicator(ON_BENEFITS)


@pytest.fixture
def figures(indicator) -> Indicator:
    """July 2019, then July 2020 provisionally at first and higher a month later."""
    deliver(cell("2019-07", "7.6"), known=at(2019, 9, 1, 6))
    deliver(cell("2020-07", "8.0", provisional=True), known=at(2020, 9, 1, 6))
    deliver(cell("2020-07", "8.1"), known=at(2020, 10, 1, 6))
    return indicator


@pytest.fixture
def plan(areas) -> Plan:
    year = {"period_start": date(2020, 1, 1), "period_end": date(2020, 12, 31), "year": 2020}
    plan = Plan.objects.create(
        slug="beskaeftigelsesplan-2020",
        title="Beskæftigelsesplan 2020",
        kind="plan",
        current=True,
        known_from=date(2020, 1, 1),
        **year,
    )
    Plan.objects.create(
        slug="tillaeg-2020",
        title="Tillæg",
        kind="supplement",
        supplements=plan,
        known_from=date(2020, 8, 1),
        **year,
    )
    return plan


def make_goal(plan: Plan, number: int, indicator: Indicator | None) -> Measure:
    goal = Goal.objects.create(plan=plan, number=number, title=f"Mål nummer {number}")
    area = Area.objects.get(code="791")
    facts = {"name": "…", "short_name": "…", "subject": "…", "better": "lower"}
    return Measure.objects.create(goal=goal, code=f"m{number:02}", indicator=indicator, area=area, **facts)


@pytest.fixture
def goal_2(plan, figures) -> Goal:
    measure = make_goal(plan, 2, figures)
    supplement = plan.supplement_set.get()
    for document, kind, value in [(plan, "original", "7.5"), (supplement, "revised", "8.4")]:
        Target.objects.create(
            measure=measure,
            kind=kind,
            rule="value",
            value=Decimal(value),
            printed=f"{value.replace('.', ',')} %",
            document=document,
            known_from=document.known_from,
        )
    return measure.goal


@pytest.fixture
def initiative(plan) -> Initiative:
    """With a partner, an objective and one status, all as in print."""
    theme = Theme.objects.create(plan=plan, number=1, name="Beskæftigelse")
    objective = Objective.objects.create(theme=theme, number="1.1", name="Flere i job")
    objective.targets.create(value=Decimal("92"), unit="percent", year=2025, position=0)
    objective.priorities.create(year=2020, prioritised=None)
    made = Initiative.objects.create(plan=plan, code="i-1.1-1", slug="task-force-viborg", name="Besøg", position=0)
    made.partners.add(Partner.objects.create(slug="mercantec", name="Skolen", type="education"))
    made.target_groups.add(TargetGroup.objects.create(slug="veteraner", name="Veteraner"))
    Link.objects.create(initiative=made, objective=objective, kind="stated", confidence="certain")
    StatusUpdate.objects.create(
        initiative=made, period=periods.of(2020, 9), status="on_track", text="Går godt.",
        author_role="Jobcentret", made_at=at(2020, 10, 1, 9), state="approved",
    )  # fmt: skip
    return made


@pytest.fixture
def hearing(plan) -> Hearing:
    """With one point, an answer that is recommended and one that is being written."""
    facts = {"title": "Høring", "known_from": plan.known_from}
    made = Hearing.objects.create(slug=plan.slug, plan=plan, **facts)
    party = made.parties.create(slug="handicapraadet", name="Handicaprådet", answered=True, position=0)
    passage = made.passages.create(code="unge", section="Fokusområder", name="Unge", position=0)
    point = made.points.create(
        party=party, passage=passage, code="h1", stance="request", kind="content", summary="Nævn revalidering.",
        lines="1-3", known_from=plan.known_from, position=0,
    )  # fmt: skip
    point.notes.create(text="Læst igen.", known_from=date(2020, 9, 1))
    answer = {"outcome": "partly_accepted", "reason": "Delvist nævnt.", "author_role": "Jobcentret"}
    point.answers.create(version=1, state="recommended", made_at=at(2020, 10, 1, 9), **answer)
    point.answers.create(version=2, state="answered", made_at=at(2020, 11, 1, 9), **answer | {"reason": "Kladde."})
    return made


@pytest.fixture
def paper(goal_2) -> Paper:
    """Made for the meeting of 15 September 2020, on the evening of the day."""
    return record_paper(day=date(2020, 9, 15), by="make_report", made_at=at(2020, 9, 15, 20))
