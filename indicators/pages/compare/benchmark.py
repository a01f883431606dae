"""Actual against expected: the newest edition of the ministry's benchmark, in persons, for the 98 municipalities."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from indicators.areas import HOME
from indicators.models import Area
from indicators.pages.compare.comparison import Group
from indicators.pages.compare.ranking import Rank, ranks
from indicators.queries.histories import History, Point, SeriesKey, histories

PLACE, ACTUAL, EXPECTED = "benchmark-placering", "benchmark-faktisk-antal", "benchmark-forventet-antal"
CODES = {ACTUAL, EXPECTED}


@dataclass(frozen=True)
class BenchmarkRow:
    """A municipality's actual and expected number of persons, and its rank by their ratio."""

    code: str
    name: str
    kind: str  # of FROM_BELOW in charts/dot_strip_layout: own, group, other
    place: Rank
    actual: Decimal
    expected: Decimal

    @property
    def ratio(self) -> Decimal:
        return self.actual / self.expected

    @property
    def difference(self) -> Decimal:
        return self.actual - self.expected

    @property
    def percent(self) -> Decimal:
        """The difference as a share of what was expected, which does not follow the municipality's size."""
        return self.difference * 100 / self.expected


@dataclass(frozen=True)
class Edition:
    """One issue of the benchmark: all municipalities' numbers of one period."""

    period: int
    group: Group
    rows: list[BenchmarkRow]  # the best place first
    point: Point  # Viborg's actual number: since when it is known, and from where
    synthetic: bool
    published_places: bool  # the ministry's own, worked out before it rounded the numbers; else by the numbers here

    @property
    def own(self) -> BenchmarkRow:
        return next(row for row in self.rows if row.code == HOME)

    @property
    def in_group(self) -> list[BenchmarkRow]:
        """The group's rows and one's own, which may stand outside it."""
        return [row for row in self.rows if row.kind != "other"]


@dataclass(frozen=True)
class ActualAndExpected:
    """Both numbers of a municipality in a period."""

    actual: Decimal
    expected: Decimal
    point: Point  # of the actual number

    @property
    def ratio(self) -> Decimal:
        return self.actual / self.expected


def newest_edition(group: Group, moment: datetime) -> Edition | None:
    """The newest edition that tells both numbers of Viborg; None when none was known."""
    names = dict(Area.objects.filter(kind=Area.Kind.MUNICIPALITY).values_list("code", "name"))
    by_key = histories([SeriesKey(code, area) for code in (PLACE, *CODES) for area in names], moment=moment)
    synthetic = by_key[SeriesKey(ACTUAL, HOME)].synthetic
    both = {
        area: _pairs(by_key[SeriesKey(ACTUAL, area)], by_key[SeriesKey(EXPECTED, area)], synthetic) for area in names
    }
    if not both.get(HOME):
        return None
    period = max(both[HOME])
    pairs = {area: by_period[period] for area, by_period in both.items() if period in by_period}
    published = {area: _place(by_key[SeriesKey(PLACE, area)], period, synthetic) for area in pairs}
    rows = _rows(pairs, names, group, published)
    return Edition(period, group, rows, pairs[HOME].point, synthetic, all(published.values()))


def _pairs(actual: History, awaited: History, synthetic: bool) -> dict[int, ActualAndExpected]:
    """By period, where both numbers are there and are as real as one's own: real and made-up are never mixed."""
    if actual.synthetic != synthetic or awaited.synthetic != synthetic:
        return {}
    expected = {point.period: point.value for point in awaited.points if point.value}
    return {
        p.period: ActualAndExpected(p.value, expected[p.period], p)
        for p in actual.points
        if p.value is not None and p.period in expected
    }


def _place(history: History, period: int, synthetic: bool) -> Decimal | None:
    if history.synthetic != synthetic:
        return None
    return next((point.value for point in history.points if point.period == period), None)


def _rows(
    pairs: dict[str, ActualAndExpected], names: dict[str, str], group: Group, published: dict[str, Decimal | None]
) -> list[BenchmarkRow]:
    """By the ministry's own places where all are known: of rounded numbers others would come out."""
    ratios = {area: pair.ratio for area, pair in pairs.items()}
    ranked = ranks(published if all(published.values()) else ratios, lower_is_better=True)
    return [
        BenchmarkRow(
            code=area,
            name=names[area],
            kind="own" if area == HOME else "group" if area in group.members else "other",
            place=ranked[area],
            actual=pairs[area].actual,
            expected=pairs[area].expected,
        )
        for area in sorted(pairs, key=lambda area: (ranked[area].number, ratios[area], names[area]))
    ]
