"""Observations for the API as rows of JSON: page by page, all pages from one state of knowledge."""

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from indicators.api.cursors import Place
from indicators.frame import breakdown_parts
from indicators.missing import MissingReason
from indicators.queries.columns import Column, Selection, page
from indicators.queries.deliveries import deliveries, newest_delivery
from indicators.queries.replaced_series import replaced_by_real
from indicators.queries.series_index import SeriesEntry, series_index

Address = Callable[[Place], str]


def selection(asked: dict[str, Any], begun: Place | None = None, *, internal: bool = False) -> Selection:
    """What is asked for by indicator, area, breakdown, from, to and as_of, from the place where a page ended."""
    place = begun or Place(newest_delivery(asked.get("as_of")), 0, 0, 0)
    replaced = replaced_by_real(place.batch)
    entries = [entry for entry in series_index(internal).chosen(asked) if entry.id not in replaced]
    return Selection(tuple(entries), place.batch, asked.get("from"), asked.get("to"), (place.series, place.period))


def cut(chosen: Selection, limit: int) -> tuple[list[Column], Place | None]:
    """The columns of a page of so many numbers, and where the next begins."""
    kept: list[Column] = []
    left = limit
    for column in page(chosen, limit + 1):
        if not left:
            return kept, _end(chosen, kept[-1])
        kept.append(column.cut(left))
        left -= len(kept[-1])
        if len(kept[-1]) < len(column):
            return kept, _end(chosen, kept[-1])
    return kept, None


def _end(chosen: Selection, last: Column) -> Place:
    return Place(chosen.batch, 0, last.entry.id, last.months[-1])


def stream_json(chosen: Selection, limit: int, address_of: Address) -> Iterator[str]:
    """The answer, some thousand rows at a time; `address_of` gives the address of the page that begins there."""
    yield '{"results":['
    left, last, comma = limit, None, ""
    for column in page(chosen, limit + 1):
        kept = column.cut(left)
        if not kept:
            break
        yield comma + rows(kept)
        left, last, comma = left - len(kept), _end(chosen, kept), ","
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
