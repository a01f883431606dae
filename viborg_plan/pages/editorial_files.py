"""The editors' lists as files: CSV that opens right in Danish Excel, and a workbook with a sheet a list."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _

from indicators.files.xlsx_stream import MEDIA_TYPE
from indicators.http.csv_file import escaped
from viborg_plan.pages.editorial_gaps import Gap, GapList

if TYPE_CHECKING:
    from openpyxl import Workbook

WIDTHS = {"A": 70, "B": 30, "C": 50, "D": 60}  # characters


def head() -> list[str]:
    return [_("Hvad"), _("Ansvarlig"), _("Bemærkning"), _("Adresse")]


def as_rows(lists: Sequence[GapList], root: str) -> list[list[str]]:
    """One row a thing, with the list it stands in first; `root` makes addresses whole."""
    rows = [[entry.title, *_cells(gap, root)] for entry in lists for gap in entry.gaps]
    return [[_("Liste"), *head()], *rows]


def _cells(gap: Gap, root: str) -> list[str]:
    return [gap.what, gap.owner, gap.told, f"{root}{gap.address}"]


def workbook_response(name: str, lists: Sequence[GapList], root: str) -> HttpResponse:
    from openpyxl import Workbook  # slow to load, and only needed here

    book = Workbook()
    book.remove(book.active)
    for entry in lists:
        sheet = book.create_sheet(entry.title[:31])
        sheet.freeze_panes = "A2"
        for column, width in WIDTHS.items():
            sheet.column_dimensions[column].width = width
        for row in [head(), *(_cells(gap, root) for gap in entry.gaps)]:
            sheet.append([escaped(text) for text in row])
    return _download(name, book)


def _download(name: str, book: "Workbook") -> HttpResponse:
    content = BytesIO()
    book.save(content)
    response = HttpResponse(content.getvalue(), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
