"""How numbers changed after they were first published, and how they stand beside the country's."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from indicators import formats
from indicators.models import Indicator
from indicators.queries.corrections import Corrected
from indicators.queries.histories import History, Point, Vintage


@dataclass(frozen=True)
class Revision:
    """What was first published of a period, and what stands."""

    period: int
    first: Vintage
    newest: Vintage

    @property
    def change(self) -> Decimal | None:
        if self.first.value is None or self.newest.value is None:
            return None
        return self.newest.value - self.first.value


def first_and_newest(vintages: Iterable[Vintage]) -> list[Revision]:
    """One row a period, newest period first; `vintages` come by period, then by when they were known."""
    grouped = [list(group) for _, group in groupby(vintages, key=lambda vintage: vintage.period)]
    return [Revision(versions[0].period, versions[0], versions[-1]) for versions in reversed(grouped)]


def typical_revision(indicator: Indicator, revisions: list[Revision]) -> str:
    """The median size of the changes from first published to newest, in words; empty when nothing changed."""
    sizes = sorted(abs(revision.change) for revision in revisions if revision.change)
    if not sizes:
        return ""
    middle = sizes[len(sizes) // 2]
    return formats.difference(middle, indicator.unit, max(indicator.decimals, formats.decimals_of(middle)))


@dataclass(frozen=True)
class PeriodBesideCountry:
    """One period in Viborg and in the country."""

    period: int
    home: Point
    country: Point | None
    correction: Corrected | None


def side_by_side(home: History, country: History, corrected: dict[int, Corrected]) -> list[PeriodBesideCountry]:
    """Newest period first, over the periods Viborg has."""
    there = {point.period: point for point in country.points}
    return [
        PeriodBesideCountry(p.period, p, there.get(p.period), corrected.get(p.period)) for p in reversed(home.points)
    ]
