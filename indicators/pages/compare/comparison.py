"""One indicator across the country: the 98 municipalities in a period, as known at a moment, beside a group."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from indicators.areas import COUNTRY, HOME
from indicators.models import Area, AreaMembership, Indicator
from indicators.pages.compare.ranking import Range, Rank, Sides, persons_at, ranks, sides
from indicators.queries.comparable import Comparable, with_comparable
from indicators.queries.histories import History, Point, SeriesKey, histories
from indicators.translation import translated

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

DEFAULT_INDICATOR, DEFAULT_GROUP = "ledige-pct-arbejdsstyrken", "provinsbykommuner"
# The persons behind a share: indicators of the same table and the same population.
PERSONS = {
    "ledige-pct-arbejdsstyrken": "ledige-antal",
    "kontanthjaelp-pct-befolkning": "kontanthjaelp-antal-fuldtidspersoner",
    "kontanthjaelp-pct-arbejdsstyrken": "kontanthjaelp-antal-fuldtidspersoner",
    "ordinaere-timer-pct": "ordinaere-timer-antal",
}
# What a share is of, where that is few: a share of a whole population would have limits too narrow to mean anything.
OF_FEW = {"ordinaere-timer-pct": "kontanthjaelp-antal-personer"}


@dataclass(frozen=True)
class Group:
    """A named list of municipalities, and since when it has been so (None: not known)."""

    code: str
    name: str
    since: date | None
    members: frozenset[str]

    @property
    def plural(self) -> str:
        """As it stands in a sentence: "16 provinsbykommuner", "19 kommuner i Region Midtjylland"."""
        if self.name.startswith("Region"):
            return _("kommuner i {region}").format(region=self.name)
        return translated(self.name).lower()


@dataclass(frozen=True)
class ComparisonRow:
    """An area in the table. Without a number it has no place."""

    code: str
    name: str
    point: Point | None
    persons: Point | None
    place: Rank | None
    group_place: Rank | None
    kind: str  # of FROM_BELOW in charts/dot_strip_layout: own, group, other

    @property
    def value(self) -> Decimal | None:
        return self.point.value if self.point else None

    @property
    def number(self) -> Decimal:
        """The value; asked only where there is one."""
        if self.value is None:
            raise ValueError(f"{self.code} has no number")
        return self.value


@dataclass(frozen=True)
class Comparison:
    """All municipalities and the country in one period, ranked, beside the chosen group."""

    indicator: Indicator
    counted: Indicator | None  # what `persons` counts
    group: Group
    period: int
    rows: list[ComparisonRow]  # all municipalities, best first; those without a number last
    country: ComparisonRow
    few: Indicator | None = None  # counts the few whom the share is of
    sizes: dict[str, int] = field(default_factory=dict)  # by area, how many they are, where the persons are told too

    @property
    def own(self) -> ComparisonRow:
        return next(row for row in self.rows if row.code == HOME)

    @property
    def valued(self) -> list[ComparisonRow]:
        return [row for row in self.rows if row.value is not None]

    @property
    def in_group(self) -> list[ComparisonRow]:
        """The group's rows and one's own, which may stand outside it."""
        return [row for row in self.rows if row.code in self.group.members or row.code == HOME]

    @property
    def own_in_group(self) -> bool:
        return HOME in self.group.members

    @property
    def sides(self) -> Sides | None:
        others = [row.number for row in self.valued if row.code != HOME]
        return sides(self.own.value, others) if self.own.value is not None else None

    @property
    def at_country_level(self) -> Range | None:
        """How many more or fewer persons the country's share would mean in Viborg."""
        own, there = self.own, self.country.value
        if own.value is None or there is None or not own.persons or own.persons.value is None:
            return None
        return persons_at(own.persons.value, own.value, there, decimals=self.indicator.decimals)


def public_indicators() -> "dict[str, WithAnnotations[Indicator, Comparable]]":
    """All by code and in order of name, each with `comparable`."""
    return {i.code: i for i in with_comparable(Indicator.objects.public()).order_by("name")}


