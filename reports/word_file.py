"""The paper as a Word document: real headings, tables whose heads repeat, in the paper's language.

Loaded only when one is asked for.
"""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.paper import Paper
from reports.printed_text import printed
from reports.reproducible_zip import moment_of, stamped

WIDTHS = (46, 17, 19, 20, 22, 24, 17, 15)  # millimetres of the columns: 180 on A4
LANGUAGES = {"da": "da-DK", "en": "en-GB"}


def write(paper: Paper) -> bytes:
    words = printed(paper)
    document = Document()
    _set_up(document, words)
    document.core_properties.created = document.core_properties.modified = moment_of(paper.day)
    _first_sheet(document, words)
    _why_and_what(document, words)
    document.add_heading(words["rule_title"], 1)
    for rule in words["rules"]:
        document.add_paragraph(rule, style="List Bullet")
    document.add_paragraph(words["sum"])
    file = BytesIO()
    document.save(file)
    return stamped(file.getvalue(), paper.day)


def _set_up(document: Any, words: dict[str, Any]) -> None:
    facts = document.core_properties
    facts.title, facts.author = words["title"], words["publisher"]
    facts.language = LANGUAGES.get(words["language"], words["language"])
    _language(document.styles, facts.language)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10)
    sheet = document.sections[0]
    sheet.orientation, sheet.page_width, sheet.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    sheet.left_margin = sheet.right_margin = sheet.top_margin = sheet.bottom_margin = Mm(15)
    _footer(sheet.footer.paragraphs[0], words)


def _language(styles: Any, language: str) -> None:
    """Of all text that does not say otherwise, so that it is read aloud and spelled right."""
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    told = defaults.find(qn("w:lang"))
    told = told if told is not None else defaults.makeelement(qn("w:lang"))
    told.set(qn("w:val"), language)
    defaults.append(told)


def _footer(paragraph: Any, words: dict[str, Any]) -> None:
    paragraph.add_run(f"{words['known']}\t\t{words['page']} ")
    _field(paragraph, "PAGE")
    paragraph.add_run(f" {words['of']} ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, code: str) -> None:
    """What Word counts itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    field.append(OxmlElement("w:r"))
    paragraph._p.append(field)


def _first_sheet(document: Any, words: dict[str, Any]) -> None:
    eyebrow = f"{words['eyebrow']} [{words['demo']}]" if words["demo"] else words["eyebrow"]
    document.add_paragraph(eyebrow)
    document.add_heading(words["title"], 0)
    document.add_paragraph().add_run(f"{words['headline']}.").bold = True
    document.add_paragraph(words["lede"])
    document.add_paragraph(f"{words['known']} · {words['fresh']}")
    _table(document, words)
    if words["questions"]:
        document.add_heading(words["decide"], 1)
    for goal, text, signed in words["questions"]:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{goal}: ").bold = True
        paragraph.add_run(f"{text} ({signed})")


def _table(document: Any, words: dict[str, Any]) -> None:
    """A line a measure, and under it why; the administration's words run over the whole width."""
    table = document.add_table(rows=1, cols=len(words["heads"]), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, words["heads"], strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(head).bold = True
    _repeats(table.rows[0])
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(width)
    for section in words["sections"]:
        for line in section["lines"]:
            for cell, parts, width in zip(table.add_row().cells, line["cells"], WIDTHS, strict=True):
                cell.text, cell.width = "\n".join(parts), Mm(width)
            row = table.add_row()
            row.cells[0].merge(row.cells[-1]).text = line["why"]
    for row in table.rows:
        _stays_whole(row)
        for paragraph in (p for cell in row.cells for p in cell.paragraphs):
            paragraph.paragraph_format.space_after = Pt(0)
            for run in paragraph.runs:
                run.font.size = Pt(8)


def _repeats(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _stays_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _why_and_what(document: Any, words: dict[str, Any]) -> None:
    document.add_page_break()
    document.add_heading(words["why_title"], 1)
    for goal in words["goals"]:
        document.add_heading(goal["title"], 2)
        for line in goal["lines"]:
            document.add_paragraph(line["text"])
            _said(document, line["said"])
        for initiative in goal["initiatives"]:
            document.add_paragraph(initiative, style="List Bullet")


def _said(document: Any, said: dict[str, Any] | None) -> None:
    if said is None:
        return
    for name, text in said["parts"]:
        paragraph = document.add_paragraph(style="Quote")
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(text)
    document.add_paragraph(f"{said['signed']} · {said['verdict']}", style="Quote")
