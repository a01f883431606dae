"""Verdict and trend: a figure against what was promised, and against last year. Pure, in decimals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Generic, Protocol, TypeVar

from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

RULES = ("value", "ceiling", "change")
DIRECTIONS = ("lower", "higher")


class Verdict(TextChoices):
    MET = "met", _("Nået")
    NEAR = "near", _("Tæt på")
    MISSED = "missed", _("Ikke nået")
    NOT_DUE = "not_due", _("Afventer tal")
    NO_DATA = "no_data", _("Kan ikke vurderes")
    NO_TARGET = "no_target", _("Intet mål")


# A goal with several measures takes the first of these that any of them has. A measure that cannot be judged
# leaves the goal open unless another has already missed.
WORST_FIRST = (Verdict.MISSED, Verdict.NO_DATA, Verdict.NOT_DUE, Verdict.NEAR, Verdict.MET)


@dataclass(frozen=True)
class Rule:
    """What a reading is judged against: at most, or at least, a value; `near` is in the reading's own unit."""

    kind: str  # value | ceiling | change
    value: Decimal | None  # of a change: what its baseline and its amount come to; None: not known
    better: str  # lower | higher
    strict: bool = False  # equal is not enough
    near: Decimal = Decimal(0)  # short by at most this much is near
    decimals: int | None = None  # the value is rounded to these before it is judged; None: never
    unknown: str = "no_margin"  # why the value is not known: no_margin | no_yardstick | break

    def __post_init__(self) -> None:
        if contradicts(self.kind, self.better):
            raise ValueError(f"no rule for a target of kind {self.kind} where {self.better} is better")


def contradicts(kind: str, better: str) -> bool:
    """Whether a target cannot be meant: no way is better, or a ceiling over what ought to rise."""
    return kind not in RULES or better not in DIRECTIONS or (kind == "ceiling" and better != "lower")


def changed(baseline: Decimal | None, by: Decimal | None, by_percent: bool) -> Decimal | None:
    """Where a change leads: the baseline and an amount, or a share of the baseline in per cent. None if not known."""
    if baseline is None or by is None:
        return None
    return baseline + ((abs(baseline) * by).scaleb(-2) if by_percent else by)  # moved, not divided: exact


@dataclass(frozen=True)
class Judgement:
    """`gap` is value less target, whatever the direction; `reason` says why there is no verdict."""

    verdict: Verdict
    gap: Decimal | None = None
    reason: str = ""  # no_target | contradiction | not_begun | an `unknown` of the rule | a `why` of the reading


def judge(value: Decimal | None, rule: Rule | None, *, due: bool = True, why: str = "no_value") -> Judgement:
    """Compare the value with the target; without a value `why` says what is lacking, once it is due.

    The gap is told of the unrounded value, also where the rule rounds before it judges.
    """
    if rule is None:
        return Judgement(Verdict.NO_TARGET, reason="no_target")
    if rule.value is None:
        return Judgement(Verdict.NO_DATA, reason=rule.unknown)
    if value is None:
        return Judgement(Verdict.NO_DATA, reason=why) if due else Judgement(Verdict.NOT_DUE, reason="not_begun")
    gap, short = value - rule.value, shortfall(_rounded(value, rule.decimals), rule)
    if short < 0 or (short == 0 and not rule.strict):
        return Judgement(Verdict.MET, gap)
    return Judgement(Verdict.NEAR if rule.near and short <= rule.near else Verdict.MISSED, gap)


def _rounded(value: Decimal, decimals: int | None) -> Decimal:
    return value if decimals is None else value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def shortfall(value: Decimal, rule: Rule) -> Decimal:
    """How far the value is on the worse side of the target; negative on the better one."""
    aim = rule.value or Decimal(0)
    return value - aim if rule.better == "lower" else aim - value


def near_limit(rule: Rule) -> Decimal | None:
    """The last value that still counts as near, on the worse side of the target. None where nothing does."""
    if not rule.near or rule.value is None:
        return None
    return rule.value + (rule.near if rule.better == "lower" else -rule.near)


def judge_milestone(due: date | None, done: date | None, day: date) -> Judgement:
    """Done by the day or not; done later, `gap` is how many days late. Without a day it is told, not judged."""
    if due is None:
        return Judgement(Verdict.NO_TARGET, reason="no_due")
    if done is not None and done <= due:
        return Judgement(Verdict.MET)
    if done is not None:
        return Judgement(Verdict.MISSED, Decimal((done - due).days), "late")
    return Judgement(Verdict.NOT_DUE, reason="not_done") if day <= due else Judgement(Verdict.MISSED, reason="not_done")


