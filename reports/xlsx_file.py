"""The paper as a spreadsheet: numbers are numbers, each with its unit, period and area beside it.

Loaded only when one is asked for.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.writer.excel import ExcelWriter

from indicators.http.csv_file import escaped
from reports.agenda import known_line
from reports.initiatives import PaperInitiative
from reports.measure_line import MeasureLine
from reports.paper import Paper
from reports.printed_text import fresh, questions
from reports.reproducible_zip import moment_of, stamped

WIDEST = 60


def write(paper: Paper) -> bytes:
    book = Workbook()
    book.properties.title, book.properties.creator = paper.title, _("Viborg Kommune")
    book.properties.created = book.properties.modified = moment_of(paper.day)
    book.remove(book.active)
    _sheet(book, _("Mål"), _measure_heads(), _measures(paper), known_line(paper.day))
    _sheet(book, _("Tekster"), _text_heads(), _texts(paper), known_line(paper.day))
    _sheet(
        book, _("Beslutninger"), [_("Mål"), _("Spørgsmål"), _("Skrevet af")], questions(paper), known_line(paper.day)
    )
    _sheet(book, _("Indsatser"), _initiative_heads(), _initiatives(paper), known_line(paper.day))
    _sheet(book, _("Om bilaget"), [_("Oplysning"), _("Indhold")], _about(paper), known_line(paper.day))
    file = BytesIO()
    ExcelWriter(book, ZipFile(file, "w", ZIP_DEFLATED)).save()  # book.save() writes the time of writing
    return stamped(file.getvalue(), paper.day)


def _sheet(book: Workbook, name: str, heads: list[str], rows: Iterable[Sequence[Any]], foot: str) -> None:
    sheet = book.create_sheet(name)
    sheet.append(heads)
    for row in rows:
        sheet.append([_cell(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = foot, f"{_('Side')} &P {_('af')} &N"
    for column in sheet.columns:
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(longest + 2, WIDEST)
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would run is kept as a text."""
    return escaped(value) if isinstance(value, str) else value


def _measure_heads() -> list[str]:
    return [
        _("Mål"), _("Målepunkt"), _("Område"), _("Periode"), _("Værdi"), _("Året før"), _("Ændring"), _("Tendens"),
        _("Oprindeligt mål"), _("Afstand til oprindeligt mål"), _("Status mod oprindeligt mål"),
        _("Nyt mål"), _("Afstand til nyt mål"), _("Status mod nyt mål"), _("Enhed"), _("Demotal"), _("Hvorfor"),
    ]  # fmt: skip


def _measures(paper: Paper) -> Iterable[list[Any]]:
    facts = {measure["code"]: measure for goal in paper.facts["goals"] for measure in goal["measures"]}
    return [_measure(line, facts[line.code]) for line in paper.lines]


def _measure(line: MeasureLine, facts: dict[str, Any]) -> list[Any]:
    targets = {target["kind"]: target for target in facts["targets"]}
    original, revised = (targets.get(kind, {}) for kind in ("original", "revised"))
    return [
        line.number, line.name, line.area, line.period,
        *(_number(facts[name]) for name in ("value", "year_ago", "change")), line.trend,
        _number(original.get("value")), _number(original.get("gap")), line.words[0],
        _number(revised.get("value")), _number(revised.get("gap")), line.words[1],
        line.unit, _("demotal") if line.synthetic else "", line.why,
    ]  # fmt: skip


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _text_heads() -> list[str]:
    return [
        _("Mål"), _("Hvorfor"), _("Hvad gør vi"), _("Forvaltningens vurdering"), _("Skrevet af"), _("Skrevet"),
        _("Demotekst"),
    ]  # fmt: skip


def _texts(paper: Paper) -> Iterable[list[Any]]:
    written = [(line.number, line.said) for line in paper.lines if line.said]
    return [
        [number, said.why, said.doing, said.verdict, said.signed, said.written, _("demotekst") if said.demo else ""]
        for number, said in written
    ]


def _initiative_heads() -> list[str]:
    return [
        _("Mål"), _("Indsats"), _("Status"), _("Måned"), _("Tekst"), _("Skrevet af"), _("Skrevet"), _("Demotekst"),
    ]  # fmt: skip


def _initiatives(paper: Paper) -> Iterable[list[Any]]:
    return [[goal.number, *_initiative(one)] for goal in paper.goals for one in goal.initiatives]


def _initiative(one: PaperInitiative) -> list[Any]:
    marked = _("demotekst") if one.demo else ""
    return [one.name, one.status_label, one.month, one.text, one.signed, one.written, marked]


def _about(paper: Paper) -> Iterable[list[Any]]:
    return [
        [_("Titel"), paper.title],
        [_("Data som kendt"), paper.day],
        [_("Overblik"), f"{paper.headline}. {paper.lede}"],
        [_("Data"), fresh(paper)],
        [_("Kontrolsum (sha256)"), paper.sha256],
        *([_("Sådan vurderer vi"), rule] for goal in paper.goals for rule in goal.rule),
    ]
