"""Observations in the forms for many at once: columnar JSON and CSV, one series after the other."""

import json
from collections.abc import Iterable, Iterator

from indicators.catalogue import deliveries
from indicators.columns import Column, iso, periods_text
from indicators.frames import breakdown_parts
from indicators.listing import missing_word

NAMES = [
    "indicator", "area", "breakdown", "period", "value", "missing",
    "provisional", "synthetic", "known_from", "known_to", "source", "batch",
]  # fmt: skip
QUOTED = '","'
BOM = "\ufeff"  # by which Excel knows UTF-8


def columnar(columns: Iterable[Column]) -> Iterator[str]:
    """An object a series with its numbers as lists of equal length; the batches they name stand at the end."""
    named: set[str] = set()
    yield '{"series":['
    for place, column in enumerate(columns):
        named.update(set(column.batches))
        yield f"{',' if place else ''}{_series(column)}"
    yield f'],"batches":{_json({deliveries()[batch].code: _delivery(batch) for batch in sorted(map(int, named))})}}}'


def _series(column: Column) -> str:
    line = column.line
    facts = {"indicator": line.indicator, "area": line.area, "breakdown": breakdown_parts(line.breakdown)}
    facts |= {"synthetic": line.synthetic, "frequency": line.frequency, **_notes(column)}
    shown = periods_text(column.months_text, line.frequency)
    lists = (
        f'"period":["{shown.replace(",", QUOTED)}"],"value":[{column.values_text}],'
        f'"batch":["b{column.batches_text.replace(",", QUOTED + "b")}"]'
    )
    return f"{_json(facts)[:-1]},{lists}}}"


def _notes(column: Column) -> dict:
    """Only the periods that have something to note."""
    if not column.notes:
        return {"missing": {}, "provisional": []}
    kept = {month: note for month, note in sorted(column.notes.items()) if month <= column.months[-1]}
    frequency = column.line.frequency
    return {
        "missing": {iso(month, frequency): missing_word(note // 2) for month, note in kept.items() if note // 2},
        "provisional": [iso(month, frequency) for month, note in kept.items() if note % 2],
    }


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
    line, notes = column.line, column.notes
    beginning = [line.indicator, line.area, line.breakdown]
    synthetic = "true" if line.synthetic else "false"
    for period, month, value, batch in zip(column.periods, column.months, column.values, column.batches, strict=True):
        delivery, note = deliveries()[int(batch)], notes.get(month, 0)
        missing, provisional = missing_word(note // 2) or "", "true" if note % 2 else "false"
        shown = "" if value == "null" else value
        known = [delivery.instant, "", delivery.source, delivery.code]
        yield [*beginning, period, shown, missing, provisional, synthetic, *known]
