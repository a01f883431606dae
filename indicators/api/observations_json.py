"""Observations for the API as rows of JSON: page by page, all pages from one state of knowledge."""

import base64
import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from indicators.frame import breakdown_parts
from indicators.missing import MissingReason
from indicators.queries.columns import Column, Selection, page
from indicators.queries.deliveries import deliveries, newest_delivery
from indicators.queries.series_index import SeriesEntry, replaced_by_real, series_index


class Cursor(NamedTuple):
    """Where a page ended, and the batch its figures were known by: later pages must not see newer ones."""

    batch: int
    series: int
    period: int

    @classmethod
    def of_text(cls, text: str) -> "Cursor":
        try:
            plain = base64.urlsafe_b64decode(text.encode("ascii") + b"==").decode("ascii")
        except ValueError:
            plain = ""
        if not re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,4}", plain):
            raise ValueError("brug den, der står i »next«, uændret.")
        return cls(*map(int, plain.split(".")))

    @property
    def text(self) -> str:
        plain = ".".join(map(str, self)).encode("ascii")
        return base64.urlsafe_b64encode(plain).decode("ascii").rstrip("=")


Address = Callable[[Cursor], str]


def selection(asked: dict[str, Any], *, internal: bool = False) -> Selection:
    """What is asked for by indicator, area, breakdown, from, to, as_of and cursor."""
    cursor = asked.get("cursor") or Cursor(newest_delivery(asked.get("as_of")), 0, 0)
    replaced = replaced_by_real(cursor.batch)
    entries = [entry for entry in series_index(internal).chosen(asked) if entry.id not in replaced]
    return Selection(tuple(entries), cursor.batch, asked.get("from"), asked.get("to"), (cursor.series, cursor.period))


def stream_json(chosen: Selection, limit: int, address_of: Address) -> Iterator[str]:
    """The answer, some thousand rows at a time; `address_of` gives the address of the page that begins there."""
    yield '{"results":['
    left, last, comma = limit, None, ""
    for column in page(chosen, limit + 1):
        kept = column.cut(left)
        if not kept:
            break
        yield comma + rows(kept)
        left, last, comma = left - len(kept), Cursor(chosen.batch, kept.entry.id, kept.months[-1]), ","
        if len(kept) < len(column):
            break
    else:
        last = None
    yield f'],"next":{_quoted(address_of(last)) if last else "null"}}}'


def rows(column: Column) -> str:
    """The numbers of a series as JSON objects, with commas between."""
    beginning, endings = f'{series_json(column.entry)},"period":"', _Endings(column.entry)
    notes = column.notes
    if notes:
        pieces = [
            f'{beginning}{period}","value":{value}{endings[batch, notes.get(month, 0)]}'
            for period, value, batch, month in zip(
                column.periods, column.values, column.batches, column.months, strict=True
            )
        ]
    else:
        pieces = [
            f'{beginning}{period}","value":{value}{endings[batch, 0]}'
            for period, value, batch in zip(column.periods, column.values, column.batches, strict=True)
        ]
    return ",".join(pieces)


def series_json(entry: SeriesEntry) -> str:
    """How the JSON of a series, and of each of its numbers, begins: its key, with the brace still open."""
    return f'{{"indicator":"{entry.indicator}","area":"{entry.area}","breakdown":{_breakdown_json(entry.breakdown)}'


@lru_cache(1000)
def _breakdown_json(breakdown: str) -> str:
    """Many series share a breakdown."""
    return json.dumps(breakdown_parts(breakdown), ensure_ascii=False, separators=(",", ":"))


class _Endings(dict[tuple[str, int], str]):
    """What follows a number's value, by its batch and notes: the same for most numbers of a series."""

    def __init__(self, entry: SeriesEntry) -> None:
        self.entry = entry

    def __missing__(self, facts: tuple[str, int]) -> str:
        batch, note = facts
        delivery = deliveries()[int(batch)]
        missing = missing_word(note // 2)
        self[facts] = (
            f',"missing":{_quoted(missing)},"provisional":{_truth(note % 2)},'
            f'"synthetic":{_truth(self.entry.synthetic)},'
            f'"known_from":"{delivery.instant}","known_to":null,'  # at the moment asked for, nothing had replaced it
            f'"source":"{delivery.source}","batch":"{delivery.code}"}}'
        )
        return self[facts]


def _truth(value: int | bool) -> str:
    return "true" if value else "false"


def _quoted(text: str | None) -> str:
    """For texts of ours that need no escaping."""
    return "null" if text is None else f'"{text}"'


def missing_word(reason: int) -> str | None:
    """`suppressed`, `not_published` …; null for a number that is there."""
    return MissingReason(reason).name.lower() if reason else None
