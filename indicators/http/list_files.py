"""Any list of the API as a file: CSV for Danish Excel, or a spreadsheet."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase

from indicators.files import xlsx_stream
from indicators.http.csv_file import csv_response

BLOCK = 1 << 17  # bytes
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": xlsx_stream.MEDIA_TYPE}


def as_file(name: str, form: str, names: list[str], results: Iterable[dict[str, Any]]) -> HttpResponseBase:
    rows = [{key: _flat(value) for key, value in result.items()} for result in results]
    file = f"{name}.{form}"
    if form == "csv":
        return csv_response(file, [names, *(list(row.values()) for row in rows)])
    texts = ([_text(value) for value in row.values()] for row in rows)
    return streamed(file, form, xlsx_stream.workbook(names, texts, _numeric(rows)))


def streamed(file: str, form: str, parts: Iterable[str | bytes]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(blocks(parts), content_type=KINDS[form])
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def blocks(parts: Iterable[str | bytes]) -> Iterator[bytes]:
    """The parts in pieces worth a packet each."""
    waiting, size = [], 0
    for part in parts:
        waiting.append(part.encode() if isinstance(part, str) else part)
        size += len(waiting[-1])
        if size >= BLOCK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def _numeric(rows: list[dict[str, Any]]) -> frozenset[int]:
    """The places of columns that hold nothing but numbers."""
    columns = zip(*(row.values() for row in rows), strict=True)
    return frozenset(place for place, column in enumerate(columns) if all(_is_number(v) or v is None for v in column))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _flat(value: Any) -> Any:
    """What fits in a cell; what has parts of its own is kept as JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _text(value: Any) -> str:
    return "" if value is None else str(value)
