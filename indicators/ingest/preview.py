"""What a delivery would do, before anything is written: new, changed and rejected cells, and what needs a reason."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from django.db import connections

from indicators import periods
from indicators.files.errors import ProblemGroup
from indicators.frame import SCALE, Frame, SeriesKey
from indicators.ingest.quality_rules import FLOORS, jumps
from indicators.models import Area, Indicator
from indicators.store import series_ids
from indicators.store.diff import Cells, Difference, cells_of_frame, compare
from indicators.store.write import STORES

LISTED = 200  # changes shown; all are counted
FIRST = 20  # new numbers shown; all are counted
EXAMPLES = 5  # of a measure's jumps


@dataclass(frozen=True)
class Change:
    """A cell before and after; `old` is None where there was no figure, `new` where none is left."""

    indicator: Indicator
    area: str  # its name
    breakdown: str
    period: int
    old: Decimal | None
    new: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def period_text(self) -> str:
        return periods.named(self.period, self.indicator.frequency)


@dataclass(frozen=True)
class Jump:
    """What needs a reason before the delivery is stored: a measure's large changes, or an area it never had."""

    key: str  # what `confirm` wants a reason for
    indicator: Indicator
    text: str
    count: int
    all_changes: tuple[Change, ...] = ()  # the largest first

    @property
    def examples(self) -> tuple[Change, ...]:
        return self.all_changes[:EXAMPLES]


@dataclass(frozen=True)
class Preview:
    """A delivery beside what the portal holds. With `problems` it cannot be stored at all."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    changes: tuple[Change, ...] = ()  # the largest first
    first_new: tuple[Change, ...] = ()  # in the order of the file
    problems: tuple[ProblemGroup, ...] = ()
    jumps: tuple[Jump, ...] = ()
    newest_period: str = ""
    hidden_demo: tuple[str, ...] = ()  # names of the indicators of which a real series takes a synthetic one's place

    @property
    def is_usable(self) -> bool:
        return not self.problems


def preview_of_frame(frame: Frame, using: str = "default") -> Preview:
    return PlacedDelivery(frame, using).preview()


class PlacedDelivery:
    """A frame placed among the figures of the portal, as they stand."""

    def __init__(self, frame: Frame, using: str = "default") -> None:
        self.frame, self.using = frame, using
        self.known_series = series_ids.known_ids(frame.keys, False, using)
        # A key that has no series yet gets a number of its own below zero.
        numbers = [self.known_series.get(key, -place) for place, key in enumerate(frame.keys, 1)]
        self.ids = np.array(numbers, np.int32)
        self.cells = cells_of_frame(frame, self.ids)
        with connections[using].cursor() as cursor:
            store = STORES[connections[using].vendor]
            self.current: Cells = store.current(cursor, self.ids[self.ids > 0])
        self.difference: Difference = compare(self.cells, self.current, complete=False)
        self.keys = dict(zip(numbers, frame.keys, strict=True))
        self.indicators = {
            indicator.code: indicator
            for indicator in Indicator.objects.using(using).filter(code__in={key.indicator for key in frame.keys})
        }
        self.areas = dict(Area.objects.using(using).values_list("code", "name"))

    def preview(self) -> Preview:
        found = self.difference
        return Preview(
            new=len(found.new),
            changed=len(found.changed),
            unchanged=found.unchanged,
            changes=tuple(self.largest_changes()),
            first_new=tuple(self.first_new()),
            jumps=(*self.new_areas(), *self.jumps()),
            newest_period=self.newest_period(),
            hidden_demo=self.hidden_demo(),
        )

    def largest_changes(self) -> list[Change]:
        changed = self.difference.changed
        if not len(changed):
            return []
        old = np.searchsorted(self.current.key, changed.key)
        absent = (changed.missing > 0) | (self.current.missing[old] > 0)
        distance = np.where(absent, np.iinfo(np.int64).max, np.abs(changed.value - self.current.value[old]))
        chosen = np.argsort(-distance, kind="stable")[:LISTED]
        return [self._change(changed, place, _value(self.current, int(old[place]))) for place in map(int, chosen)]

    def first_new(self) -> list[Change]:
        new = self.difference.new
        keys = self.ids[self.frame.series].astype(np.int64) << 16 | self.frame.period
        rows = np.flatnonzero(np.isin(keys, new.key))[:FIRST]
        return [self._change(new, place, None) for place in np.searchsorted(new.key, keys[rows]).tolist()]

    def jumps(self) -> Iterator[Jump]:
        by_indicator: dict[str, list[Change]] = defaultdict(list)
        for cells in (self.difference.changed, self.difference.new):
            limit, floor = self._limits(cells)
            found, reference = jumps(cells, self.current, limit, floor)
            for place in found.tolist():
                change = self._change(cells, place, Decimal(int(reference[place])) / SCALE)
                by_indicator[change.indicator.code].append(change)
        for code, changes in by_indicator.items():
            changes.sort(key=lambda change: -abs(change.difference or 0))
            limit = self.indicators[code].jump_limit
            text = f"{len(changes)} tal er mere end {limit} % fra tallet før"
            yield Jump(code, self.indicators[code], text, len(changes), tuple(changes))

    def new_areas(self) -> Iterator[Jump]:
        """An indicator that has figures, but none for an area that the delivery speaks of."""
        had = {(key.indicator, key.area) for key in self.known_series}
        measured = {indicator for indicator, _ in had}
        new = {(key.indicator, key.area) for key in self.frame.keys} - had
        by_indicator = defaultdict(list)
        for indicator, area in sorted(new):
            if indicator in measured:
                by_indicator[indicator].append(self.areas.get(area, area))
        for code, names in by_indicator.items():
            shown = ", ".join(names[:3]) + (f" og {len(names) - 3} mere" if len(names) > 3 else "")
            text = f"målet har ikke før haft tal for {shown}"
            yield Jump(f"{code}:omraade", self.indicators[code], text, len(names))

    def hidden_demo(self) -> tuple[str, ...]:
        """A real figure takes the place of a whole synthetic series, and only the first one of a series does."""
        had = {self.keys[number] for number in np.unique(self.current.series).tolist()}
        fresh = [key for key in self.frame.keys if key not in had]
        synthetic = series_ids.known_ids(fresh, True, self.using) if fresh else {}
        codes = sorted({key.indicator for key in fresh if key in synthetic})
        return tuple(self.indicators[code].name for code in codes)

    def newest_period(self) -> str:
        if not len(self.frame):
            return ""
        row = int(np.argmax(self.frame.period))
        code = self.frame.keys[int(self.frame.series[row])].indicator
        return periods.named(int(self.frame.period[row]), self.indicators[code].frequency)

    def _limits(self, cells: Cells) -> tuple[np.ndarray, np.ndarray]:
        """Each cell's limit and floor, from its indicator."""
        numbers, place = np.unique(cells.series, return_inverse=True)
        owners = [self.indicators[self.keys[number].indicator] for number in numbers.tolist()]
        limit = np.array([owner.jump_limit for owner in owners], np.int64)
        floor = np.array([FLOORS[owner.unit] for owner in owners], np.int64)
        return limit[place], floor[place]

    def _change(self, cells: Cells, place: int, old: Decimal | None) -> Change:
        key: SeriesKey = self.keys[int(cells.series[place])]
        area = self.areas.get(key.area, key.area)
        indicator = self.indicators[key.indicator]
        return Change(indicator, area, key.breakdown, int(cells.period[place]), old, _value(cells, place))


def _value(cells: Cells, place: int) -> Decimal | None:
    return None if cells.missing[place] else Decimal(int(cells.value[place])) / SCALE
