"""A file's rows as columns of distinct texts, before anything in them is understood. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from indicators.files.csv_text import Head, head_of, split
from indicators.files.errors import Cause, Problem, TidyError
from indicators.files.number_parsing import matches, view
from indicators.files.reading import LeftOut
from indicators.spellings import word_key

REQUIRED = ("indicator", "area", "period", "value")
RESERVED = (*REQUIRED, "provisional", "missing")
DANISH = {
    "indikator": "indicator",
    "indikatorkode": "indicator",
    "måltal": "indicator",
    "område": "area",
    "kommune": "area",
    "periode": "period",
    "værdi": "value",
    "tal": "value",
    "foreløbig": "provisional",
    "foreløbigt": "provisional",
    "mangler": "missing",
}
DIMENSION = re.compile(r"[a-zæøå][a-zæøå0-9_-]{0,39}")
ROWS = re.compile(r"#\s*(?:rækker|rows)\s*:\s*(\d{1,9})\s*;*", re.IGNORECASE)
OPTION = re.compile(r"#\s*decimal\s*:\s*(comma|point)\s*;*", re.IGNORECASE)
UNNAMED = "\0"  # begins the name of a column that has none; Excel writes such where it once had anything
NO_ROWS = "filen har kun overskrifter og ingen rækker; skriv tallene under dem"
NO_NAME = "en kolonne har et navn, der ikke kan bruges; brug bogstaver, tal, - og _"
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
    lines: Sequence[int] | np.ndarray
    decimal: str = ""
    heading: str = ""  # the lines above the rows, to be searched for what must not be there
    numbers: dict[int, int] = field(default_factory=dict)  # rows whose value is a number in itself, not a text
    percents: frozenset[int] = frozenset()  # those of them whose cell is formatted as per cent
    sheet: str = ""
    letters: dict[str, str] = field(default_factory=dict)  # of a sheet's columns, by their canonical names
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def dimensions(self) -> list[str]:
        return sorted(name for name in self.columns if name not in RESERVED)

    def cell(self, column: str, line: int) -> str:
        """Its name in a spreadsheet, if this is one."""
        return f"{self.letters[column]}{line}" if column in self.letters else ""


def csv_table(data: bytes) -> Table:
    """Semicolons or tabs, one header line; comments (#) and titles may stand above it, blank rows anywhere."""
    head = head_of(data, is_header)
    names = column_names(head.cells)
    table, lines = _arrow(head, names)
    if not len(table):
        raise TidyError([Problem(Cause.FILE, NO_ROWS)])
    _check_whole(head.data, len(table), head.heading)
    columns = {name: _column(column) for name, column in zip(names, table.unify_dictionaries().columns, strict=True)}
    full = Table(columns, lines, decimal_option(head.heading), head.heading, notes=head.notes)
    return _filled(full)


def is_header(cells: Sequence[str]) -> bool:
    return set(REQUIRED) <= set(canonical(cells))


def canonical(cells: Sequence[str]) -> list[str]:
    keys = [word_key(cell) for cell in cells]
    return [DANISH.get(key, key) for key in keys]


def _arrow(head: Head, names: list[str]) -> tuple[pa.Table, Sequence[int]]:
    """The rows, and their lines in the file. Rows with nothing in them are only looked for where the rest fails."""
    first = head.first_line
    try:
        table = _parsed(pa.py_buffer(head.data).slice(head.start), names, head.delimiter)
        return table, range(first, first + len(table))
    except pa.ArrowInvalid:
        body = head.data[head.start :]
    rows = [(n, line) for n, line in enumerate(body.split(b"\n"), first) if line.strip(b";\t\r ")]
    if not rows:
        raise TidyError([Problem(Cause.FILE, NO_ROWS)])
    try:
        return _parsed(pa.py_buffer(b"\n".join(line for _, line in rows)), names, head.delimiter), [n for n, _ in rows]
    except pa.ArrowInvalid:
        if any(name.startswith(UNNAMED) for name in names):
            raise _header_error(NO_NAME) from None
        raise TidyError(_what_is_wrong(body, len(names), first, head.delimiter)) from None


def _parsed(buffer: pa.Buffer, names: list[str], delimiter: str) -> pa.Table:
    return arrow_csv.read_csv(
        pa.BufferReader(buffer),
        read_options=arrow_csv.ReadOptions(column_names=names, block_size=BLOCK),
        parse_options=arrow_csv.ParseOptions(delimiter=delimiter, ignore_empty_lines=False),
        convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, DICTIONARY)),
    )


