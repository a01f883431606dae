"""The numbers of many series as columns of text, put together by the database: the fast way out of the store.

Row by row the client library would make six objects a number; here it makes five texts a series.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from django.db import connection
from django.db.models import F, Q

from indicators import periods
from indicators.catalogue import Line
from indicators.models import Observation

FIRST_ROUND, LARGEST_ROUND = 25, 400  # series a query
TEXT = {"postgresql": "o.shown_value::text", "sqlite": "printf('%%.4f', o.shown_value)"}
JOINED = {"postgresql": "string_agg", "sqlite": "group_concat"}
FLAGS = {
    "postgresql": "(o.shown_missing * 2 + o.provisional::int)",
    "sqlite": "(o.shown_missing * 2 + o.provisional)",
}
QUERY = """
SELECT o.series_id, {joined}(CAST(o.period AS text), ','), {joined}(coalesce({text}, 'null'), ','),
    {joined}(CAST(o.batch_from_id AS text), ','),
    {joined}(CAST(o.period AS text) || ' ' || CAST({flags} AS text), ',') FILTER (WHERE {flags} > 0)
FROM ({numbers}) o GROUP BY o.series_id ORDER BY o.series_id
"""


@dataclass(frozen=True)
class Selection:
    """Which numbers: of these series, known by the batch, between two months, from a place on."""

    lines: tuple[Line, ...]
    batch: int
    first: int | None = None
    last: int | None = None
    after: tuple[int, int] = (0, 0)  # series and period


@dataclass(frozen=True)
class Column:
    """One series' numbers in order of period, as texts with commas; who wants them one by one has them split."""

    line: Line
    months_text: str
    values_text: str  # as JSON writes them
    batches_text: str
    notes: dict[int, int]  # period → twice the missing reason, plus 1 if provisional

    @cached_property
    def months(self) -> list[int]:
        return list(map(int, self.months_text.split(",")))

    @property
    def values(self) -> list[str]:
        return self.values_text.split(",")

    @property
    def batches(self) -> list[str]:
        return self.batches_text.split(",")

    @property
    def periods(self) -> list[str]:
        return periods_text(self.months_text, self.line.frequency).split(",")

    def cut(self, size: int) -> "Column":
        if size >= len(self):
            return self
        texts = (self.months_text, self.values_text, self.batches_text)
        return Column(self.line, *(",".join(text.split(",")[:size]) for text in texts), self.notes)

    def __len__(self) -> int:
        return self.months_text.count(",") + 1 if self.months_text else 0


@lru_cache(1000)
def periods_text(months: str, frequency: str) -> str:
    """Most series of an indicator have the same months."""
    return ",".join(iso(int(month), frequency) for month in months.split(","))


iso = lru_cache(10_000)(periods.iso)


def columns(selection: Selection) -> Iterator[Column]:
    """In order of series; some series at a time, so that memory does not grow with what is asked for."""
    lines = iter([line for line in selection.lines if line.id >= selection.after[0]])
    size = FIRST_ROUND
    while block := list(islice(lines, size)):
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


def _columns(block: list[Line], selection: Selection) -> list[Column]:
    guarded = [line.id for line in block if line.guarded]
    rest = [line.id for line in block if not line.guarded]
    found = [*_rows(guarded, selection, guarded=True), *_rows(rest, selection, guarded=False)]
    lines = {line.id: line for line in block}
    return [_column(lines[number], *texts) for number, *texts in sorted(found)]


def _column(line: Line, months: str, values: str, batches: str, notes: str | None) -> Column:
    pairs = (note.split() for note in notes.split(",")) if notes else ()
    flags = {int(month): int(flag) for month, flag in pairs}
    return Column(line, months, _trimmed(values), batches, flags)


def _trimmed(values: str) -> str:
    """Four decimals each, without the zeros at the end: replaced in the whole text at once."""
    text = f"{values},".replace("000,", ",").replace("00,", ",").replace("0,", ",").replace(".,", ",")
    return text[:-1]


def _rows(series: list[int], selection: Selection, *, guarded: bool) -> list[tuple]:
    if not series:
        return []
    numbers, values = _numbers(series, selection, guarded).query.sql_with_params()
    vendor = connection.vendor
    parts = {"joined": JOINED[vendor], "text": TEXT[vendor], "flags": FLAGS[vendor], "numbers": numbers}
    with connection.cursor() as cursor:
        cursor.execute(QUERY.format(**parts), values)
        return cursor.fetchall()


def _numbers(series: Iterable[int], selection: Selection, guarded: bool):
    """Where nothing can be withheld, the joins that ask for it are spared."""
    known = Observation.objects.known_at(selection.batch).filter(series__in=series)
    known = known.disclosed() if guarded else known.annotate(shown_value=F("value"), shown_missing=F("missing"))
    if selection.first is not None:
        known = known.filter(period__gte=selection.first)
    if selection.last is not None:
        known = known.filter(period__lte=selection.last)
    if selection.after[0]:
        begun, period = selection.after
        known = known.filter(Q(series__gt=begun) | Q(series=begun, period__gt=period))
    return known.order_by("series", "period").values(
        "series_id", "period", "shown_value", "shown_missing", "provisional", "batch_from_id"
    )
