"""A delivery placed among the figures of the portal: what is new in it, what differs, and from what."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from django.db import connections

from indicators import periods
from indicators.frame import SCALE, Frame, SeriesKey
from indicators.models import Area, Indicator
from indicators.store import series_ids
from indicators.store.diff import Cells, Difference, cells_of_frame, compare
from indicators.store.write import STORES, Placed

LISTED = 200  # changes shown; all are counted
FIRST = 20  # new numbers shown; all are counted


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


class PlacedDelivery:
    """A frame placed among the figures of the portal, as they stand."""

    current: Cells
    difference: Difference

    def __init__(self, frame: Frame, using: str = "default", placed: Placed | None = None) -> None:
        """`placed` is what the store has found already, under its lock."""
        self.frame, self.using = frame, using
        self.known_series = series_ids.known_ids(frame.keys, False, using)
        if placed:
            self._take(placed)
        else:
            self._compare()
        self.keys = dict(zip(self.ids.tolist(), frame.keys, strict=True))
        indicators = Indicator.objects.using(using).filter(code__in={key.indicator for key in frame.keys})
        self.indicators = {indicator.code: indicator for indicator in indicators}
        self.areas = dict(Area.objects.using(using).values_list("code", "name"))

    def _take(self, placed: Placed) -> None:
        self.ids, self.current, self.difference = placed.ids, placed.current, placed.difference
        self.cells = cells_of_frame(self.frame, self.ids)
        for key, is_old in zip(self.frame.keys, placed.old.tolist(), strict=True):
            if not is_old:
                del self.known_series[key]

    def _compare(self) -> None:
        # A key that has no series yet gets a number of its own below zero.
        numbers = [self.known_series.get(key, -place) for place, key in enumerate(self.frame.keys, 1)]
        self.ids = np.array(numbers, np.int32)
        self.cells = cells_of_frame(self.frame, self.ids)
        with connections[self.using].cursor() as cursor:
            store = STORES[connections[self.using].vendor]
            self.current = store.current(cursor, self.ids[self.ids > 0])
        self.difference = compare(self.cells, self.current, complete=False)

    def largest_changes(self) -> list[Change]:
        changed = self.difference.changed
        if not len(changed):
            return []
        old = np.searchsorted(self.current.key, changed.key)
        absent = (changed.missing > 0) | (self.current.missing[old] > 0)
        distance = np.where(absent, np.iinfo(np.int64).max, np.abs(changed.value - self.current.value[old]))
        chosen = np.argsort(-distance, kind="stable")[:LISTED]
        return [self.change(changed, place, _value(self.current, int(old[place]))) for place in map(int, chosen)]

    def first_new(self) -> list[Change]:
        new = self.difference.new
        keys = self.ids[self.frame.series].astype(np.int64) << 16 | self.frame.period
        rows = np.flatnonzero(np.isin(keys, new.key))[:FIRST]
        return [self.change(new, place, None) for place in np.searchsorted(new.key, keys[rows]).tolist()]

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

    def changes_a_number(self) -> np.ndarray:
        """Which of the changed cells differ in more than a mark."""
        changed = self.difference.changed
        old = np.searchsorted(self.current.key, changed.key)
        differs = (changed.value != self.current.value[old]) | (changed.missing != self.current.missing[old])
        return np.flatnonzero(differs) if len(changed) else np.zeros(0, np.int64)

    def value_before(self, cells: Cells, place: int) -> Decimal | None:
        """The number that a cell takes the place of, if there is one."""
        old = int(np.searchsorted(self.current.key, cells.key[place]))
        is_there = old < len(self.current) and self.current.key[old] == cells.key[place]
        return _value(self.current, old) if is_there else None

    def fingerprint(self) -> str:
        """The same for the same changes to the same figures, whatever numbers the series have."""
        digest = hashlib.blake2b(digest_size=16)
        places = {int(number): place for place, number in enumerate(self.ids.tolist())}
        for cells in (self.difference.new, self.difference.changed):
            order = np.array([places[number] for number in cells.series.tolist()], np.int64) << 16 | cells.period
            rows = np.argsort(order)
            for column in (order, *cells.columns[2:]):
                digest.update(np.ascontiguousarray(column[rows]).data)
            digest.update(self._before(cells.pick(rows)))
        return digest.hexdigest()

    def _before(self, cells: Cells) -> bytes:
        if not len(self.current):
            return b""
        old = np.minimum(np.searchsorted(self.current.key, cells.key), len(self.current) - 1)
        there = self.current.key[old] == cells.key
        return b"".join(np.where(there, column[old], 0).tobytes() for column in self.current.columns[2:])

    def change(self, cells: Cells, place: int, old: Decimal | None) -> Change:
        key: SeriesKey = self.keys[int(cells.series[place])]
        area = self.areas.get(key.area, key.area)
        indicator = self.indicators[key.indicator]
        return Change(indicator, area, key.breakdown, int(cells.period[place]), old, _value(cells, place))


def _value(cells: Cells, place: int) -> Decimal | None:
    return None if cells.missing[place] else Decimal(int(cells.value[place])) / SCALE
