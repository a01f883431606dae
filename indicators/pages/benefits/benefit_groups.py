"""Benefit groups (/forbundne-kar/): how they changed at the same time, and what that sums to. Never why.

Only groups that can honestly be summed are: full-time persons on different benefits. Those ready for a job are part
of all on kontanthjælp, so they stand under them and are not added.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from indicators.areas import HOME
from indicators.charts.small_multiple import Ends, SmallChart, small_chart
from indicators.missing import MissingReason
from indicators.models import Indicator
from indicators.queries.histories import History, Point, SeriesKey, histories

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GROUPS = {"ledige-a-dagpenge-antal": _("A-dagpenge"), "kontanthjaelp-antal-fuldtidspersoner": _("Kontanthjælp")}
WITHIN = {"ledige-kontanthjaelp-antal": _("heraf jobparate")}
NOT_LOADED = _(
    "sygedagpenge, jobafklaring, ressourceforløb, revalidering, ledighedsydelse, fleksjob, førtidspension, efterløn "
    "og seniorpension"
)

TOGETHER = _("Tilsammen")
STEP = Decimal(100)


@dataclass(frozen=True)
class GroupChange:
    """A group at both ends of the span. A value that is not known leaves the change unknown."""

    code: str
    name: "StrOrPromise"
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before


def summed(changes: list[GroupChange]) -> GroupChange:
    """All together; unknown as soon as one of them is."""
    return GroupChange("", TOGETHER, _sum(c.before for c in changes), _sum(c.after for c in changes))


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal()
    for value in values:
        if value is None:
            return None
        total += value
    return total


@dataclass(frozen=True)
class Month:
    """One month of the lines: the groups in order, then their sum."""

    period: int
    points: list[Point]


@dataclass(frozen=True)
class BenefitGroups:
    periods: list[Point]  # those both groups have, newest first
    first: int
    last: int
    groups: list[GroupChange]
    within: list[GroupChange]
    months: list[Month]
    charts: list[tuple[str, SmallChart | None]]
    breaks: list[str]  # changes of definition between the two ends

    @property
    def total(self) -> GroupChange:
        return summed(self.groups)


def read(moment: datetime) -> dict[str, History]:
    """The public figures of each; what is internal is as if it had none."""
    public = Indicator.objects.public().filter(code__in=GROUPS | WITHIN).values_list("code", flat=True)
    keys = {code: SeriesKey(code, HOME) for code in GROUPS | WITHIN}
    found = histories([keys[code] for code in public], moment=moment)
    return {code: found.get(key) or History(key, synthetic=False, points=()) for code, key in keys.items()}


def common(found: Mapping[str, History]) -> list[Point]:
    """The points of the first group in the periods that every group has a real value for, newest first."""
    by_code = {code: _values(found[code]) for code in GROUPS}
    shared = set.intersection(*(set(values) for values in by_code.values()))
    first = found[next(iter(GROUPS))]
    return [point for point in reversed(first.points) if point.period in shared]


def benefit_groups(found: Mapping[str, History], first: int, last: int) -> BenefitGroups:
    groups = [_change(code, name, found, first, last) for code, name in GROUPS.items()]
    within = [_change(code, name, found, first, last) for code, name in WITHIN.items()]
    indicators = Indicator.objects.filter(code__in=GROUPS).prefetch_related("breaks")
    breaks = {b.reason: None for i in indicators for b in i.breaks.all() if first < b.period <= last}
    months = _months(found)
    return BenefitGroups(common(found), first, last, groups, within, months, _charts(months), list(breaks))


def _change(code: str, name: "StrOrPromise", found: Mapping[str, History], first: int, last: int) -> GroupChange:
    values = _values(found[code])
    return GroupChange(code, name, values.get(first), values.get(last))


def _values(history: History) -> dict[int, Decimal]:
    """Real ones alone: what is made up is never summed with what is not."""
    points = () if history.synthetic else history.points
    return {point.period: point.value for point in points if point.value is not None}


def _months(found: Mapping[str, History]) -> list[Month]:
    """The months that every group has, oldest first."""
    by_code = [{point.period: point for point in found[code].points} for code in GROUPS]
    shared = sorted(point.period for point in common(found))
    return [Month(n, [*points, _total(points)]) for n in shared if (points := [group[n] for group in by_code])]


def _charts(months: list[Month]) -> list[tuple[str, SmallChart | None]]:
    """Each group and the sum, on the same months and with the same number of persons a pixel."""
    columns = zip(*(month.points for month in months), strict=True)
    lines = {str(name): list(points) for name, points in zip([*GROUPS.values(), TOGETHER], columns, strict=True)}
    ends = same_width({name: [point.number for point in points] for name, points in lines.items()})
    span = (months[0].period, months[-1].period)
    return [(name, small_chart(points, span, unit="count", ends=ends[name])) for name, points in lines.items()]


def same_width(lines: Mapping[str, list[Decimal]]) -> dict[str, Ends]:
    """Ends in whole hundreds, equally far apart on every axis, that hold all the values and never go under zero."""
    lowest = {name: _hundreds(min(values), ROUND_FLOOR) for name, values in lines.items()}
    width = max(_hundreds(max(values) - lowest[name], ROUND_CEILING) for name, values in lines.items()) or STEP
    return {name: (low, low + width) for name, low in lowest.items()}


def _hundreds(value: Decimal, rounding: str) -> Decimal:
    return (value / STEP).to_integral_value(rounding) * STEP


def _total(points: list[Point]) -> Point:
    newest = max(points, key=lambda point: point.known_from)
    value = sum((point.number for point in points), Decimal())
    provisional = any(point.provisional for point in points)
    return Point(
        newest.period, value, MissingReason.NOT_MISSING, provisional, newest.known_from, newest.source, newest.batch
    )
