"""What a measure reads: a figure, its difference to a counterpart, or its place in a group, in every period.

Histories in, a history out. A reading is settled where all it is made of is, and stands only where all of it does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from indicators import periods
from indicators.missing import MissingReason
from indicators.queries.histories import History, Point

WITHHELD = (MissingReason.SUPPRESSED, MissingReason.BELOW_MIN_COUNT)


@dataclass(frozen=True)
class Member:
    """An area in a group, between two days as month numbers; None is an open end."""

    area: str
    first: int | None = None
    last: int | None = None

    def belongs(self, month: int) -> bool:
        return (self.first is None or self.first <= month) and (self.last is None or month <= self.last)


Group = Sequence[tuple[Member, History]]


@dataclass(frozen=True)
class Counterpart:
    """What the figure is held against; `incomplete`: the periods in which a member of the group has no figure."""

    history: History
    incomplete: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Reading:
    """The history that is judged, and what it was made of: of a figure, nothing but itself."""

    history: History
    own: History
    counterpart: Counterpart | None = None
    breaks: tuple[int, ...] = ()  # periods from which the figures are of something else than before

    def sides(self, period: int) -> tuple[Point | None, Point | None]:
        """The figure and its counterpart in a period."""
        other = self.counterpart.history if self.counterpart else None
        return _at(self.own, period), _at(other, period) if other else None

    def waiting(self, judged: Point | None) -> Point | None:
        """The newest settled figure that has no counterpart yet: it is shown, and not judged."""
        newest = next((p for p in reversed(self.own.points) if _is_settled(p)), None)
        return newest if newest and (judged is None or newest.period > judged.period) else None

    def why_none(self, first: int, last: int) -> str:
        """Why no settled reading stands between the periods."""
        own = [point for point in self.own.points if first <= point.period <= last]
        if not any(_is_settled(point) for point in own):
            return _why_no_figure(own)
        return self._why_no_comparison(self.counterpart, first, last) if self.counterpart else "no_value"

    def _why_no_comparison(self, counterpart: Counterpart, first: int, last: int) -> str:
        if any(first <= period <= last for period in counterpart.incomplete):
            return "group_incomplete"
        other = [point for point in counterpart.history.points if first <= point.period <= last]
        if any(_is_settled(point) for point in other):
            return "no_common_period"
        return "only_provisional" if any(p.value is not None and p.provisional for p in other) else "no_comparison"


def figure(own: History) -> Reading:
    return Reading(own, own)


def difference(own: History, counterpart: Counterpart, decimals: int | None = None) -> Reading:
    """The figure less its counterpart, each rounded first where `decimals` are given."""
    others = {point.period: point for point in counterpart.history.points}
    points = tuple(filter(None, (_less(point, others.get(point.period), decimals) for point in own.points)))
    synthetic = own.synthetic or counterpart.history.synthetic
    return Reading(replace(own, points=points, synthetic=synthetic), own, counterpart)


def rounded(reading: Reading, decimals: int) -> Reading:
    """A difference of the figures as they are printed; any other reading is rounded as a whole, when it is judged."""
    if reading.counterpart is None or not reading.counterpart.history.points:
        return reading
    return difference(reading.own, reading.counterpart, decimals)


def place(own: History, members: Group, frequency: str = "M", *, lower_is_better: bool) -> Reading:
    """One more than the members whose figure is strictly better; equal figures share a place."""
    group = [(member, _by_period(history)) for member, history in members if member.area != own.key.area]
    points, incomplete = [], set()
    for point in own.points:
        others = _members_at(periods.last_month(point.period, frequency), point.period, group)
        if any(other is None or other.value is None for other in others):
            incomplete.add(point.period)
        else:
            points.append(_placed(point, [other for other in others if other], lower_is_better))
    synthetic = own.synthetic or any(history.synthetic for _member, history in members)
    counterpart = Counterpart(replace(own, points=()), frozenset(incomplete))
    return Reading(replace(own, points=tuple(points), synthetic=synthetic), own, counterpart)


def average(own: History, members: Group, frequency: str = "M", *, with_own: bool = False) -> Counterpart:
    """The mean of the members' figures in each period of the figure's; the figure's own area is left out."""
    group = [(m, _by_period(history)) for m, history in members if with_own or m.area != own.key.area]
    points, incomplete = [], set()
    for point in own.points:
        wanted = _members_at(periods.last_month(point.period, frequency), point.period, group)
        others = [other for other in wanted if other and other.value is not None]
        if len(others) < len(wanted):
            incomplete.add(point.period)
        elif others:
            mean = sum((other.number for other in others), Decimal(0)) / len(others)
            points.append(_made_of(others, mean, provisional=any(other.provisional for other in others)))
    synthetic = any(history.synthetic for _member, history in members)
    return Counterpart(replace(own, points=tuple(points), synthetic=synthetic), frozenset(incomplete))


def _members_at(month: int, period: int, group: Iterable[tuple[Member, dict[int, Point]]]) -> list[Point | None]:
    """The figures of those who belong to the group in the period's last month."""
    return [by_period.get(period) for member, by_period in group if member.belongs(month)]


def _placed(own: Point, others: list[Point], lower_is_better: bool) -> Point:
    if own.value is None:
        return own
    better = [o for o in others if (o.number < own.value if lower_is_better else o.number > own.value)]
    provisional = own.provisional or any(other.provisional for other in others)
    return _made_of([own, *others], Decimal(1 + len(better)), provisional)


def _less(own: Point, other: Point | None, decimals: int | None) -> Point | None:
    """None where there is nothing to hold the figure against."""
    if own.value is None:
        return own
    if other is None or other.value is None:
        return None
    value = _rounded(own.value, decimals) - _rounded(other.value, decimals)
    return _made_of([own, other], value, own.provisional or other.provisional)


def _made_of(points: list[Point], value: Decimal, provisional: bool) -> Point:
    """Known from when the last part of it was."""
    newest = max(points, key=lambda point: point.batch)
    return replace(points[0], value=value, provisional=provisional, known_from=newest.known_from, batch=newest.batch)


def _why_no_figure(own: list[Point]) -> str:
    if any(point.value is not None for point in own):
        return "only_provisional"
    return "withheld" if own and own[-1].missing in WITHHELD else "no_value"


def _is_settled(point: Point) -> bool:
    return point.value is not None and not point.provisional


def _by_period(history: History) -> dict[int, Point]:
    return {point.period: point for point in history.points}


def _at(history: History, period: int) -> Point | None:
    return next((point for point in history.points if point.period == period), None)


def _rounded(value: Decimal, decimals: int | None) -> Decimal:
    return value if decimals is None else value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
