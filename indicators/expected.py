"""Actual against expected: the ministry's benchmark in persons, where an edition of it has been imported."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from indicators.comparison import HOME, Group
from indicators.drawing import Scale
from indicators.models import Area, Indicator
from indicators.reading import History, SeriesKey, histories

ACTUAL, EXPECTED = "benchmark-faktisk-antal", "benchmark-forventet-antal"
WIDTH, EDGE = 180, 8


@dataclass(frozen=True)
class Row:
    """Both numbers of a municipality; `x` are the places of expected and actual on a common scale of their ratio."""

    code: str
    name: str
    actual: Decimal
    expected: Decimal
    x_expected: float
    x_actual: float

    @property
    def difference(self) -> Decimal:
        return self.actual - self.expected


@dataclass(frozen=True)
class Edition:
    period: int
    rows: list[Row]  # the fewest against what was expected first
    synthetic: bool

    @property
    def own(self) -> Row:
        return next(row for row in self.rows if row.code == HOME)


def edition(group: Group, moment: datetime) -> Edition | None:
    """The newest edition that tells both numbers of Viborg, for the group and Viborg; None when there is none."""
    if Indicator.objects.public().filter(code__in=[ACTUAL, EXPECTED]).count() < 2:
        return None
    codes = group.members | {HOME}
    found = histories([SeriesKey(code, area) for code in (ACTUAL, EXPECTED) for area in codes], moment=moment)
    both = {area: _pairs(found[SeriesKey(ACTUAL, area)], found[SeriesKey(EXPECTED, area)]) for area in codes}
    if not both[HOME]:
        return None
    period = max(both[HOME])
    pairs = {area: pair[period] for area, pair in both.items() if period in pair}
    return Edition(period, _rows(pairs), found[SeriesKey(ACTUAL, HOME)].synthetic)


def _pairs(actual: History, expected: History) -> dict[int, tuple[Decimal, Decimal]]:
    awaited = {p.period: p.value for p in expected.points if p.value}
    return {
        p.period: (p.value, awaited[p.period]) for p in actual.points if p.value is not None and p.period in awaited
    }


def _rows(pairs: dict[str, tuple[Decimal, Decimal]]) -> list[Row]:
    names = dict(Area.objects.filter(code__in=pairs).values_list("code", "name"))
    ratios = {area: float(actual / expected) for area, (actual, expected) in pairs.items()}
    scale = Scale(min(*ratios.values(), 1), max(*ratios.values(), 1), EDGE, WIDTH - EDGE)
    ordered = sorted(pairs, key=lambda area: (ratios[area], names[area]))
    return [Row(area, names[area], *pairs[area], scale(1), scale(ratios[area])) for area in ordered]
