"""A CSV file's letters and its head: encoding, separator and where the header stands among titles. Pure."""

import csv
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indicators.files.errors import Cause, Problem, TidyError

MOST_ABOVE = 40  # lines of titles and choices above the header
SEPARATOR_LINE = re.compile(rb'"?sep=(.)"?[;,\t ]*\r?\n?', re.IGNORECASE)
NO_TEXT = "filen er ikke en tekstfil, portalen kan læse; gem den som »CSV UTF-8« eller som .xlsx"
NO_SEMICOLON = "kolonnerne er adskilt af komma; de skal adskilles af semikolon (;)"
COMBINING = (b"\xcc", b"\xcd")  # how UTF-8 begins a letter's separate accent


@dataclass(frozen=True)
class Head:
    """Where the rows begin in `data`, which is UTF-8 by now, and all that stands above them."""

    data: bytes
    start: int
    first_line: int
    cells: Sequence[str]  # of the header
    delimiter: str
    heading: str  # all lines above the rows, to be searched for what must not be there
    notes: tuple[str, ...] = ()


def head_of(data: bytes, is_header: Callable[[Sequence[str]], bool]) -> Head:
    data, notes = utf8(data)
    start, line, delimiter = 0, 1, ""
    if match := SEPARATOR_LINE.match(data):
        start, line, delimiter = match.end(), 2, match[1].decode("latin-1")
    first, titles = None, 0
    for _ in range(MOST_ABOVE):
        end = _next_line(data, start)
        text = data[start:end].decode().strip("\r\n")
        if start >= len(data):
            break
        own = delimiter or ("\t" if text.count("\t") > text.count(";") else ";")
        cells = split(text, own)
        if is_header(cells):
            skipped = (f"{titles} linjer over tabellen er ikke læst som tal",) if titles else ()
            return Head(data, end, line + 1, cells, own, data[:end].decode(), (*notes, *skipped))
        if not text.lstrip('"').startswith("#") and text.strip("; \t"):
            first = first or Head(data, end, line + 1, cells, own, data[:end].decode(), notes)
            titles += 1
        start, line = end, line + 1
    if first is None:
        raise TidyError([Problem(Cause.HEADER, "filen har ingen overskrifter; den er tom eller har kun noter")])
    if "," in first.heading and ";" not in first.heading and "\t" not in first.heading:
        raise TidyError([Problem(Cause.HEADER, NO_SEMICOLON)])
    return first


def utf8(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The file in UTF-8 without a byte order mark, letters composed; and a note where it was written otherwise."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _recoded(data, "utf-16")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = None if data.isascii() else data.decode()
    except UnicodeDecodeError:
        return _recoded(data, "cp1252")
    if text and any(mark in data for mark in COMBINING) and not unicodedata.is_normalized("NFC", text):
        return unicodedata.normalize("NFC", text).encode(), ()
    return data, ()


def split(line: str, delimiter: str = ";") -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _recoded(data: bytes, encoding: str) -> tuple[bytes, tuple[str, ...]]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise TidyError([Problem(Cause.FILE, NO_TEXT)]) from None
    if any(not letter.isprintable() and letter not in "\r\n\t\ufeff" for letter in text[:10_000]):
        raise TidyError([Problem(Cause.FILE, NO_TEXT)])
    names = {"cp1252": "Windows-1252 (»CSV« uden UTF-8)", "utf-16": "UTF-16 (»Unicode-tekst«)"}
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff")).encode(), (f"filen er læst som {names[encoding]}",)


def _next_line(data: bytes, start: int) -> int:
    end = data.find(b"\n", start)
    return len(data) if end < 0 else end + 1
