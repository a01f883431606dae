"""Tidy files as XLSX: the first sheet's rows, read as a stream under limits that a bomb cannot pass. Pure.

One function from bytes to rows, so that it can be moved to a process of its own.
"""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from defusedxml import DefusedXmlException
from openpyxl import DEFUSEDXML, load_workbook

from indicators.civil_numbers import holds_civil_number
from indicators.frames import LIMIT, SCALE
from indicators.tables import REQUIRED, Table, column_names, csv_table
from indicators.tidy_errors import Cause, Problem, TidyError

MAX_ENTRIES = 200
MAX_UNPACKED = 80_000_000  # bytes
MAX_RATIO = 200
MAX_ROWS = 200_000
MAX_COLUMNS = 30
NOISE = Decimal("1e-9")  # what binary fractions add to a decimal that was typed


def xlsx_table(data: bytes) -> Table:
    """The rows as a table. Cells that are numbers in themselves have no decimal sign to be found."""
    rows = list(_filled_rows(data))
    head = next((n for n, (_, cells) in enumerate(rows) if not str(cells[0]).startswith("#")), 0)
    if not rows[head + 1 :]:
        raise _refused("arket har ingen rækker")
    names = column_names([_text(cell) for cell in _without_tail(rows[head][1])])
    value, numbers, text = names.index(REQUIRED[3]), {}, StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerows([_text(cells[0])] for _, cells in rows[:head])
    writer.writerow(names)
    for number, (line, cells) in enumerate(rows[head + 1 :]):
        if any(cell is not None for cell in cells[len(names) :]):
            raise _refused("her er flere celler end kolonner", line)
        padded = [*cells, *[None] * len(names)][: len(names)]
        if isinstance(padded[value], int | float) and not isinstance(padded[value], bool):
            numbers[number], padded[value] = _scaled(padded[value], line), None
        writer.writerow(_text(cell, name) for cell, name in zip(padded, names, strict=True))
    table = csv_table(text.getvalue().encode())
    return replace(table, lines=[line for line, _ in rows[head + 1 :]], numbers=numbers)


def _filled_rows(data: bytes) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Rows with anything in them, and their numbers in the sheet."""
    _check_archive(data)
    try:
        workbook = load_workbook(BytesIO(data), read_only=True, data_only=True)
        rows = workbook.worksheets[0].iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS, values_only=True)
        for line, cells in enumerate(rows, 1):
            if line > MAX_ROWS + 1:
                raise _refused(f"arket har flere end {MAX_ROWS} rækker; gem det som CSV")
            if any(cell is not None for cell in cells):
                yield line, cells
    except TidyError:
        raise
    except Exception:  # openpyxl meets a broken file with whatever error comes first
        raise _refused("regnearket kan ikke læses") from None


def _check_archive(data: bytes) -> None:
    """The directory and the beginnings, before anything is unpacked."""
    if not DEFUSEDXML:
        raise RuntimeError("defusedxml is missing: openpyxl would follow entities")
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if len(entries) > MAX_ENTRIES or unpacked > min(MAX_UNPACKED, MAX_RATIO * len(data)):
                raise _refused("regnearket er for stort, når det pakkes ud; gem det som CSV")
            beginnings = [archive.open(entry).read(1000) for entry in entries]
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, DefusedXmlException):
        raise _refused("regnearket kan ikke læses") from None
    if any(b"<!DOCTYPE" in beginning for beginning in beginnings):
        raise _refused("regnearket rummer en dokumenttype (DTD) og er afvist")


def _without_tail(cells: tuple[Any, ...]) -> list[Any]:
    filled = [number for number, cell in enumerate(cells) if cell is not None]
    return list(cells[: filled[-1] + 1])


def _text(cell: Any, column: str = "") -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, date):  # Excel makes a date of 2020-03
        return f"{cell:%Y-%m}"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(str(cell).split())
    return text.zfill(3) if column == "area" and text.isdigit() else text


def _scaled(number: float, line: int) -> int:
    """Ten-thousandths; what is left beyond them must be noise of the binary fraction."""
    if holds_civil_number(_text(number)):
        raise TidyError([Problem(Cause.CIVIL_NUMBER, "her står et CPR-nummer; filen er afvist", line, "value")])
    exact = Decimal(repr(number)) * SCALE
    rounded = exact.to_integral_value()
    if abs(exact - rounded) > NOISE * max(Decimal(SCALE), abs(exact)) or abs(rounded) >= LIMIT:
        raise TidyError(
            [Problem(Cause.NUMBER, f"{number} har flere end 10 cifre før eller 4 efter kommaet", line, "value")]
        )
    return int(rounded)


def _refused(text: str, line: int | None = None) -> TidyError:
    return TidyError([Problem(Cause.FILE, text, line)])
