"""A workbook's sheets made ready to be read: merged cells filled, unsaved formulas refused, cells as texts. Pure."""

import re
from typing import Any

from indicators.files.errors import Cause, Problem, TidyError
from indicators.files.xlsx_sandbox import Sheet, SheetError, Unsaved, sheets_of
from indicators.files.xlsx_sheet import column_number

RANGE = re.compile(r"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)")
UNSAVED = "formlen har ikke noget gemt resultat; åbn regnearket i Excel, gem det, og indlæs det igen"
MOST_FILLED = 20_000  # rows of one merged range


def read_sheets(data: bytes) -> list[Sheet]:
    """All sheets with their merged cells filled downwards: what is merged over rows is said of each of them."""
    try:
        sheets = sheets_of(data)
    except SheetError as error:
        cause = Cause.CIVIL_NUMBER if "CPR" in error.text else Cause.FILE
        raise TidyError([Problem(cause, error.text, error.line, "", 1, error.sheet, error.cell)]) from None
    for sheet in sheets:
        _fill_merged(sheet)
    return sheets


def refuse_unsaved(sheet: Sheet) -> None:
    """Blank cells that are no blanks must not be read as figures that were not published."""
    for line, cells in sheet.rows:
        for cell in cells:
            if isinstance(cell, Unsaved):
                raise TidyError([Problem(Cause.NUMBER, UNSAVED, line, "", 1, sheet.name, cell.cell)])


def text_of(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def _fill_merged(sheet: Sheet) -> None:
    by_line = dict(sheet.rows)
    for merged in sheet.merged:
        match = RANGE.fullmatch(merged)
        if not match or match[2] == match[4]:
            continue
        place, first, last = column_number(match[1]) - 1, int(match[2]), int(match[4])
        above = by_line.get(first, [])
        filling = above[place] if place < len(above) else None
        for line in range(first + 1, min(last, first + MOST_FILLED) + 1):
            cells = by_line.get(line)
            if cells is not None and filling is not None:
                cells.extend([None] * (place + 1 - len(cells)))
                cells[place] = filling
