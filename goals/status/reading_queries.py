"""The readings of many measures in one query, with the counterparts and groups that they are held against."""

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from goals.models import Measure
from goals.status import readings
from goals.status.readings import Counterpart, Member, Reading
from indicators import periods
from indicators.models import Area, AreaMembership, Break, Indicator
from indicators.queries.histories import History, SeriesKey, histories

NOTHING = History(SeriesKey("", "", ""), synthetic=False, points=())
Members = Mapping[int | None, Sequence[Member]]  # by the group's key; None: all municipalities


def readings_of(measures: Sequence[Measure], moment: datetime) -> list[Reading]:
    """What each measure reads, as known at the moment; the groups cost a query where there are any."""
    members = _members(measures)
    keys = {key for measure in measures for key in _keys(measure, members)}
    read = histories(keys, moment=moment)
    return [_reading(measure, read, members) for measure in measures]


def with_breaks(measures: Sequence[Measure], read: list[Reading], looking_back: Sequence[int]) -> list[Reading]:
    """The readings, with the breaks in the figures of those measures that look back over time; a query if any does."""
    if not looking_back:
        return read
    indicators = {measure.indicator_id for measure in measures if measure.pk in looking_back}
    breaks = Break.objects.filter(indicator__in=indicators).values_list("indicator", "period")
    own = [tuple(period for owner, period in breaks if owner == measure.indicator_id) for measure in measures]
    return [replace(reading, breaks=periods) for reading, periods in zip(read, own, strict=True)]


def series_key(measure: Measure) -> SeriesKey | None:
    """The one series the measure reads: a sub-group's values can never stand for the whole."""
    if not (measure.indicator and measure.area):
        return None
    return SeriesKey(measure.indicator.code, measure.area.code, measure.breakdown)


def figure_key(measure: Measure) -> SeriesKey | None:
    """The series whose numbers are judged as they are; a difference or a place is nobody's delivery."""
    return series_key(measure) if measure.reads == Measure.Reads.FIGURE else None


def indicator_read(measure: Measure) -> Indicator | None:
    """The measure's indicator with the unit of what is read: shares differ in points, and a place is a rank."""
    if measure.indicator is None or measure.reads == Measure.Reads.FIGURE:
        return measure.indicator
    read = copy.copy(measure.indicator)
    if measure.reads == Measure.Reads.PLACE:
        read.unit, read.unit_name, read.decimals, read.trend_threshold = Indicator.Unit.RANK, "", 0, 1
    elif read.unit == Indicator.Unit.PERCENT:
        read.unit = Indicator.Unit.POINTS
    read.direction = measure.better
    return read


def _keys(measure: Measure, members: Members) -> Iterable[SeriesKey]:
    own = series_key(measure)
    if own is None:
        return []
    if measure.reads == Measure.Reads.FIGURE:
        return [own]
    if _is_of_a_group(measure):
        return [own, *(_in(own, member.area) for member in members[measure.against_id])]
    return [own, _counterpart_key(measure, own)]


def _is_of_a_group(measure: Measure) -> bool:
    grouped = measure.against is not None and measure.against.kind == Area.Kind.GROUP
    return measure.reads == Measure.Reads.PLACE or grouped


def _counterpart_key(measure: Measure, own: SeriesKey) -> SeriesKey:
    indicator = measure.against_indicator.code if measure.against_indicator else own.indicator
    return SeriesKey(indicator, measure.against.code if measure.against else own.area, own.breakdown)


def _in(key: SeriesKey, area: str) -> SeriesKey:
    return SeriesKey(key.indicator, area, key.breakdown)


def _reading(measure: Measure, read: Mapping[SeriesKey, History], members: Members) -> Reading:
    key = series_key(measure)
    if key is None:
        return readings.figure(NOTHING)
    own = read[key]
    if measure.reads == Measure.Reads.FIGURE:
        return readings.figure(own)
    if not _is_of_a_group(measure):
        return readings.difference(own, Counterpart(read[_counterpart_key(measure, key)]))
    frequency = measure.indicator.frequency if measure.indicator else periods.Frequency.MONTH
    group = [(member, read[_in(key, member.area)]) for member in members[measure.against_id]]
    if measure.reads == Measure.Reads.DIFFERENCE:
        return readings.difference(own, readings.average(own, group, frequency, with_own=measure.with_own))
    lower = measure.indicator is not None and measure.indicator.direction == Indicator.Direction.LOWER
    return readings.place(own, group, frequency, lower_is_better=lower)


def _members(measures: Sequence[Measure]) -> Members:
    groups = {measure.against_id for measure in measures if _is_of_a_group(measure)}
    found: dict[int | None, list[Member]] = {group: [] for group in groups}
    if None in groups:
        codes = Area.objects.filter(kind=Area.Kind.MUNICIPALITY).values_list("code", flat=True)
        found[None] = [Member(code) for code in codes]
    named = groups - {None}
    rows = AreaMembership.objects.filter(group__in=named).select_related("member")
    for row in rows if named else ():
        found[row.group_id].append(Member(row.member.code, _month(row.valid_from), _last_whole_month(row.valid_to)))
    return found


def _month(day: date | None) -> int | None:
    return periods.of(day.year, day.month) if day else None


def _last_whole_month(day: date | None) -> int | None:
    """Of a member's last day: the last month of whose last day it is a member."""
    if day is None:
        return None
    month = periods.of(day.year, day.month)
    return month if periods.last_day(month) <= day else month - 1
