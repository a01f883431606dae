"""Observations in the forms for many at once: columnar JSON and CSV, one series after the other."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache

from indicators.api.observations_json import missing_word, series_json
from indicators.queries.columns import Column, iso, iso_periods
from indicators.queries.deliveries import deliveries

NAMES = [
    "indicator", "area", "breakdown", "period", "value", "missing",
    "provisional", "synthetic", "known_from", "known_to", "source", "batch",
]  # fmt: skip
QUOTED = '","'
NOTHING_TO_NOTE = '"missing":{},"provisional":[]'
BOM = "\ufeff"  # by which Excel knows UTF-8


def columnar(columns: Iterable[Column]) -> Iterator[str]:
    """An object a series with its numbers as lists of equal length; the batches they name stand at the end."""
    named: set[str] = set()
    last = ""
    yield '{"series":['
    for place, column in enumerate(columns):
        if column.batches_text != last:
            last = column.batches_text
            named.update(last.split(","))
        yield f"{',' if place else ''}{_series(column)}"
    yield f'],"batches":{_json({deliveries()[batch].code: _delivery(batch) for batch in sorted(map(int, named))})}}}'


def _series(column: Column) -> str:
    entry = column.entry
    synthetic = "true" if entry.synthetic else "false"
    return (
        f'{series_json(entry)},"synthetic":{synthetic},"frequency":"{entry.frequency}",'
        f'{_notes(column)},"period":{_periods(column.months, entry.frequency)},'
        f'"value":[{column.values_text}],"batch":{_batches(column.batches_text)}}}'
    )


@lru_cache(1000)
def _periods(months: tuple[int, ...], frequency: str) -> str:
    return _json(iso_periods(months, frequency))


@lru_cache(1000)
def _batches(text: str) -> str:
    """Most series of an indicator came with the same deliveries."""
    return f'["b{text.replace(",", QUOTED + "b")}"]'


def _notes(column: Column) -> str:
    """Only the periods that have something to note."""
    if not column.notes:
        return NOTHING_TO_NOTE
    kept = {month: note for month, note in sorted(column.notes.items()) if month <= column.months[-1]}
    frequency = column.entry.frequency
    missing = {iso(month, frequency): missing_word(note // 2) for month, note in kept.items() if note // 2}
    provisional = [iso(month, frequency) for month, note in kept.items() if note % 2]
    return f'"missing":{_json(missing)},"provisional":{_json(provisional)}'


def _delivery(batch: int) -> dict[str, str]:
    delivery = deliveries()[batch]
    return {"known_from": delivery.instant, "source": delivery.source}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def csv(columns: Iterable[Column]) -> Iterator[str]:
    """As Danish Excel reads it: semicolons, decimal commas. All texts are codes of ours and none begins a formula."""
    yield f"{BOM}{';'.join(NAMES)}\r\n"
    for column in columns:
        yield "".join(";".join(cells) + "\r\n" for cells in _csv_rows(column))


def _csv_rows(column: Column) -> Iterator[list[str]]:
    for cells in cells_of(column):
        cells[4] = cells[4].replace(".", ",")
        yield cells


def cells_of(column: Column) -> Iterator[list[str]]:
    """Each number as the texts of a file's row, in the order of NAMES; what is not there is empty."""
    entry, notes = column.entry, column.notes
    beginning = [entry.indicator, entry.area, entry.breakdown]
    synthetic = "true" if entry.synthetic else "false"
    for period, month, value, batch in zip(column.periods, column.months, column.values, column.batches, strict=True):
        delivery, note = deliveries()[int(batch)], notes.get(month, 0)
        missing, provisional = missing_word(note // 2) or "", "true" if note % 2 else "false"
        number = "" if value == "null" else value
        known = [delivery.instant, "", delivery.source, delivery.code]
        yield [*beginning, period, number, missing, provisional, synthetic, *known]
