"""The paper's files: every number is the structure's, and each form is what its readers need it to be."""

import re
import time
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils.translation import override

from accounts.models import AuditEvent, User
from accounts.roles import Role
from goals.workflow import MoveRefused
from reports import file_formats
from reports.actions import record_paper
from reports.models import MadePaper
from reports.paper import Paper, paper_of
from tests.test_architecture import APPS, ROOT, imported, modules

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
DAY = date(2021, 2, 18)  # a day with open questions


@pytest.fixture(scope="module")
def paper(portal_with_demo, django_db_blocker) -> Paper:
    with django_db_blocker.unblock():
        return paper_of(DAY)


def words_of(paper: Paper) -> list[str]:
    """All that a reader must find in a file, each as the page prints it."""
    told = [paper.title, paper.headline, paper.lede, paper.sha256]
    for line in paper.lines:
        told += [line.name, line.original_target, line.revised_target, line.value, line.period, line.year_ago]
        told += [line.distance, *line.words, line.why, *line.sentences, line.said.why, line.said.doing]
    told += [one.text for goal in paper.goals for one in goal.initiatives]
    return told + [question.text for question in paper.questions]


def squeezed(text: str) -> str:
    """Lines break where there is no more room, in a PDF also where a space was."""
    return re.sub(r"\s+", "", text)


def test_the_pdf_is_tagged_titled_in_danish_and_says_all_that_the_paper_says(paper):
    from pypdf import PdfReader

    pdf = PdfReader(BytesIO(file_formats.file_bytes(paper, "pdf")))
    root = pdf.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("da", True)
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert (pdf.metadata.title, pdf.metadata.author) == (paper.title, "Viborg Kommune")
    pages = [page.extract_text() for page in pdf.pages]
    for number, text in enumerate(pages, 1):
        assert f"Data som kendt 18.02.2021Side{number}af{len(pages)}".replace(" ", "") in squeezed(text)
    whole = squeezed("".join(re.sub(r"Data som kendt 18\.02\.2021\s*Side.*", "", text) for text in pages))
    assert [words for words in words_of(paper) if squeezed(words) not in whole] == []


def test_the_pdf_holds_its_fonts_and_the_whole_table_stands_on_the_first_page(paper):
    from pypdf import PdfReader

    pdf = PdfReader(BytesIO(file_formats.file_bytes(paper, "pdf")))
    fonts = [font.get_object() for page in pdf.pages for font in page["/Resources"]["/Font"].values()]
    inner = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in inner)
    assert any("IBMPlexSans" in str(font["/FontName"]) for font in inner)
    first = squeezed(pdf.pages[0].extract_text())
    assert len(paper.lines) == 11 and paper.questions
    assert all(squeezed(line.why) in first for line in paper.lines)
    assert all(squeezed(question.text) in first for question in paper.questions)


def test_a_text_with_letters_that_no_font_has_still_gives_a_paper(paper):
    from dataclasses import replace

    assert file_formats.file_bytes(replace(paper, lede="Godt \U0001f600"), "pdf").startswith(b"%PDF")


def test_what_somebody_wrote_is_never_read_as_code_by_the_typesetter(paper):
    from dataclasses import replace

    from pypdf import PdfReader

    text = '#panic("nej") *fed* $x$ @kilde // væk'
    pdf = PdfReader(BytesIO(file_formats.file_bytes(replace(paper, lede=text), "pdf")))
    assert squeezed(text) in squeezed(pdf.pages[0].extract_text())


def test_the_word_document_has_headings_a_repeated_table_head_its_language_and_every_word(paper):
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(BytesIO(file_formats.file_bytes(paper, "docx")))
    assert (document.core_properties.title, document.core_properties.language) == (paper.title, "da-DK")
    default = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == "da-DK"
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading 2")]
    assert [heading.partition(":")[0] for heading in headings] == [f"Mål {goal.number}" for goal in paper.goals]
    table = document.tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    cells = [[cell.text for cell in row.cells] for row in table.rows[1::2]]
    assert [row[3:5] for row in cells] == [
        [f"{line.value}\n{line.period}", f"{line.year_ago}\n{line.trend}"] for line in paper.lines
    ]
    assert [row[6:] for row in cells] == [list(line.words) for line in paper.lines]
    assert "Data som kendt 18.02.2021" in document.sections[0].footer.paragraphs[0].text
    whole = squeezed("".join([*(p.text for p in document.paragraphs), *(c.text for r in table.rows for c in r.cells)]))
    assert [words for words in words_of(paper) if squeezed(words) not in whole] == []


