"""Workbooks as people make them, for tests: several sheets, formats, merged and hidden cells, and their parts."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADER = ["indicator", "area", "period", "value"]


def book(*sheets: tuple[str, list[list]], then: Callable[[Workbook], None] | None = None) -> bytes:
    """Sheets by name with their rows; `then` dresses them."""
    made, content = Workbook(), BytesIO()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if then:
        then(made)
    made.save(content)
    return content.getvalue()


def sheet_of(rows: list[list], then: Callable[[Worksheet], None] | None = None) -> bytes:
    return book(("Ark1", rows), then=(lambda made: then(made["Ark1"])) if then else None)


def with_parts(data: bytes, **parts: bytes) -> bytes:
    """The workbook with parts added; their names are given with `__` for `/`."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
        for name, content in parts.items():
            new.writestr(f"{name.replace('__', '/')}.xml", content)
    return out.getvalue()
