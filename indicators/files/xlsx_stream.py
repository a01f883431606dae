"""A spreadsheet (XLSX) written as a stream: row after row into the zip file, none of them kept."""

import zipfile
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from accounts.permitted_text import readable

MOST_ROWS = 1_048_575  # below the heading; what a sheet can hold
FLUSH = 1 << 16  # characters
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MEDIA_TYPE = f"{WORD}.sheet"  # of the whole file
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{WORD}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{WORD}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONSHIPS}"><sheets>'
        '<sheet name="Tal" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONSHIPS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


class _Pipe:
    """What the zip file writes into, emptied as it is sent."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        data, self.waiting = b"".join(self.waiting), []
        return data


def workbook(names: list[str], rows: Iterable[list[str]], numeric: frozenset[int]) -> Iterator[bytes]:
    """One sheet; the columns in `numeric` hold numbers with a decimal point, all others texts."""
    pipe: Any = _Pipe()  # writes and tells, which is all ZipFile asks of it; its type wants a whole file
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, xml in PARTS.items():
            file.writestr(name, HEAD + xml)
        with file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for text in _sheet(names, rows, numeric):
                sheet.write(text.encode())
                yield pipe.taken()
    yield pipe.taken()


def _sheet(names: list[str], rows: Iterable[list[str]], numeric: frozenset[int]) -> Iterator[str]:
    text = f'{HEAD}<worksheet xmlns="{SPREADSHEET}"><sheetData>{_row(names, frozenset())}'
    for row in rows:
        text += _row(row, numeric)
        if len(text) > FLUSH:
            yield text
            text = ""
    yield f"{text}</sheetData></worksheet>"


def _row(cells: list[str], numeric: frozenset[int]) -> str:
    return f"<row>{''.join(_cell(text, place in numeric) for place, text in enumerate(cells))}</row>"


def _cell(text: str, is_number: bool) -> str:
    if not text:
        return "<c/>"
    if is_number:
        return f"<c><v>{text}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(readable(text))}</t></is></c>'
