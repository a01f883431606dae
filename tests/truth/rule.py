"""The printed rule once more, slow and plain: written from "Om tallene" and the decisions, knows none of the code.

Pure. Months are (year, month), figures a dict from month to `Figure`, values exact decimals.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

MET, NEAR, MISSED, NOT_DUE, NO_DATA, NO_TARGET = "met", "near", "missed", "not_due", "no_data", "no_target"
WORST_FIRST = [MISSED, NO_DATA, NOT_DUE, NEAR, MET]
FIRST, LAST = (2025, 1), (2025, 12)
Month = tuple[int, int]


@dataclass(frozen=True)
class Figure:
    value: Decimal | None  # None: withheld or withdrawn
    provisional: bool = False


@dataclass(frozen=True)
class Promise:
    """A target: a `rule` of value, relative or ceiling, judged on a `basis`, known from a day."""

    kind: str
    rule: str
    value: Decimal
    decimals: int
    basis: str
    rounded: bool
    known: date


@dataclass(frozen=True)
class Measure:
    code: str
    indicator: str
    better: str
    tolerance: Decimal
    lag: int  # days from the end of a month to its figure
    threshold: Decimal  # of the trend
    promises: tuple[Promise, ...]


@dataclass(frozen=True)
class Answer:
    verdict: str
    gap: Fraction | None = None


def settled(figures: dict[Month, Figure]) -> dict[Month, Decimal]:
    return {m: f.value for m, f in sorted(figures.items()) if f.value is not None and not f.provisional}


def newest(figures: dict[Month, Figure]) -> Month | None:
    """The newest settled month of the plan's period."""
    return max((month for month in settled(figures) if FIRST <= month <= LAST), default=None)


def target(measure: Measure, kind: str, day: date) -> Promise | None:
    known = [promise for promise in measure.promises if promise.kind == kind and promise.known <= day]
    return max(known, key=lambda promise: promise.known, default=None)


def judged_number(promise: Promise, figures: dict[Month, Figure]) -> Fraction | None:
    known, month = settled(figures), newest(figures)
    if month is None or (promise.basis == "last" and month != LAST):
        return None
    if promise.basis in ("newest", "last"):
        return Fraction(known[month])
    if promise.basis == "average":
        numbers = [value for at, value in known.items() if FIRST <= at <= LAST]
    else:
        year = [before(month, count) for count in range(12)]
        if any(at not in known for at in year):
            return None
        numbers = [known[at] for at in year]
    return sum(map(Fraction, numbers), Fraction(0)) / len(numbers)


def before(month: Month, count: int) -> Month:
    number = month[0] * 12 + month[1] - 1 - count
    return number // 12, number % 12 + 1


def judge(measure: Measure, promise: Promise | None, figures: dict[Month, Figure], day: date) -> Answer:
    if promise is None:
        return Answer(NO_TARGET)
    number = judged_number(promise, figures)
    if number is None:
        return Answer(NO_DATA if is_due(measure, promise, day) else NOT_DUE)
    gap = number - Fraction(promise.value)  # of the number that is shown: rounding decides the verdict alone
    if promise.rounded:
        number = Fraction(half_up(number, promise.decimals))
    apart = number - Fraction(promise.value)
    worse = apart if measure.better == "lower" else -apart
    if worse < 0 or (worse == 0 and promise.rule != "relative"):
        return Answer(MET, gap)
    limit = abs(Fraction(promise.value)) * Fraction(measure.tolerance) / 100
    return Answer(NEAR if promise.rule != "relative" and worse <= limit else MISSED, gap)


def is_due(measure: Measure, promise: Promise, day: date) -> bool:
    """The figure is expected one month after the period's beginning and the indicator's lag later."""
    year, month = LAST if promise.basis == "last" else FIRST
    end = date(year, month, calendar.monthrange(year, month)[1]) + timedelta(days=1)
    return day >= end + timedelta(days=measure.lag)


def half_up(number: Fraction, decimals: int) -> Decimal:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def worst(verdicts: list[str]) -> str:
    return min((one for one in verdicts if one != NO_TARGET), key=WORST_FIRST.index, default=NO_TARGET)


def goal(measures: list[Measure], figures: dict[str, dict], day: date) -> dict[str, str]:
    """By the original targets, and by those that hold: where none is revised there is no second verdict."""
    first = [judge(one, target(one, "original", day), figures[one.indicator], day) for one in measures]
    holding = [target(one, "revised", day) or target(one, "original", day) for one in measures]
    second = [judge(one, held, figures[one.indicator], day) for one, held in zip(measures, holding, strict=True)]
    revised = any(target(one, "revised", day) for one in measures)
    return {
        "original": worst([answer.verdict for answer in first]),
        "revised": worst([answer.verdict for answer in second]) if revised else NO_TARGET,
    }


def trend(measure: Measure, figures: dict[Month, Figure], day: date) -> tuple[str, Decimal | None]:
    """The change since the same month a year before; under a ceiling a rise is a rise and not worse."""
    known, month = settled(figures), newest(figures)
    year_ago = month and figures.get((month[0] - 1, month[1]))  # it may be provisional
    if month is None or not year_ago or year_ago.value is None:
        return "unknown", None
    change = known[month] - year_ago.value
    if change == 0 or abs(change) < measure.threshold:
        return "unchanged", change
    held = target(measure, "revised", day) or target(measure, "original", day)
    if (change < 0) == (measure.better == "lower"):
        return "better", change
    return ("up" if held and held.rule == "ceiling" else "worse"), change
