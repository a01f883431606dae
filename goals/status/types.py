"""A status, frozen: a measure judged against both targets, its goal, its plan; each knows its verdict."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from goals import judging
from goals.judging import Judgement, Pick, Trend, Verdict
from goals.models import Assessment, Goal, Measure, Plan
from goals.status.readings import Reading
from goals.status.targets import TargetFact, rule_of
from goals.status.trend import year_earlier
from indicators.models import Indicator
from indicators.queries.histories import History, Point


@dataclass(frozen=True)
class Judged:
    target: TargetFact | None
    judgement: Judgement
    value: Decimal | None = None  # the number that is judged: a figure, or the average the target speaks of
    pick: Pick[Point] = Pick(None, None)  # the figure it is of, and what is newer

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict

    @property
    def stated(self) -> TargetFact:
        """The target; asked only where there is one."""
        if self.target is None:
            raise ValueError("nothing is aimed at")
        return self.target

    @property
    def aim(self) -> Decimal:
        """The target's value; asked only where it is known."""
        if self.stated.value is None:
            raise ValueError("the target's value is not known")
        return self.stated.value

    @property
    def gap(self) -> Decimal:
        """Value less target; asked only where there is a verdict."""
        if self.judgement.gap is None:
            raise ValueError("nothing is judged")
        return self.judgement.gap


@dataclass(frozen=True)
class Words:
    """The administration's latest assessment of a measure."""

    verdict: str
    headline: str
    outlook: str
    confidence: str
    why: str
    doing: str
    undecided: str
    reason: str
    author_role: str
    made_at: datetime
    demo: bool

    @property
    def verdict_label(self) -> str:
        return str(Verdict(self.verdict).label)

    @property
    def confidence_label(self) -> str:
        return str(Assessment.Confidence(self.confidence).label)


@dataclass(frozen=True)
class MeasureStatus:
    measure: Measure
    history: History
    pick: Pick[Point]
    original: Judged
    revised: Judged
    trend: Trend
    words: Words | None
    decided_on: date | None = None  # the newest meeting that decided something about the goal
    reading: Reading | None = None  # what the history was made of

    @property
    def indicator(self) -> Indicator:
        """What the figures are of; asked only where there are some, which a measure without an indicator never has."""
        if self.measure.indicator is None:
            raise ValueError(f"{self.measure.code} has no indicator")
        return self.measure.indicator

    @property
    def latest(self) -> Point | None:
        """The newest settled figure within the target's period: the one that is judged."""
        return self.pick.settled

    @property
    def figure(self) -> Point:
        """The same; asked only where there is one."""
        if self.latest is None:
            raise ValueError(f"{self.measure.code} has no settled figure")
        return self.latest

    @property
    def standing(self) -> Verdict:
        """Against the target that holds: the new one, or the original where there is no new one."""
        return self.holding.verdict

    @property
    def holding(self) -> Judged:
        """Judged against the target that holds: the new one, or the original where there is no new one."""
        return self.revised if self.revised.target else self.original

    @property
    def number(self) -> Decimal | None:
        """The number that is judged; the newest figure where none is."""
        return self.holding.value if self.holding.value is not None else self.latest.value if self.latest else None

    @property
    def year_ago(self) -> Point | None:
        return year_earlier(self.history, self.latest) if self.latest else None

    @property
    def same_target(self) -> bool:
        return bool(self.original.target and self.revised.target) and judging.is_same_target(
            rule_of(self.measure, self.original.target), rule_of(self.measure, self.revised.target)
        )

    @property
    def first_target(self) -> TargetFact | None:
        return self.original.target or self.revised.target


@dataclass(frozen=True)
class MilestoneStatus:
    """A milestone as it was reported: done on a day, or how many of the wanted number are."""

    judgement: Judgement
    done_on: date | None
    count: int | None


@dataclass(frozen=True)
class GoalStatus:
    goal: Goal
    measures: tuple[MeasureStatus, ...]
    milestone: MilestoneStatus | None = None

    @property
    def original(self) -> Verdict:
        own = [self.milestone.judgement.verdict] if self.milestone else []
        return judging.combine([*own, *(m.original.verdict for m in self.measures)])

    @property
    def revised(self) -> Verdict:
        """After what was revised: a measure without a new target counts by the one that holds."""
        return self.newest if any(m.revised.target for m in self.measures) else Verdict.NO_TARGET

    @property
    def newest(self) -> Verdict:
        """Against the target that holds: the new one, or the original where there is no new one."""
        return judging.combine([m.standing for m in self.measures]) if self.measures else self.original


@dataclass(frozen=True)
class PlanStatus:
    plan: Plan
    goals: tuple[GoalStatus, ...]
    moment: datetime
    unmeasured: tuple[GoalStatus, ...] = ()  # milestones, and goals that are words alone

    @property
    def counted(self) -> tuple[GoalStatus, ...]:
        """All goals that a verdict can be of."""
        return self.goals + self.unmeasured

    def not_met(self) -> "PlanStatus":
        """The goals with a target that are not known to be met, those that cannot be judged among them."""
        done = (Verdict.MET, Verdict.NO_TARGET)
        return replace(self, goals=tuple(goal for goal in self.goals if goal.newest not in done))

    @property
    def measures(self) -> list[MeasureStatus]:
        return [measure for goal in self.goals for measure in goal.measures]

    @property
    def revised_known(self) -> bool:
        return any(m.revised.target for m in self.measures)

    @property
    def supplemented(self) -> bool:
        """Whether a supplement set any of the new targets; an editor may set one without."""
        return any(m.revised.target.by_supplement for m in self.measures if m.revised.target)

    @property
    def synthetic(self) -> bool:
        return any(m.history.synthetic for m in self.measures)
