"""A long JSON answer, `{"columns": […], "rows": [[…], …]}`, read in slabs so that its rows are never all there at once.

Decoded as a whole a million rows take a gigabyte. A slab ends behind a row: at a `]` up to which everything is JSON.

Why brackets are looked for here, and no streaming parser such as ijson is used: it would hand over a million rows of
events one at a time in Python, where the standard library's scanner decodes a whole slab of rows in C; memory stays
bounded by the slab either way. And the standard library takes `parse_float=Decimal`, so that a number keeps exactly
the digits that the source wrote, in the short answers (`exact_json`) as in the long ones.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from indicators.sources.exact_json import exact_json

SLAB = 2_000_000  # characters
ROWS = re.compile(r'"rows"\s*:\s*\[\s*')  # in a string of JSON its quotes would be escaped
DECODER = json.JSONDecoder(parse_float=Decimal)
TRIES = 50  # brackets inside texts


def slabs_of(text: str) -> tuple[Any, Iterator[list]]:
    """The answer without its rows, and the rows in lists; ValueError for what is not JSON, also while they are read."""
    found = ROWS.search(text) if len(text) > SLAB else None
    head = _head(text, found) if found else None
    if found and head is not None:
        return head, _slabs(text, found.end())
    answer = exact_json(text)
    rows = answer.pop("rows", None) if isinstance(answer, dict) else None
    return answer, iter([rows] if rows else [])


def _head(text: str, found: re.Match) -> dict | None:
    """What stands before the rows, if the columns are there already."""
    try:
        head = exact_json(text[: found.start()].rstrip().removesuffix(",") + "}")
    except ValueError:
        return None
    return head if "columns" in head else None


def _slabs(text: str, start: int) -> Iterator[list]:
    while slab := _slab(text, start):
        rows, start = slab
        yield rows
    rows, end = DECODER.raw_decode(f"[{text[start:]}")
    exact_json('{"rows": []' + text[start + end - 1 :])  # what stands behind the rows
    if rows:
        yield rows


def _slab(text: str, start: int) -> tuple[list, int] | None:
    """The next rows and where those after them begin; None where the end is near or a row's end is not found."""
    end = start + SLAB
    for _ in range(TRIES if len(text) - start > 2 * SLAB else 0):
        end = text.find("]", end) + 1
        if not end:
            break
        try:
            rows = exact_json(f"[{text[start:end]}]")
        except ValueError:
            continue
        following = text.find(",", end)
        if following >= 0 and not text[end:following].strip():
            return rows, following + 1
    return None
