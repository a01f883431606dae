"""The first sheet of a workbook as rows, read as a stream under limits that a bomb cannot pass.

Run as a program it reads the workbook from its input under limits of memory and time and writes the rows as JSON
lines: whatever a hostile file does to the reader, it does to a process of its own.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

MAX_BYTES = 20_000_000  # of any file that is handed in
MAX_ENTRIES = 200
MAX_UNPACKED = 80_000_000  # bytes
MAX_RATIO = 200
MAX_ROWS = 200_000
MAX_COLUMNS = 400  # a wide layout has a column a month
MAX_CELLS = 1_000_000
MEMORY = 220_000_000  # bytes of data
SECONDS = 3  # of processor time; a workbook that takes longer is better sent as CSV
UNREADABLE = "regnearket kan ikke læses"
TOO_SLOW = "regnearket er for tungt at læse; gem det som CSV"
Row = tuple[int, list[Any]]


class SheetError(ValueError):
    """A workbook that is refused; `line` is where, if that is known."""

    def __init__(self, text: str, line: int | None = None) -> None:
        super().__init__(text)
        self.text, self.line = text, line


def rows_of(data: bytes) -> list[Row]:
    """The rows with anything in them and their numbers in the sheet, read in a process of its own."""
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
    if isinstance(verdict, dict):
        if verdict["refused"]:
            raise SheetError(verdict["refused"], verdict["line"])
        return [(line, cells) for line, cells in map(json.loads, lines[:-1])]
    raise SheetError(UNREADABLE)


def main() -> None:
    """Rows, then one line that says all is well or what is not: without it the reader died on the way."""
    limit_myself()
    refused = SheetError("")
    try:
        for row in filled_rows(sys.stdin.buffer.read()):
            sys.stdout.write(json.dumps(row) + "\n")
    except SheetError as error:
        refused = error
    except MemoryError:
        refused = SheetError(TOO_SLOW)
    sys.stdout.write(json.dumps({"refused": refused.text, "line": refused.line}) + "\n")


def limit_myself() -> None:
    limits = [(resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)]
    for kind, most in [*limits, (resource.RLIMIT_FSIZE, 0)]:
        with suppress(ValueError, OSError):  # not every system has every limit
            resource.setrlimit(kind, (most, most))


def filled_rows(data: bytes) -> Iterator[Row]:
    check_archive(data)
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheet, cells = workbook.worksheets[0], 0
        for line, row in enumerate(sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS, values_only=True), 1):
            cells += len(row)
            if line > MAX_ROWS + 1 or cells > MAX_CELLS:
                raise SheetError("arket er for stort; gem det som CSV")
            if any(cell is not None for cell in row):
                yield line, [json_value(cell) for cell in row]
    except (SheetError, MemoryError):
        raise
    except Exception:  # openpyxl meets a broken file with whatever error comes first
        raise SheetError(UNREADABLE) from None


def json_value(cell: Any) -> Any:
    """What JSON knows; Excel makes a date of 2020-03, which is read as the month it was."""
    if cell is None or isinstance(cell, bool | int | float | str):
        return cell
    return f"{cell:%Y-%m}" if isinstance(cell, date) else str(cell)


def check_archive(data: bytes) -> None:
    """The directory and the beginnings, before anything is unpacked."""
    from openpyxl import DEFUSEDXML

    if not DEFUSEDXML:
        raise RuntimeError("defusedxml is missing: openpyxl would follow entities")
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
