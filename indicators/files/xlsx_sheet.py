"""A sheet's rows as a stream: numbers, texts and dates as meant, and what is hidden, merged or unsaved. Pure."""

from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

from indicators.files.xlsx_package import PackageError, Workbook, date_of, has_prefix, parse, unescaped

HEADINGS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
LONG = 100_000_000  # from here on a number can be a civil registration number
Emit = Callable[[int, list[Any]], None]
Check = Callable[[Any, str, str], None]  # the value, its cell, and what its number format makes of it


class SheetReader:
    """Calls `emit` with each row that has anything in it, its number first; afterwards tells what else it met.

    A number formatted as per cent is `{"%": 8.2}` where the cell shows 8,2 %; a formula without a saved result is
    `{"f": "D2"}`, with the cell's name. `check` sees every text and every long number before anybody else.
    """

    def __init__(self, book: Workbook, emit: Emit, check: Check, most_columns: int) -> None:
        self.book, self.emit, self.check, self.most_columns = book, emit, check, most_columns
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.merged: list[str] = []
        self.columns: dict[str, int] = {}  # by the letters met so far
        self.checked: set[str] = set()  # texts in which nothing was found
        self.row: list[Any] = []
        self.text: list[str] = []
        self.line = self.column = 0
        self.kind = self.style = self.tag = self.name = ""
        self.has_formula = self.has_value = self.row_hidden = False

    def read(self, archive: ZipFile, part: str) -> None:
        parse(archive, part, self._start, self._end, self._characters, has_prefix(archive, part))

    def _start(self, name: str, attributes: dict) -> None:
        if name == "c":
            self._place(attributes.get("r", ""))
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.has_formula = self.has_value = False
            self.text.clear()
        elif name == "v" or name == "t":
            self.tag, self.has_value = name, True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "f":
            self.has_formula = True
        elif name == "col":
            self._note_hidden(attributes)
        elif name == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        elif name in HEADINGS:
            self.tag = name
            self.text.clear()

    def _characters(self, data: str) -> None:
        if self.tag:
            self.text.append(data)

    def _end(self, name: str) -> None:
        if name == "v" or name == "t":
            self.tag = ""
        elif name == "c":
            value = self._value("".join(self.text))
            if value is not None:
                self.row.extend([None] * (self.column - len(self.row)))
                self.row[self.column - 1] = value
        elif name == "row":
            self._end_row()
        elif name in HEADINGS:
            self.tag = self.name = ""
            self.check("".join(self.text), "", "")

    def _note_hidden(self, attributes: dict) -> None:
        if attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.hidden_columns += range(first, min(last, self.most_columns) + 1)

    def _begin_row(self, attributes: dict) -> None:
        self.line = int(attributes.get("r", self.line + 1))
        self.row, self.column = [], 0
        self.row_hidden = attributes.get("hidden") in ("1", "true")

    def _end_row(self) -> None:
        if any(cell is not None and cell != "" for cell in self.row):
            if self.row_hidden:
                self.hidden_rows.append(self.line)
            self.emit(self.line, self.row)

    def _place(self, name: str) -> None:
        letters = name.rstrip("0123456789")
        column = self.columns.get(letters) or column_number(letters) or self.column + 1
        if letters:
            self.columns[letters] = column
        self.column, self.name = column, name or f"{column_name(column)}{self.line}"
        if column > self.most_columns:
            raise PackageError(f"arket har flere end {self.most_columns} kolonner; gem det som CSV")

    def _value(self, text: str) -> Any:
        if self.kind == "n":
            return self._number(text) if text else {"f": self.name} if self.has_formula else None
        if not self.has_value:
            return None
        if self.kind == "b":
            return text == "1"
        value = self.book.strings[int(text)] if self.kind == "s" else unescaped(text)
        if value not in self.checked:
            self.check(value, self.name, "")
            self.checked.add(value)
        return value

    def _number(self, text: str) -> Any:
        number = float(text)
        kind = self.book.formats.get(self.style, "")
        if kind == "date" and number >= 0:
            return date_of(self.book, number)
        whole = int(number) if number.is_integer() else number
        if number >= LONG:
            self.check(whole, self.name, kind)
        return {"%": percent_of(text)} if kind == "percent" else whole


def percent_of(text: str) -> float:
    """What a cell formatted as per cent shows: its number times a hundred, as decimals and not as binary fractions."""
    from decimal import Decimal

    shown = float(Decimal(repr(float(text))) * 100)
    return round(shown, 10)


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_name(number: int) -> str:
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
