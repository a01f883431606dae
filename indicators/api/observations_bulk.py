"""Observations in the forms for many at once: columnar JSON and CSV, one series after the other."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any

from indicators.api.observations_json import missing_word, series_json
from indicators.frame import breakdown_text
from indicators.http.csv_file import escaped
from indicators.queries.columns import Column, iso, iso_periods
from indicators.queries.deliveries import deliveries

NAMES = [
    "indicator", "area", "breakdown", "period", "value", "missing",
    "provisional", "synthetic", "known_from", "known_to", "source", "batch",
]  # fmt: skip
QUOTED = '","'
NOTHING_TO_NOTE = '"missing":{},"provisional":[]'
QUOTE, SPECIAL = '"', frozenset('";\r\n')
ROWS = 1000  # written at a time
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


def csv(rows: Iterable[list[str]]) -> Iterator[str]:
    """As Danish Excel reads it: semicolons, decimal commas. A number is one, also below nothing, and no formula."""
    yield f"{BOM}{';'.join(NAMES)}\r\n"
    lines = (_csv_line(*cells) for cells in rows)
    while block := list(islice(lines, ROWS)):
        yield "".join(block)


def _csv_line(indicator: str, area: str, breakdown: str, period: str, value: str, *rest: str) -> str:
    return ";".join((indicator, area, _csv_text(breakdown), period, value.replace(".", ","), *rest)) + "\r\n"


@lru_cache(1000)
def _csv_text(breakdown: str) -> str:
    """The one text that is not a code of ours; two dimensions have a semicolon between them."""
    text = escaped(breakdown)
    return f'"{text.replace(QUOTE, 2 * QUOTE)}"' if SPECIAL & set(text) else text


def cells_of(column: Column) -> Iterator[list[str]]:
    """Each number as the texts of a file's row, in the order of NAMES; what is not there is empty."""
    entry, notes = column.entry, column.notes
    beginning, synthetic = [entry.indicator, entry.area, entry.breakdown], _truth(entry.synthetic)
    for period, month, value, batch in zip(column.periods, column.months, column.values, column.batches, strict=True):
        delivery, note = deliveries()[int(batch)], notes.get(month, 0)
        number = "" if value == "null" else value
        known = [delivery.instant, "", delivery.source, delivery.code]
        yield [*beginning, period, number, missing_word(note // 2) or "", _truth(note % 2), synthetic, *known]


def cells_of_change(row: dict[str, Any]) -> list[str]:
    """The same of a change."""
    texts = row | {"breakdown": breakdown_text(row["breakdown"]), "value": _number(row["value"])}
    return [_truth(text) if isinstance(text, bool) else text or "" for text in (texts[name] for name in NAMES)]


def _number(value: float | None) -> str:
    return "" if value is None else f"{Decimal(repr(value)):f}"


def _truth(value: int | bool) -> str:
    return "true" if value else "false"
