"""The spreadsheet to fill in: an empty table, and beside it the codes that it may hold."""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from indicators.models import Area, Indicator
from indicators.translation import DANISH

if TYPE_CHECKING:
    from openpyxl import Workbook

HEADER = ["indikator", "område", "periode", "værdi", "foreløbig"]
LAST_ROW = 2000  # as far as Excel offers the codes in a list; the table may go on
EXAMPLES = {"M": "2026M03", "Q": "2026K1", "H": "2026H1", "Y": "2026", "QMAT": "2026QMAT1"}


def template_xlsx() -> bytes:
    """In Danish, as the headers are read; indicators and areas are offered as lists in their columns."""
    from django.utils.translation import override
    from openpyxl import Workbook  # slow to load, and only needed here
    from openpyxl.worksheet.datavalidation import DataValidation

    with override(DANISH):
        indicators = list(_indicators())
        areas = [[area.code, area.name] for area in Area.objects.all()]
    book, content = Workbook(), BytesIO()
    table = book.active
    table.title = "Tal"
    table.append(HEADER)
    lists = {"A": ("Indikatorer", len(indicators)), "B": ("Områder", len(areas))}
    _add_sheet(book, "Indikatorer", ["Kode", "Navn", "Enhed", "Hyppighed", "Periode skrives"], indicators)
    _add_sheet(book, "Områder", ["Kode", "Navn"], areas)
    for column, (sheet, count) in lists.items():
        choice = DataValidation("list", formula1=f"{sheet}!$A$2:$A${count + 1}", allow_blank=True)
        choice.add(f"{column}2:{column}{LAST_ROW}")
        choice.showErrorMessage = False  # a name may be written instead of a code
        table.add_data_validation(choice)
    for row in table.iter_rows(min_row=2, max_row=LAST_ROW, min_col=2, max_col=2):
        row[0].number_format = "@"  # text: 000 keeps its zeros
    book.save(content)
    return content.getvalue()


def _indicators() -> Iterable[list[str]]:
    for indicator in Indicator.objects.all():
        unit = indicator.unit_name or indicator.get_unit_display()
        example = EXAMPLES[indicator.frequency]
        yield [indicator.code, indicator.name, unit, str(indicator.get_frequency_display()), example]


def _add_sheet(book: "Workbook", name: str, header: list[str], rows: list[list[str]]) -> None:
    sheet = book.create_sheet(name)
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    for letter, width in zip("ABCDE", (48, 60, 34, 24, 16), strict=True):
        sheet.column_dimensions[letter].width = width