def test_the_spreadsheet_holds_the_numbers_as_numbers(paper):
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(file_formats.file_bytes(paper, "xlsx")))
    heads, *rows = book["Mål"].iter_rows(values_only=True)
    measures = [measure for goal in paper.facts["goals"] for measure in goal["measures"]]
    for row, line, facts in zip(rows, paper.lines, measures, strict=True):
        told = dict(zip(heads, row, strict=True))
        targets = {target["kind"]: target for target in facts["targets"]}
        assert (told["Målepunkt"], told["Område"], told["Periode"]) == (line.name, "Viborg Kommune", line.period)
        assert [_exact(told[head]) for head in ("Værdi", "Året før", "Ændring")] == [
            _exact(facts[name]) for name in ("value", "year_ago", "change")
        ]
        for kind, head, word in (("original", "oprindeligt mål", 0), ("revised", "nyt mål", 1)):
            target = targets.get(kind, {"value": None, "gap": None})
            assert _exact(told[head.capitalize()]) == _exact(target["value"])
            assert _exact(told[f"Afstand til {head}"]) == _exact(target["gap"])
            assert told[f"Status mod {head}"] == line.words[word]
    assert book["Beslutninger"].max_row == 1 + len(paper.questions)


def _exact(value) -> Decimal | None:
    return None if value is None else Decimal(str(value)).normalize()


def test_a_text_that_a_spreadsheet_would_run_stays_a_text(paper):
    from dataclasses import replace

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(file_formats.file_bytes(replace(paper, title="=1+1"), "xlsx")))
    assert book["Om bilaget"]["B2"].value == "'=1+1"


def test_an_english_file_says_so(paper):
    from pypdf import PdfReader

    with override("en"):
        pdf = PdfReader(BytesIO(file_formats.file_bytes(paper_of(DAY), "pdf")))
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert "Data as known on 18 Feb 2021" in pdf.pages[0].extract_text()


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF"), ("html", b"<!doctype")])
def test_a_command_makes_the_file_and_puts_the_paper_on_the_list_once(tmp_path, form, start):
    said = StringIO()
    for _ in range(2):
        call_command("make_report", as_of="2020-12-01", format=form, output=tmp_path / f"bilag.{form}", stdout=said)
    assert (tmp_path / f"bilag.{form}").read_bytes().startswith(start)
    made = MadePaper.objects.get(meeting=date(2020, 12, 1))
    assert made.sha256 == paper_of(date(2020, 12, 1)).sha256
    assert said.getvalue().count(made.sha256) == 2
    assert AuditEvent.objects.filter(kind="paper", key="2020-12-01", verb="made").count() == 1


def test_the_command_refuses_a_day_to_come_and_makes_nothing(tmp_path):
    with pytest.raises(CommandError, match="ligger i fremtiden"):
        call_command("make_report", as_of="2199-01-01", format="html", output=tmp_path / "bilag.html")
    assert list(tmp_path.iterdir()) == []
    assert not MadePaper.objects.filter(meeting__year=2199).exists()


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_an_office_file_made_again_later_is_the_same_bytes(paper, form, monkeypatch):
    first, later = file_formats.file_bytes(paper, form), time.time() + 40 * 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    assert file_formats.file_bytes(paper, form) == first
    with ZipFile(BytesIO(first)) as parts:
        assert {part.date_time[:3] for part in parts.infolist()} == {(2021, 2, 18)}
        facts = parts.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", facts)) == {"2021-02-18T"}


def test_only_who_makes_papers_puts_one_on_the_list():
    reader, secretary = (User.objects.create(email=f"{role}@example.dk") for role in (Role.READER, Role.SECRETARY))
    reader.assignments.create(role=Role.READER)
    secretary.assignments.create(role=Role.SECRETARY)
    with pytest.raises(MoveRefused):
        record_paper(day=DAY, by=reader)
    record_paper(day=DAY, by=secretary)
    assert MadePaper.objects.get(meeting=DAY).made_by == secretary.email


def test_the_secretary_puts_the_paper_on_the_list_from_its_page_and_nobody_else_can(client):
    address = f"/moeder/{DAY}/"
    assert "Sæt på listen" not in client.get(address).content.decode()
    secretary = User.objects.create(email="secretary@example.dk")
    secretary.assignments.create(role=Role.SECRETARY)
    client.force_login(secretary)
    assert "Sæt på listen" in client.get(address).content.decode()
    assert client.post(f"{address}lav/").headers["Location"] == address
    assert MadePaper.objects.get(meeting=DAY).made_by == secretary.email
    page = client.get(address).content.decode()
    assert "Sæt på listen" not in page and "står nu på listen over bilag" in page
    assert "Kontrolsummen er den samme nu" in client.get(address).content.decode()


@pytest.mark.parametrize("change", [lambda made: made.update(sha256="0"), lambda made: made.delete()])
def test_the_database_refuses_to_change_what_was_made(change):
    made = MadePaper.objects.filter(meeting=date(2020, 9, 15))
    with pytest.raises(IntegrityError, match="never changed or deleted"), transaction.atomic():
        change(made)
    assert made.count() == 1


def test_what_writes_the_files_is_loaded_only_when_a_file_is_asked_for():
    heavy = {"typst", "docx", "fontTools", "openpyxl"}
    writers = {path for path in (ROOT / "reports").glob("*.py") if heavy & {n.split(".")[0] for n in imported(path)}}
    assert {f"reports.{path.stem}" for path in writers} == set(file_formats.WRITERS.values()) - {"reports.html_file"}
    named = {".".join(name.split(".")[:2]) for app in APPS for path in modules(app) for name in imported(path)}
    assert named & set(file_formats.WRITERS.values()) == set()
