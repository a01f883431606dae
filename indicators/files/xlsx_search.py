"""Civil registration numbers anywhere in a workbook: on hidden sheets, in comments, properties and caches. Pure.

Sheet cells are seen as they are read; all other parts (shared strings, comments, document properties, defined names,
drawings, tables, pivot caches, embedded files) are searched here. See docs/decisions.md for what counts as one.
"""

import re
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

from accounts.civil_numbers import holds_civil_number, is_civil_number, lacks_its_zero
from indicators.files.errors import CIVIL_NUMBER, LOST_ZERO
from indicators.files.xlsx_package import parse

HYPHENATED = re.compile(rb"(?<!\d)[0-3]\d[01]\d\d\d-\d{4}(?!\d)")
GUID = re.compile(r"\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?")
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".tiff", ".svg")


def is_found(value: Any, kind: str = "") -> bool:
    """In a cell. A number shown with thousands separators is an amount, unless its checksum is right."""
    if isinstance(value, int):
        text = str(value)
        plain = holds_civil_number(text) or lacks_its_zero(text)
        return plain and (kind != "thousands" or is_civil_number(text.zfill(10)))
    return isinstance(value, str) and (holds_civil_number(value) or lacks_its_zero(value))


def checker(sheet: str, error: type) -> Callable[[Any, str, str], None]:
    named = "" if is_found(sheet) else sheet

    def check(value: Any, cell: str, kind: str) -> None:
        if is_found(value, kind):
            bare = isinstance(value, int) or lacks_its_zero(value)
            raise error(LOST_ZERO if bare and not holds_civil_number(str(value)) else CIVIL_NUMBER, None, named, cell)

    if is_found(sheet):
        raise error("et arks navn rummer et CPR-nummer; filen er afvist")
    return check


def search_other_parts(archive: ZipFile, sheets: set[str], error: type) -> None:
    """All that is no sheet; where it stands is told by kind only, since a part's name says little to its owner."""
    for name in archive.namelist():
        if name in sheets or name.lower().endswith(IMAGES):
            continue
        if name.lower().endswith((".xml", ".rels", ".vml")):
            found = _in_xml(archive, name)
        else:
            found = _in_bytes(archive.read(name))
        if found:
            raise error(f"filen rummer et CPR-nummer {_where(name)} og er afvist")


def _in_xml(archive: ZipFile, name: str) -> bool:
    """Texts as people read them; in attributes only what has a right checksum, since there are numbers of all kinds."""
    found: list[bool] = []
    pieces: list[str] = []

    def start(_: str, attributes: dict) -> None:
        for value in attributes.values():
            if any(letter.isdigit() for letter in value) and _in_attribute(value):
                found.append(True)

    def end(_: str) -> None:
        if is_found("".join(pieces)):
            found.append(True)
        pieces.clear()

    parse(archive, name, start, end, pieces.append)
    return bool(found)


def _in_attribute(value: str) -> bool:
    bare = GUID.sub("", value)
    if bare.isdigit():
        return is_civil_number(bare.zfill(10)) and len(bare) in (9, 10)
    return holds_civil_number(bare)


def _in_bytes(data: bytes) -> bool:
    """Embedded files: as plain letters, or as pairs of bytes."""
    texts = (data, data.replace(b"\0", b""))
    return any(holds_civil_number(match.decode()) for text in texts for match in HYPHENATED.findall(text))


def _where(part: str) -> str:
    places = {
        "docProps": "i sine egenskaber (Filer > Oplysninger)",
        "omment": "i en kommentar",
        "sharedStrings": "i en celle",
        "workbook.xml": "i et navn",
        "drawing": "i en tekstboks",
        "pivotCache": "i en pivottabels gemte data",
    }
    return next((text for key, text in places.items() if key in part), "uden for arkene")
