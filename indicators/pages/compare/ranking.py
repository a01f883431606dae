"""Ranking of areas by a value: equal values share a rank, and an area without a number has none. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Rank:
    """1 is best; `shared` when another area has the same value."""

    number: int
    shared: bool

    def __str__(self) -> str:
        return f"{self.number}{'=' if self.shared else ''}"


def ranks(values: Mapping[str, Decimal | None], *, lower_is_better: bool) -> dict[str, Rank]:
    """The place of each area that has a value: one more than the number of areas that are better."""
    valued = [value for value in values.values() if value is not None]
    return {
        area: Rank(1 + count_better(value, valued, lower_is_better=lower_is_better), valued.count(value) > 1)
        for area, value in values.items()
        if value is not None
    }


def count_better(value: Decimal, others: Iterable[Decimal], *, lower_is_better: bool) -> int:
    """How many of the others are better."""
    return sum(other < value if lower_is_better else other > value for other in others)


@dataclass(frozen=True)
class Sides:
    """How many others are lower, equal and higher."""

    lower: int
    equal: int
    higher: int


def sides(value: Decimal, others: Iterable[Decimal]) -> Sides:
    others = list(others)
    lower, equal = sum(other < value for other in others), others.count(value)
    return Sides(lower, equal, len(others) - lower - equal)


@dataclass(frozen=True)
class Range:
    """The least and the most that a rounded calculation can stand for, in whole persons."""

    least: int
    most: int


def persons_at(count: Decimal, share: Decimal, other_share: Decimal, *, decimals: int) -> Range | None:
    """How many more (fewer when negative) than `count` there would be at the other share.

    Both shares are rounded to `decimals`, so the answer is a range. None when the own share can be zero.
    """
    half = Decimal(5).scaleb(-decimals - 1)
    if share <= half:
        return None
    least = count * (max(other_share - half, Decimal()) / (share + half) - 1)
    most = count * ((other_share + half) / (share - half) - 1)
    return Range(int(least.to_integral_value("ROUND_FLOOR")), int(most.to_integral_value("ROUND_CEILING")))