def is_due(moment: date, first_expected: date) -> bool:
    """Whether the first figure of the target's period ought to have come."""
    return moment >= first_expected


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of a goal with several measures: met when all are, else the worst that has a target."""
    given = set(verdicts)
    return next((verdict for verdict in WORST_FIRST if verdict in given), Verdict.NO_TARGET)


def is_same_target(original: Rule | None, revised: Rule | None) -> bool:
    """Whether a revision left the target as it was, so that it must not be shown as changed."""
    if original is None or revised is None or original.value is None:
        return False
    same = [(rule.kind, rule.value, rule.better, rule.strict) for rule in (original, revised)]
    return same[0] == same[1]


class Figure(Protocol):
    """What judging needs to know of a number."""

    @property
    def period(self) -> int: ...

    @property
    def value(self) -> Decimal | None: ...

    @property
    def provisional(self) -> bool: ...


F = TypeVar("F", bound=Figure)


@dataclass(frozen=True)
class Pick(Generic[F]):
    """The newest settled figure of a period, and what is newer than it but cannot be judged."""

    settled: F | None
    provisional: F | None
    missing: F | None = None  # settled without a value: the figure judged is then of an older period

    @property
    def only_provisional(self) -> bool:
        return self.settled is None and self.provisional is not None


def pick(points: Iterable[F], period_from: int, period_to: int) -> Pick[F]:
    """Choose the figure to judge: the newest between the periods with a value that is not provisional."""
    within = sorted((p for p in points if period_from <= p.period <= period_to), key=lambda p: p.period)
    settled = _last(p for p in within if p.value is not None and not p.provisional)
    newer = [p for p in within if settled is None or p.period > settled.period]
    return Pick(
        settled=settled,
        provisional=_last(p for p in newer if p.provisional and p.value is not None),
        missing=_last(p for p in newer if p.value is None),
    )


def _last(points: Iterable[F]) -> F | None:
    return next(reversed(list(points)), None)


def judged_value(
    points: Iterable[F], settled: F | None, basis: str, *, first: int, last: int, step: int, length: int
) -> Decimal | None:
    """The number a target speaks of, made of the period's settled figures.

    `step`: months between two figures; `length`: months that one is of. A figure that is itself of twelve months
    is what the last twelve months came to, however many others there are.
    """
    if settled is None or basis == "newest":
        return settled.value if settled else None
    if basis in ("last", "total") and settled.period <= last - step:
        return None
    if basis == "last":
        return settled.value
    if basis == "total":
        values = _settled_values(points, first, last)
        return sum(values, Decimal(0)) if len(values) == len(range(first, last + 1, step)) else None
    if basis == "average":
        return _average(points, first, settled.period)
    return _average(points, settled.period - 12 + length, settled.period, wanted=12 // length)


def _average(points: Iterable[F], first: int, last: int, wanted: int = 1) -> Decimal | None:
    values = _settled_values(points, first, last)
    return sum(values, Decimal(0)) / len(values) if len(values) >= wanted else None


def _settled_values(points: Iterable[F], first: int, last: int) -> list[Decimal]:
    within = (p for p in points if first <= p.period <= last and not p.provisional)
    return [p.value for p in within if p.value is not None]


@dataclass(frozen=True)
class Trend:
    """The change since the same period last year: what it means, which way it went, and how far."""

    direction: str  # better | worse | unchanged | up | down | unknown
    movement: str  # up | down | flat
    change: Decimal | None


def trend(
    value: Decimal | None,
    value_last_year: Decimal | None,
    *,
    better: str,
    threshold: Decimal,
    ceiling: bool = False,
) -> Trend:
    """A change smaller than the threshold is none. Under a ceiling a rise is expected, so it is only "up"."""
    if value is None or value_last_year is None:
        return Trend("unknown", "flat", None)
    change = value - value_last_year
    if change == 0 or abs(change) < threshold:
        return Trend("unchanged", "flat", change)
    movement = "up" if change > 0 else "down"
    return Trend(_meaning(movement, better, ceiling), movement, change)


def _meaning(movement: str, better: str, ceiling: bool) -> str:
    if better not in DIRECTIONS:
        return movement
    if movement == ("down" if better == "lower" else "up"):
        return "better"
    return movement if ceiling else "worse"


def in_persons(gap: Decimal | None, population: int | None) -> Decimal | None:
    """How many people a gap in percentage points is; null while nobody knows what the share is of."""
    if gap is None or not population:
        return None
    return (abs(gap) * population / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)


def required_change(value: Decimal | None, target: Decimal | None, months_left: int) -> Decimal | None:
    """What each remaining month must bring for the target to be met; negative where the value must fall."""
    if value is None or target is None or months_left <= 0:
        return None
    return (target - value) / months_left
