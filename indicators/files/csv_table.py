"""A file's rows as columns of distinct texts, before anything in them is understood. Pure."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from indicators.files.errors import Cause, Problem, TidyError
from indicators.files.number_parsing import view

REQUIRED = ("indicator", "area", "period", "value")
RESERVED = (*REQUIRED, "provisional", "missing")
DANISH = {
    "indikator": "indicator",
    "område": "area",
    "periode": "period",
    "værdi": "value",
    "foreløbig": "provisional",
    "mangler": "missing",
}
DIMENSION = re.compile(r"[a-zæøå][a-zæøå0-9_-]{0,39}")
ROWS = re.compile(r"#\s*(?:rækker|rows)\s*:\s*(\d{1,9})\s*;*", re.IGNORECASE)
OPTION = re.compile(r"#\s*decimal\s*:\s*(comma|point)\s*;*", re.IGNORECASE)
BLOCK = 1 << 24  # bytes a thread reads at a time; fewer, larger blocks have fewer texts in common to sort out
DICTIONARY = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True)
class Column:
    """Row n holds `texts[codes[n]]`."""

    texts: pa.StringArray
    codes: np.ndarray


@dataclass(frozen=True)
class Table:
    """Columns by their canonical names; `lines` are the rows' places in the file, `decimal` its own option."""

    columns: dict[str, Column]
    lines: Sequence[int]
    decimal: str = ""
    heading: str = ""  # the lines above the rows, to be searched for what must not be there
    numbers: dict[int, int] = field(default_factory=dict)  # rows whose value is a number in itself, not a text

    @property
    def dimensions(self) -> list[str]:
        return sorted(name for name in self.columns if name not in RESERVED)


def csv_table(data: bytes) -> Table:
    """UTF-8 with or without BOM, semicolons, one header line; comments (#) may stand above it."""
    heading, names, start, first_line = _head(data)
    rows = pa.BufferReader(pa.py_buffer(data).slice(start))
    try:
        table = arrow_csv.read_csv(
            rows,
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=BLOCK),
            parse_options=arrow_csv.ParseOptions(delimiter=";", ignore_empty_lines=False),
            convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, DICTIONARY)),
        )
    except pa.ArrowInvalid:
        raise TidyError(_what_is_wrong(data[start:], len(names), first_line)) from None
    if not len(table):
        raise TidyError([Problem(Cause.FILE, "filen har ingen rækker")])
    _check_whole(data, len(table), heading)
    columns = {name: _column(column) for name, column in zip(names, table.unify_dictionaries().columns, strict=True)}
    return Table(columns, range(first_line, first_line + len(table)), decimal_option(heading), heading)


def _check_whole(data: bytes, rows: int, heading: str) -> None:
    """A file that says how many rows it has (`# rækker: 1200`) and ends its last line tells when it was cut."""
    declared = ROWS.search(heading)
    if declared and (int(declared[1]) != rows or not data.endswith(b"\n")):
        told = f"filen siger, at den har {declared[1]} rækker, men har {rows} hele; er den skåret over?"
        raise TidyError([Problem(Cause.FILE, told)])


def column_names(cells: Sequence[str]) -> list[str]:
    """The header's names in canonical form; refuses what is missing, repeated or unusable as a dimension."""
    names = [DANISH.get(cell.strip().lower(), cell.strip().lower()) for cell in cells]
    absent = [name for name in REQUIRED if name not in names]
    if absent:
        noun = "kolonnen" if len(absent) == 1 else "kolonnerne"
        raise _header_error(f"{noun} {', '.join(absent)} mangler; første linje skal nævne {';'.join(REQUIRED)}")
    for name in names:
        if names.count(name) > 1:
            raise _header_error(f"kolonnen {name} står to gange")
        if not DIMENSION.fullmatch(name):
            raise _header_error("en kolonne har et navn, der ikke kan bruges; brug bogstaver, tal, - og _")
    return names


def decimal_option(heading: str) -> str:
    found = OPTION.search(heading)
    return found[1].lower() if found else ""


def _head(data: bytes) -> tuple[str, list[str], int, int]:
    """The text down to the header, the column names, where the rows begin, and their first line's number."""
    start, line = 3 if data.startswith(b"\xef\xbb\xbf") else 0, 1
    head_start = start
    while data.startswith((b"#", b'"#'), start):
        start, line = _next_line(data, start), line + 1
    end = _next_line(data, start)
    try:
        heading, header = data[head_start:end].decode(), data[start:end].decode().strip("\r\n")
    except UnicodeDecodeError:
        raise TidyError([Problem(Cause.FILE, "filen er ikke UTF-8; gem den som »CSV UTF-8«")]) from None
    if "," in header and ";" not in header:
        raise _header_error("kolonnerne er adskilt af komma; de skal adskilles af semikolon (;)")
    return heading, column_names(_split(header)), end, line + 1


def _split(line: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=";"), [])
    except csv.Error:
        return []


def _next_line(data: bytes, start: int) -> int:
    end = data.find(b"\n", start)
    return len(data) if end < 0 else end + 1


def _column(chunks: pa.ChunkedArray) -> Column:
    codes = [view(chunk.indices, np.int32) for chunk in chunks.chunks]
    return Column(chunks.chunk(0).dictionary, codes[0] if len(codes) == 1 else np.concatenate(codes))


def _what_is_wrong(data: bytes, width: int, first_line: int) -> list[Problem]:
    """The slow way through a file that could not be read, to say where. Never repeats what stands there."""
    try:
        lines = data.decode().splitlines()
    except UnicodeDecodeError:
        return [Problem(Cause.FILE, "filen er ikke UTF-8; gem den som »CSV UTF-8«")]
    problems = []
    for number, line in enumerate(lines, first_line):
        count = len(_split(line))
        if count != width:
            problems.append(Problem(Cause.FILE, f"der er {count} felter, men {width} kolonner", line=number))
    return problems or [Problem(Cause.FILE, "filen kan ikke læses som CSV; er der et anførselstegn for meget?")]


def _header_error(text: str) -> TidyError:
    return TidyError([Problem(Cause.HEADER, text)])
