"""Tidy files as XLSX: a sheet's rows as a table, with numbers that need no decimal sign."""

import csv
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from typing import Any

from accounts.civil_numbers import holds_civil_number
from indicators.files.csv_table import REQUIRED, Table, column_names, csv_table
from indicators.files.errors import Cause, Problem, TidyError
from indicators.files.xlsx_sandbox import Row, SheetError, rows_of
from indicators.frame import LIMIT, SCALE

NOISE = Decimal("1e-9")  # what binary fractions add to a decimal that was typed


def xlsx_table(data: bytes) -> Table:
    return table_of_rows(sheet_rows(data))


def table_of_rows(rows: list[Row]) -> Table:
    """Cells that are numbers in themselves have no decimal sign to be found."""
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


def sheet_rows(data: bytes) -> list[Row]:
    try:
        return rows_of(data)
    except SheetError as error:
        raise _refused(error.text, error.line) from None


def _without_tail(cells: list[Any]) -> list[Any]:
    filled = [number for number, cell in enumerate(cells) if cell is not None]
    return list(cells[: filled[-1] + 1])


def _text(cell: Any, column: str = "") -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
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