def _filled(table: Table) -> Table:
    """Without the rows that have nothing in any column, and without columns that have neither name nor contents."""
    unnamed = {name for name in table.columns if name.startswith(UNNAMED)}
    if any(not _nothing(table.columns[name]).all() for name in unnamed):
        raise _header_error(NO_NAME)
    table = replace(table, columns={name: each for name, each in table.columns.items() if name not in unnamed})
    blank = _nothing(table.columns[REQUIRED[0]])
    for column in table.columns.values() if blank.any() else ():
        blank = blank & _nothing(column)
    if not blank.any():
        return table
    if blank.all():
        raise TidyError([Problem(Cause.FILE, NO_ROWS)])
    columns = {name: Column(column.texts, column.codes[~blank]) for name, column in table.columns.items()}
    left_out = LeftOut("tomme rækker", int(blank.sum()))
    return replace(table, columns=columns, lines=np.asarray(table.lines)[~blank], left_out=(*table.left_out, left_out))


def _nothing(column: Column) -> np.ndarray:
    """Which rows have no text in the column."""
    blank = matches(column.texts, r"^\s*$")
    return blank[column.codes] if blank.any() else np.zeros(len(column.codes), bool)


def _check_whole(data: bytes, rows: int, heading: str) -> None:
    """A file that says how many rows it has (`# rækker: 1200`) and ends its last line tells when it was cut."""
    declared = ROWS.search(heading)
    if declared and (int(declared[1]) != rows or not data.endswith(b"\n")):
        told = f"filen siger, at den har {declared[1]} rækker, men har {rows} hele; er den skåret over?"
        raise TidyError([Problem(Cause.FILE, told)])


def column_names(cells: Sequence[str]) -> list[str]:
    """The header's names in canonical form; refuses what is missing, repeated or unusable as a dimension."""
    names = [name or f"{UNNAMED}{place}" for place, name in enumerate(canonical(cells))]
    absent = [name for name in REQUIRED if name not in names]
    if absent:
        noun = "kolonnen" if len(absent) == 1 else "kolonnerne"
        danish = ", ".join(next(dane for dane, name in DANISH.items() if name == each) for each in absent)
        listed = ", ".join(absent)
        raise _header_error(f"{noun} {listed} mangler ({danish}); overskrifterne skal nævne {';'.join(REQUIRED)}")
    for name in names:
        if names.count(name) > 1:
            raise _header_error(f"kolonnen {name} står to gange")
        if not DIMENSION.fullmatch(name) and not name.startswith(UNNAMED):
            raise _header_error(NO_NAME)
    return names


def decimal_option(heading: str) -> str:
    found = OPTION.search(heading)
    return found[1].lower() if found else ""


def _column(chunks: pa.ChunkedArray) -> Column:
    codes = [view(chunk.indices, np.int32) for chunk in chunks.chunks]
    return Column(chunks.chunk(0).dictionary, codes[0] if len(codes) == 1 else np.concatenate(codes))


def _what_is_wrong(data: bytes, width: int, first_line: int, delimiter: str) -> list[Problem]:
    """The slow way through a file that could not be read, to say where. Never repeats what stands there."""
    problems = []
    for number, line in enumerate(data.decode().splitlines(), first_line):
        count = len(split(line, delimiter))
        if count != width:
            problems.append(Problem(Cause.FILE, f"der er {count} felter, men {width} kolonner", line=number))
    return problems or [Problem(Cause.FILE, "filen kan ikke læses som CSV; er der et anførselstegn for meget?")]


def _header_error(text: str) -> TidyError:
    return TidyError([Problem(Cause.HEADER, text)])
