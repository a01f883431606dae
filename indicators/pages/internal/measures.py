"""The municipality's own measures as a colleague may see them; every look is written down with its purpose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Team, User
from indicators import formats, periods
from indicators.areas import HOME
from indicators.charts.small_multiple import SmallChart, small_chart
from indicators.disclosure.internal_access import EMPLOYEE, LEVELS, TEAM, Level, level_of
from indicators.frame import SeriesKey, breakdown_parts
from indicators.models import Indicator, Series
from indicators.queries.histories import History, Point, histories
from indicators.translation import translated

MONTHS = 12


@dataclass(frozen=True)
class MeasureRow:
    """One series: what it is of, its numbers in the table's months, and its drawing."""

    name: str
    history: History
    points: list[Point | None]
    chart: SmallChart | None
    chart_name: str


@dataclass(frozen=True)
class MeasureTable:
    """A measure at a level, as far as the reader sees it."""

    indicator: Indicator
    level: Level
    levels: list[Level]
    months: list[int]
    rows: list[MeasureRow]

    @property
    def synthetic(self) -> bool:
        return any(row.history.synthetic for row in self.rows)

    @property
    def histories(self) -> dict[str, History]:
        return {row.name: row.history for row in self.rows}


def measures(user: User) -> list[Indicator]:
    """Those with a series the reader sees."""
    seen = Series.objects.for_user(user).values("indicator")
    return list(Indicator.objects.filter(visibility=Indicator.Visibility.INTERNAL, pk__in=seen).order_by("name"))


def table(user: User, indicator: Indicator, level_code: str, team: str, moment: datetime) -> MeasureTable | None:
    """None when there is nothing the reader may see: no such level, another's team, nothing known."""
    seen = list(Series.objects.for_user(user).filter(indicator=indicator, area__code=HOME))
    keys = sorted({SeriesKey(indicator.code, HOME, one.breakdown) for one in seen})
    levels = [level for level in LEVELS if any(level_of(key.breakdown) == level for key in keys)]
    level = next((level for level in levels if level.code == level_code), None)
    chosen = [key for key in keys if level_of(key.breakdown) == level]
    if team:
        chosen = [key for key in chosen if breakdown_parts(key.breakdown).get(TEAM) == team]
    if level is None or not chosen:
        return None
    found = histories(chosen, moment=moment)
    months = sorted({point.period for history in found.values() for point in history.points})[-MONTHS:]
    if not months:
        return None
    names = dict(Team.objects.values_list("slug", "name"))
    rows = [_row(indicator, names, found[key], months) for key in chosen]
    return MeasureTable(indicator, level, levels, months, rows)


def _row(indicator: Indicator, teams: dict[str, str], history: History, months: Sequence[int]) -> MeasureRow:
    by_month = {point.period: point for point in history.points}
    shown = [by_month.get(month) for month in months]
    name = row_name(history.key.breakdown, teams)
    chart = small_chart([p for p in shown if p], (months[0], months[-1]), unit=indicator.unit)
    first, last = (periods.named(month, periods.Frequency.MONTH) for month in (months[0], months[-1]))
    chart_name = _("{title}, {name}, Viborg Kommune, {first} til {last}. Alle tal står i tabellen.").format(
        title=translated(indicator.name), name=name, first=first, last=last
    )
    return MeasureRow(name, history, shown, chart, chart_name)


def row_name(breakdown: str, teams: dict[str, str]) -> str:
    parts = breakdown_parts(breakdown)
    if EMPLOYEE in parts:
        return parts[EMPLOYEE]
    if TEAM in parts:
        return teams.get(parts[TEAM], parts[TEAM])
    return formats.listed(list(parts.values())) or _("I alt")


@transaction.atomic
def write_down(*, user: User, found: MeasureTable, purpose: str) -> None:
    """One event a colleague or team whose numbers were seen, so that each can be told who looked."""
    for about in _whom(row.history.key.breakdown for row in found.rows):
        audit.record(
            verb="read", kind="internal_figures", key=f"{found.indicator.code}/{found.level.code}",
            by=user, reason=purpose, about=about,
        )  # fmt: skip


def _whom(breakdowns: Iterable[str]) -> list[str]:
    parts = [breakdown_parts(text) for text in breakdowns]
    return sorted({one.get(EMPLOYEE) or one.get(TEAM, "") for one in parts})
