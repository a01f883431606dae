"""Signs that other programs cannot hold: refused or made a line break at every door, and written into no file."""

import io
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from accounts.models import Team, User
from accounts.permitted_text import is_unreadable, readable, with_line_breaks
from accounts.roles import Role
from goals.editing.audited_change import EditRefused, change
from goals.models import Decision, Plan
from goals.texts.versions import TextRefused, check_texts
from indicators.definitions.yaml_documents import DocumentError, parse
from indicators.files import xlsx_stream
from indicators.files.tidy import TidyError, read
from indicators.http.csv_file import csv_response
from indicators.models import Area, Indicator
from initiatives.models import Initiative
from initiatives.status.write import write_status
from reports import file_formats
from reports.paper import paper_of
from viborg_plan.pages.editorial_files import workbook_response
from viborg_plan.pages.editorial_gaps import Gap, GapList

REFUSED = ["\x00", "\x07", "\x08", "\x1b", "\x1f", "\ud800", "\udfff", "\ufffe", "\uffff"]
BREAKS = ["\x0b", "\x0c", "\r", "\r\n", "\x85", "\u2028", "\u2029"]
KEPT = "Blåbær\tog\nøl – 🙂 \u00a0\ufdd0"
STORED = "Første\x0bAnden\x1b\ufffe\uffff\x07 linje"
READ = "Første\nAnden linje"


def test_what_a_text_may_hold():
    assert all(is_unreadable(f"a{sign}b") for sign in [*REFUSED, "\x0b", "\x0c"])
    assert [with_line_breaks(f"a{sign}b") for sign in BREAKS] == ["a\nb"] * 7
    assert (is_unreadable(KEPT), with_line_breaks(KEPT), readable(KEPT)) == (False, KEPT, KEPT)
    assert readable(STORED) == READ


@pytest.mark.parametrize("sign", REFUSED)
def test_a_form_refuses_them(sign):
    with pytest.raises(TextRefused):
        check_texts([("text", f"Første{sign}linje", 200)])


@pytest.fixture
def writer(db) -> User:
    user = User.objects.create_user("skriver@demo.viborg.example", name="Demo")
    user.assignments.create(role=Role.STATUS_WRITER)
    return user


@pytest.mark.usefixtures("portal_with_demo")
def test_what_is_pasted_from_word_gets_line_breaks(writer):
    initiative = Initiative.objects.filter(team=None).first() or Initiative.objects.first()
    writer.team = initiative.team
    writer.save()
    period = max(initiative.status_updates.values_list("period", flat=True), default=1440)
    facts = {"initiative": initiative, "period": period, "status": "on_track", "author_role": "Ungeteam"}
    made = write_status(**facts, text="To unge er begyndt.\x0bFire venter.", by=writer)
    assert made.text == "To unge er begyndt.\nFire venter."


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["\x07", "\x0b", "\ufffe"])
def test_the_administration_and_the_editor_refuse_them(sign, writer):
    area = Area.objects.create(code="x1", name="Viborg", kind="municipality")
    for row in (Team(slug="a", name=f"Unge{sign}"), User(email="a@b.dk", name=f"Unge{sign}")):
        with pytest.raises(Exception, match="kan ikke gemmes|ikke kan gemmes"):
            row.clean()
    with pytest.raises(EditRefused):
        change(row=area, facts={"name": f"Viborg{sign}"}, by=writer)


@pytest.mark.parametrize("sign", ["\\v", "\\e", "\\0", "\\uFFFE"])
def test_plan_and_hearing_files_refuse_them_with_the_line(sign):
    with pytest.raises(DocumentError, match=r"plan.yaml line 2: the text holds a control sign"):
        parse(f'slug: a\ntitle: "Plan{sign}2020"\n', Plan, name="plan.yaml")


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["\x07", "\x1b", "\ufffe"])
def test_files_with_figures_refuse_them(sign):
    Area.objects.create(code="x1", name="Prøveby", kind="municipality")
    Indicator.objects.create(code="ledige", name="…", definition="…", unit="count", publisher="…", source="file")
    text = f"indicator;area;period;value;alder\nledige;x1;2020-07;14;18{sign}29\n"
    with pytest.raises(TidyError):
        read(text.encode(), Indicator.objects.vocabulary())


def test_csv_and_the_streamed_spreadsheet_are_read_back_without_them():
    assert READ in csv_response("a.csv", [[STORED]]).content.decode()
    book = b"".join(xlsx_stream.workbook(["text"], [[STORED], [KEPT]], frozenset()))
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert [cell.value for cell in sheet["A"]] == ["text", READ, KEPT]


@pytest.mark.usefixtures("portal_with_demo")
@pytest.mark.parametrize("form", ["docx", "xlsx", "pdf", "html"])
def test_the_paper_is_read_back_without_them(form):
    paper = replace(paper_of(date(2021, 2, 18)), lede=STORED)
    asked = paper.questions[0]
    paper = replace(paper, questions=[replace(asked, text=STORED)])
    content = file_formats.file_bytes(paper, form)
    text = READERS[form](content)
    assert "Anden linje" in text and not is_unreadable(text.replace("\x0c", ""))


def word_text(content: bytes) -> str:
    from docx import Document

    document = Document(io.BytesIO(content))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def sheets_text(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def pdf_text(content: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


READERS = {"docx": word_text, "xlsx": sheets_text, "pdf": pdf_text, "html": bytes.decode}


@pytest.mark.usefixtures("portal_with_demo")
def test_the_feed_and_the_api_are_read_back_without_them(client):
    Decision.objects.filter(goal__isnull=False).update(text=STORED)
    Decision.objects.create(plan=Plan.objects.get(current=True), code="x", text=STORED, known_from=date(2026, 1, 1))
    feed = client.get("/data/nyt.atom").content
    assert READ in "".join(ElementTree.fromstring(feed).itertext())  # noqa: S314 - our own
    Area.objects.filter(code="791").update(name=STORED)
    book = client.get("/api/v1/areas/", {"format": "xlsx"}).getvalue()
    assert READ in sheets_text(book)


def test_the_editors_lists_are_read_back_without_them():
    gap = Gap(name=STORED, address="/a/", owner="Unge", detail=STORED)
    book = workbook_response("a.xlsx", [GapList("a", "Mangler", "", [gap])], "http://testserver").content
    assert sheets_text(book).count(READ) == 2
