"""What a team has to say of its measures: each with its newest figure and the newest version of the assessment."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Team
from goals.actions import assessed_period
from goals.models import Assessment, Goal, Measure
from goals.status import MeasureStatus, goal_statuses
from goals.workflow import HANDED_IN


@dataclass(frozen=True)
class TeamMeasure:
    """`current` is the newest version about the newest settled figure; `last` what was handed in before it."""

    status: MeasureStatus
    period: int
    current: Assessment | None
    last: Assessment | None

    @property
    def measure(self) -> Measure:
        return self.status.measure

    @property
    def handed_in(self) -> bool:
        return bool(self.current) and self.current.state in HANDED_IN

    @property
    def returned(self) -> bool:
        return bool(self.current and self.current.note) and not self.handed_in

    @property
    def start(self) -> Assessment | None:
        return self.current or self.last

    @property
    def seen(self) -> int:
        return self.current.version if self.current else 0


def team_measures(team: Team | None) -> list[TeamMeasure]:
    """The newest figures of the plans' own measures, judged as everybody sees them."""
    goals = list(Goal.objects.filter(measures__team=team).distinct()) if team else []
    found = [status for goal in goal_statuses(goals, timezone.now()) for status in goal.measures]
    return [with_assessments(status) for status in found if status.measure.team_id == team.pk]


def with_assessments(status: MeasureStatus) -> TeamMeasure:
    period = assessed_period(status)
    versions = list(Assessment.objects.newest().filter(measure=status.measure).order_by("-period"))
    current = next((version for version in versions if version.period == period), None)
    last = next((v for v in versions if v.period < period and v.state in HANDED_IN), None)
    return TeamMeasure(status, period, current, last)
