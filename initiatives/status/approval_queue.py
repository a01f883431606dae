"""What waits for an approver, beside what everybody reads now; and how the months stand that can be closed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from goals.models import Assessment, ClosedPeriod, Measure
from goals.models.versions import Version, VersionQuerySet
from goals.status.plan_status import goal_statuses
from goals.texts.versions import is_own, other_approvers, parties
from goals.workflow import State, can_move
from indicators import periods
from initiatives.models import StatusUpdate
from initiatives.status.due import cadence

MODELS: dict[str, type[StatusUpdate] | type[Assessment]] = {"status": StatusUpdate, "vurdering": Assessment}
RELATED = {"status": ["initiative"], "vurdering": ["measure__goal__plan", "measure__indicator"]}
MONTHS_SHOWN = 6


@dataclass(frozen=True)
class Waiting:
    """A version that somebody handed in, with what stands publicly now and, of a measure, what is calculated."""

    kind: str
    version: Any
    public: Any
    calculated: str = ""
    may_approve: bool = True  # not by whoever handed it in, while another could

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.version.pk}"

    @property
    def unchanged(self) -> bool:
        """It says what was approved last, of a later period or once more; who signs it does not matter."""
        said = [name for name in self.version.CONTENT if name != "author_role"]
        return bool(self.public) and all(getattr(self.version, n) == getattr(self.public, n) for n in said)


def versions_for(kind: str, user: User) -> VersionQuerySet[Any]:
    """All that the approver may decide about: of the own team and of nobody, or of all without a team."""
    model = MODELS[kind]
    rows = model.objects.select_related(*RELATED[kind])
    team = f"{model.ITEM[0]}__team"
    return rows.filter(Q(**{team: None}) | Q(**{team: user.team_id})) if user.team_id else rows


def waiting(user: User) -> list[Waiting]:
    """The oldest first, in a fixed number of queries."""
    found = {kind: list(versions_for(kind, user).newest().filter(state=State.SUBMITTED)) for kind in MODELS}
    verdicts = _verdicts([version.measure for version in found["vurdering"]])
    others = other_approvers(user)
    items = [
        Waiting(
            kind,
            version,
            public.get(version.subject),
            verdicts.get(version.subject, ""),
            _may_approve(version, user, others),
        )
        for kind, versions in found.items()
        for public in [_public(kind, versions)]
        for version in versions
    ]
    return sorted(items, key=lambda item: item.version.made_at)


def _may_approve(version: Version, user: User, others: list[int | None]) -> bool:
    own = is_own(version, user, others)
    return can_move(State(version.state), State.APPROVED, parties(user, version.subject.team_id), own=own)


def _public(kind: str, versions: list[Any]) -> dict[Any, Any]:
    """Of each subject the words that everybody reads now."""
    model, subjects = MODELS[kind], {version.subject for version in versions}
    rows = model.objects.public(timezone.now()).filter(**{f"{model.ITEM[0]}__in": subjects})
    ordered = rows.select_related(*RELATED[kind]).order_by("period", "version")
    return {row.subject: row for row in ordered} if subjects else {}


def _verdicts(measures: list[Measure]) -> dict[Measure, str]:
    goals = {measure.goal for measure in measures}
    statuses = [status for goal in goal_statuses(goals, timezone.now()) for status in goal.measures] if goals else []
    return {status.measure: str(status.standing.label) for status in statuses}


@dataclass(frozen=True)
class Month:
    period: int
    closed: ClosedPeriod | None
    approved: int
    waiting: int

    @property
    def iso(self) -> str:
        return periods.iso(self.period, periods.Frequency.MONTH)


def months(today: date) -> list[Month]:
    """The newest months that status was or is due for, newest first. Two queries."""
    step, newest = cadence().every_months, cadence().due_period(today)
    shown = [newest - step * back for back in range(MONTHS_SHOWN)]
    closed = {row.period: row for row in ClosedPeriod.objects.all()}
    rows = StatusUpdate.objects.newest().filter(period__in=shown).order_by()
    counted = rows.values_list("period", "state").annotate(Count("pk"))
    count = Counter({(period, state): number for period, state, number in counted})
    every = sorted({*shown, *closed}, reverse=True)
    return [Month(p, closed.get(p), count[p, State.APPROVED], count[p, State.SUBMITTED]) for p in every]
