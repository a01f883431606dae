"""The figures of many series as columns of text, put together by the database: the fast way out of the store.

Row by row the client library would make six objects a number; here it makes five texts a series.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from indicators import periods
from indicators.queries.column_sql import Shape, each_row
from indicators.queries.series_index import SeriesEntry

FIRST_ROUND, LARGEST_ROUND = 25, 400  # series a query


@dataclass(frozen=True)
class Selection:
    """Which numbers: of these series, known by the batch, between two months, from a place on."""

    entries: tuple[SeriesEntry, ...]
    batch: int
    first: int | None = None
    last: int | None = None
    after: tuple[int, int] = (0, 0)  # series and period


@dataclass(frozen=True)
class Column:
    """One series' numbers in order of period, as texts with commas; who wants them one by one has them split."""

    entry: SeriesEntry
    months: tuple[int, ...]
    values_text: str  # as JSON writes them
    batches_text: str
    notes: dict[int, int]  # period → twice the missing reason, plus 1 if provisional

    @property
    def values(self) -> list[str]:
        return self.values_text.split(",")

    @property
    def batches(self) -> list[str]:
        return self.batches_text.split(",")

    @property
    def periods(self) -> tuple[str, ...]:
        return iso_periods(self.months, self.entry.frequency)

    def cut(self, size: int) -> "Column":
        if size >= len(self):
            return self
        values, batches = (",".join(texts[:size]) for texts in (self.values, self.batches))
        return Column(self.entry, self.months[:size], values, batches, self.notes)

    def __len__(self) -> int:
        return len(self.months)


@lru_cache(1000)
def iso_periods(months: tuple[int, ...], frequency: str) -> tuple[str, ...]:
    """Most series of an indicator have the same months."""
    return tuple(iso(month, frequency) for month in months)


iso = lru_cache(10_000)(periods.iso)


def columns(selection: Selection) -> Iterator[Column]:
    """In order of series; some series at a time, so that memory does not grow with what is asked for."""
    entries = iter([entry for entry in selection.entries if entry.id >= selection.after[0]])
    size = FIRST_ROUND
    while block := list(islice(entries, size)):
        yield from _columns(block, selection)
        size = min(size * 4, LARGEST_ROUND)


def page(selection: Selection, limit: int) -> Iterator[Column]:
    """Until `limit` numbers have come; a series is cut where the page ends."""
    left = limit
    for column in columns(selection):
        yield column.cut(left)
        left -= len(column)
        if left <= 0:
            return


def _columns(block: list[SeriesEntry], selection: Selection) -> list[Column]:
    """Months without a gap are known by the first and the last; only where that fails each is asked for."""
    kinds: dict[tuple[bool, bool], list[SeriesEntry]] = {}
    for entry in block:
        kinds.setdefault((entry.guarded, entry.frequency != periods.Frequency.MONTH), []).append(entry)
    read = [column for kind, entries in kinds.items() for column in _read(entries, selection, *kind)]
    return sorted(read, key=lambda column: column.entry.id)


def _read(entries: list[SeriesEntry], selection: Selection, guarded: bool, each_month: bool) -> list[Column]:
    by_number = {entry.id: entry for entry in entries}
    whole: list[Column] = []
    broken: list[SeriesEntry] = []

    def make(texts: list[str]) -> None:
        number, first, last, count, *rest = texts
        entry, months = by_number[int(number)], _consecutive(first, last)
        if each_month or len(months) == int(count):
            whole.append(_column(entry, months, *rest))
        else:
            broken.append(entry)

    chosen = {"batch": selection.batch, "begun": selection.after[0], "period": selection.after[1]}
    bounds = {name: month for name in ("first", "last") if (month := getattr(selection, name)) is not None}
    shape = Shape(guarded, each_month, "first" in bounds, "last" in bounds, bool(selection.after[0]))
    each_row(make, shape, by_number, **chosen, **bounds)
    return whole + (_read(broken, selection, guarded, True) if broken else [])


def _column(entry: SeriesEntry, months: tuple[int, ...], named: str, values: str, batches: str, notes: str) -> Column:
    pairs = (note.split() for note in notes.split(",")) if notes else ()
    flags = {int(month): int(flag) for month, flag in pairs}
    return Column(entry, _numbers(named) if named else months, _trimmed(values), batches, flags)


@lru_cache(1000)
def _consecutive(first: str, last: str) -> tuple[int, ...]:
    return tuple(range(int(first), int(last) + 1))


@lru_cache(1000)
def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(",")))


def _trimmed(values: str) -> str:
    """Four decimals each, without the zeros at the end: replaced in the whole text at once."""
    text = f"{values},".replace("000,", ",").replace("00,", ",").replace("0,", ",").replace(".,", ",")
    return text[:-1]