def groups(day: date) -> list[Group]:
    """The regions and Statistics Denmark's groups as they were on the day; the groups first."""
    memberships = AreaMembership.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day)
    ).select_related("group", "member")
    by_group: dict[Area, list[AreaMembership]] = {}
    for membership in memberships.order_by("group__kind", "group__name"):
        by_group.setdefault(membership.group, []).append(membership)
    return [_group(area, listed) for area, listed in by_group.items()]


def _group(area: Area, memberships: list[AreaMembership]) -> Group:
    known = [m.valid_from for m in memberships if m.valid_from]
    return Group(area.code, area.name, max(known, default=None), frozenset(m.member.code for m in memberships))


def home_periods(indicator: Indicator, moment: datetime) -> list[Point]:
    """What Viborg has a real number for, newest first."""
    key = SeriesKey(indicator.code, HOME)
    history = histories([key], moment=moment)[key]
    points = () if history.synthetic else history.points
    return [point for point in reversed(points) if point.value is not None]


def compare(
    indicator: Indicator,
    counted: Indicator | None,
    group: Group,
    period: int,
    moment: datetime,
    few: Indicator | None = None,
) -> Comparison:
    areas = dict(Area.objects.filter(Q(kind=Area.Kind.MUNICIPALITY) | Q(code=COUNTRY)).values_list("code", "name"))
    codes = [indicator.code, counted.code] if counted else [indicator.code]
    of_few = [few.code] if few else []
    keys = [SeriesKey(code, area) for code in codes + of_few for area in areas]
    by_key = histories(keys, moment=moment, periods=(period, period))
    points = {key: _real(history) for key, history in by_key.items()}
    country = areas.pop(COUNTRY)
    rows = _ranked(_rows(areas, codes, points, group, indicator))
    country_row = _row(COUNTRY, country, codes, points, {}, {}, group)
    sizes = _sizes(rows, {row.code: points[SeriesKey(few.code, row.code)] for row in rows} if few else {})
    return Comparison(indicator, counted, group, period, rows, country_row, few, sizes)


def _sizes(rows: list[ComparisonRow], by_area: dict[str, Point | None]) -> dict[str, int]:
    """Without those whose persons nobody publishes: share times size would tell them."""
    published = [row.code for row in rows if row.persons and row.persons.value is not None]
    return {code: int(point.value) for code in published if (point := by_area.get(code)) and point.value}


def _real(history: History) -> Point | None:
    return history.points[0] if history.points and not history.synthetic else None


def _rows(
    areas: dict[str, str], codes: list[str], points: dict, group: Group, indicator: Indicator
) -> list[ComparisonRow]:
    by_area = {area: points[SeriesKey(codes[0], area)] for area in areas}
    values = {area: point.value if point else None for area, point in by_area.items()}
    lower = indicator.direction != Indicator.Direction.HIGHER
    everywhere = ranks(values, lower_is_better=lower)
    members = {area: value for area, value in values.items() if area in group.members or area == HOME}
    among = ranks(members, lower_is_better=lower)
    return [_row(area, name, codes, points, everywhere, among, group) for area, name in areas.items()]


def _row(
    area: str, name: str, codes: list[str], points: dict, everywhere: dict, among: dict, group: Group
) -> ComparisonRow:
    kind = "own" if area == HOME else "group" if area in group.members else "other"
    persons = points[SeriesKey(codes[1], area)] if len(codes) > 1 else None
    point = points[SeriesKey(codes[0], area)]
    return ComparisonRow(area, name, point, persons, everywhere.get(area), among.get(area), kind)


def _ranked(rows: list[ComparisonRow]) -> list[ComparisonRow]:
    """Best first, equal ones by name; those without a number last."""
    return sorted(rows, key=lambda row: (row.place is None, row.place.number if row.place else 0, row.name))
