"""Tidy sheets: a sheet's rows as a table, with numbers that need no decimal sign."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from indicators.files.csv_table import NO_ROWS, REQUIRED, UNNAMED, Column, Table, column_names, decimal_option
from indicators.files.errors import Cause, Problem, TidyError
from indicators.files.number_parsing import texts_of
from indicators.files.sheets import text_of
from indicators.files.xlsx_sandbox import Percent, Row, Sheet
from indicators.files.xlsx_sheet import column_name
from indicators.frame import LIMIT, SCALE

NOISE = Decimal("1e-9")  # what binary fractions add to a decimal that was typed


def table_of_sheet(sheet: Sheet, head: int) -> Table:
    """`head` is the place of the header's row. Cells that are numbers in themselves have no decimal sign to find."""
    names = column_names([text_of(cell) for cell in _without_tail(sheet.rows[head][1])])
    rows = sheet.rows[head + 1 :]
    if not rows:
        raise TidyError([Problem(Cause.FILE, NO_ROWS, sheet=sheet.name)])
    kept = [place for place, name in enumerate(names) if not name.startswith(UNNAMED)]
    _refuse_beyond(rows, set(kept), sheet.name)
    value = names.index(REQUIRED[3])
    numbers = _numbers(rows, value, sheet.name)
    columns = {names[place]: _column(rows, place, names[place], numbers) for place in kept}
    heading = "\n".join(" ".join(map(text_of, cells)) for _, cells in sheet.rows[:head])
    return Table(
        columns,
        [line for line, _ in rows],
        decimal_option(heading),
        heading,
        numbers,
        frozenset(n for n, (_, cells) in enumerate(rows) if value < len(cells) and isinstance(cells[value], Percent)),
        sheet.name,
        {names[place]: column_name(place + 1) for place in kept},
    )


def _numbers(rows: Sequence[Row], value: int, sheet: str) -> dict[int, int]:
    """By row, where the value is a number in itself."""
    return {
        number: scaled(cells[value], line, sheet, value)
        for number, (line, cells) in enumerate(rows)
        if value < len(cells) and isinstance(cells[value], int | float) and not isinstance(cells[value], bool)
    }


def _column(rows: Sequence[Row], place: int, name: str, numbers: dict[int, int]) -> Column:
    codes = np.zeros(len(rows), np.int32)
    distinct: dict[str, int] = {}
    for number, (_, cells) in enumerate(rows):
        is_number = name == REQUIRED[3] and number in numbers
        text = "" if is_number or place >= len(cells) else text_of(cells[place])
        codes[number] = distinct.setdefault(text, len(distinct))
    return Column(texts_of(list(distinct)), codes)


def _refuse_beyond(rows: Sequence[Row], kept: set[int], sheet: str) -> None:
    """What stands beside the table has no column to belong to."""
    for line, cells in rows:
        for place, cell in enumerate(cells):
            if cell not in (None, "") and place not in kept:
                text = "her står noget uden for tabellens kolonner; giv kolonnen en overskrift, eller slet det"
                raise TidyError([Problem(Cause.FILE, text, line, "", 1, sheet, f"{column_name(place + 1)}{line}")])


def _without_tail(cells: list[Any]) -> list[Any]:
    filled = [number for number, cell in enumerate(cells) if cell not in (None, "")]
    return list(cells[: filled[-1] + 1])


def scaled(number: float, line: int, sheet: str, place: int) -> int:
    """Ten-thousandths; what is left beyond them must be noise of the binary fraction."""
    exact = Decimal(repr(float(number))) * SCALE if isinstance(number, float) else Decimal(number) * SCALE
    rounded = exact.to_integral_value()
    if abs(exact - rounded) > NOISE * max(Decimal(SCALE), abs(exact)) or abs(rounded) >= LIMIT:
        text = f"{float(number)} har flere end 10 cifre før eller 4 efter kommaet; rund det af"
        raise TidyError([Problem(Cause.NUMBER, text, line, REQUIRED[3], 1, sheet, f"{column_name(place + 1)}{line}")])
    return int(rounded)
