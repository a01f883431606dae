"""What a team has to say of its measures: each with its newest figure and the newest version of the assessment."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Team
from goals.models import Assessment, Goal, Measure
from goals.status.plan_status import goal_statuses
from goals.status.types import MeasureStatus
from goals.texts.assessments import assessed_period
from goals.texts.current_text import CurrentText, current_and_last


@dataclass(frozen=True)
class TeamMeasure(CurrentText[Assessment]):
    """The period is that of the newest settled figure."""

    status: MeasureStatus

    @property
    def measure(self) -> Measure:
        return self.status.measure


def team_measures(team: Team | None) -> list[TeamMeasure]:
    """The newest figures of the team's measures, judged as everybody sees them, in a fixed number of queries."""
    if team is None:
        return []
    goals = list(Goal.objects.filter(measures__team=team).distinct())
    statuses = [status for goal in goal_statuses(goals, timezone.now()) for status in goal.measures] if goals else []
    return with_assessments([status for status in statuses if status.measure.team_id == team.pk])


def with_assessments(statuses: list[MeasureStatus]) -> list[TeamMeasure]:
    versions: dict[int, list[Assessment]] = {status.measure.pk: [] for status in statuses}
    if versions:
        for version in Assessment.objects.newest().filter(measure__in=versions).order_by("-period"):
            versions[version.measure_id].append(version)
    return [_team_measure(status, versions[status.measure.pk]) for status in statuses]


def _team_measure(status: MeasureStatus, versions: list[Assessment]) -> TeamMeasure:
    period = assessed_period(status)
    current, last = current_and_last(versions, period)
    return TeamMeasure(period, current, last, status)
