"""The sheets of a workbook as rows, read as streams under limits that a bomb cannot pass.

Run as a program it reads the workbook from its input under limits of memory and time and writes the rows as JSON
lines: whatever a hostile file does to the reader, it does to a process of its own.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

MAX_BYTES = 20_000_000
MAX_ENTRIES = 400
MAX_UNPACKED = 200_000_000  # bytes
MAX_RATIO = 200
MAX_ROWS = 200_000  # of all sheets together
MAX_COLUMNS = 400  # a wide layout has a column a month
MAX_CELLS = 2_000_000
MEMORY = 220_000_000  # bytes of data
SECONDS = 12  # of processor time; a workbook that takes longer is better sent as CSV
UNREADABLE = "regnearket kan ikke læses; åbn det i Excel, gem det igen som .xlsx, og prøv igen"
TOO_SLOW = "regnearket er for tungt at læse; gem det som CSV"
TOO_LARGE = (
    f"regnearket er for stort: flere end {MAX_ROWS:,} rækker eller {MAX_CELLS:,} celler; gem det som CSV"
).replace(",", ".")
Row = tuple[int, list[Any]]


class Percent(float):
    """A number whose cell is formatted as per cent: 8.2 where it shows 8,2 %."""


@dataclass(frozen=True)
class Unsaved:
    """A formula whose result is not in the file, in this cell."""

    cell: str


class SheetError(ValueError):
    """A workbook that is refused; sheet, line and cell say where, if that is known."""

    def __init__(self, text: str, line: int | None = None, sheet: str = "", cell: str = "") -> None:
        super().__init__(text)
        self.text, self.line, self.sheet, self.cell = text, line, sheet, cell


@dataclass
class Sheet:
    """A sheet's rows with anything in them, and their numbers in the sheet."""

    name: str
    hidden: bool = False
    rows: list[Row] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)  # counted from 1
    merged: list[str] = field(default_factory=list)  # ranges such as A3:A4


def sheets_of(data: bytes) -> list[Sheet]:
    """All sheets, read in a process of its own."""
    if len(data) > MAX_BYTES:
        raise SheetError("regnearket fylder mere end 20 MB; gem det som CSV")
    command = [sys.executable, "-m", "indicators.files.xlsx_sandbox"]
    try:
        child = subprocess.run(  # noqa: S603 - our own module, and no shell
            command,
            input=data,
            capture_output=True,
            cwd=Path(__file__).parents[2],
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
            timeout=4 * SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SheetError(TOO_SLOW) from None
    lines = child.stdout.splitlines()
    if child.returncode or not lines:
        raise SheetError(TOO_SLOW if child.returncode < 0 else UNREADABLE)
    verdict = json.loads(lines[-1])
    if not isinstance(verdict, dict) or "refused" not in verdict:
        raise SheetError(UNREADABLE)
    if verdict["refused"]:
        raise SheetError(verdict["refused"], verdict["line"], verdict["sheet"], verdict["cell"])
    return _gathered(json.loads(line, object_hook=_special) for line in lines[:-1])


def _gathered(lines: Iterator[Any]) -> list[Sheet]:
    sheets: list[Sheet] = []
    for line in lines:
        if isinstance(line, list):
            sheets[-1].rows.append((line[0], line[1]))
        elif "name" in line:
            sheets.append(Sheet(line["name"], line["hidden"]))
        else:
            for name, value in line.items():
                setattr(sheets[-1], name, value)
    return sheets


def _special(found: dict[str, Any]) -> Any:
    if "%" in found:
        return Percent(found["%"])
    return Unsaved(found["f"]) if "f" in found else found


def main() -> None:
    """Sheets and rows, then one line that says all is well or what is not: without it the reader died on the way."""
    limit_myself()
    refused = SheetError("")
    try:
        write_sheets(sys.stdin.buffer.read(), lambda line: sys.stdout.write(json.dumps(line) + "\n"))
    except SheetError as error:
        refused = error
    except MemoryError:
        refused = SheetError(TOO_SLOW)
    verdict = {"refused": refused.text, "line": refused.line, "sheet": refused.sheet, "cell": refused.cell}
    sys.stdout.write(json.dumps(verdict) + "\n")


def limit_myself() -> None:
    limits = [(resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)]
    for kind, most in [*limits, (resource.RLIMIT_FSIZE, 0)]:
        with suppress(ValueError, OSError):  # not every system has every limit
            resource.setrlimit(kind, (most, most))


def write_sheets(data: bytes, write: Callable[[Any], Any]) -> None:
    """For each sheet its name, its rows, and what is hidden and merged in it."""
    from indicators.files.xlsx_package import PackageError

    check_archive(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            _write_sheets(archive, write)
    except PackageError as error:
        raise SheetError(str(error)) from None
    except (SheetError, MemoryError):
        raise
    except Exception:  # zip, zlib, expat and a broken file's contents have errors of their own
        raise SheetError(UNREADABLE) from None


def _write_sheets(archive: ZipFile, write: Callable[[Any], Any]) -> None:
    from indicators.files import xlsx_search
    from indicators.files.xlsx_package import workbook_of
    from indicators.files.xlsx_sheet import SheetReader

    book, emit = workbook_of(archive), _counted(write)
    for entry in book.sheets:
        check = xlsx_search.checker(entry.name, SheetError)
        write({"name": entry.name, "hidden": entry.hidden})
        reader = SheetReader(book, emit, check, MAX_COLUMNS)
        if entry.part in archive.namelist():
            reader.read(archive, entry.part)
        hidden = {"hidden_rows": reader.hidden_rows, "hidden_columns": reader.hidden_columns}
        write(hidden | {"merged": reader.merged})
    xlsx_search.search_other_parts(archive, {entry.part for entry in book.sheets}, SheetError)


def _counted(write: Callable[[Any], Any]) -> Callable[[int, list[Any]], None]:
    rows = cells = 0

    def emit(line: int, row: list[Any]) -> None:
        nonlocal rows, cells
        rows, cells = rows + 1, cells + len(row)
        if rows > MAX_ROWS + 1 or cells > MAX_CELLS:
            raise SheetError(TOO_LARGE)
        write((line, row))

    return emit


def check_archive(data: bytes) -> None:
    """The directory and the beginnings, before anything is unpacked."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if len(entries) > MAX_ENTRIES or unpacked > min(MAX_UNPACKED, MAX_RATIO * len(data)):
                raise SheetError("regnearket er for stort, når det pakkes ud; gem det som CSV")
            beginnings = [archive.open(entry).read(1000) for entry in entries]
    except SheetError:
        raise
    except Exception:  # zip, zlib and lzma have errors of their own
        raise SheetError(UNREADABLE) from None
    if any(b"<!DOCTYPE" in beginning for beginning in beginnings):
        raise SheetError("regnearket rummer en dokumenttype (DTD) og er afvist")


if __name__ == "__main__":
    main()
