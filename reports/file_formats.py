"""The paper as a file: the forms there are, and who writes each. What writes them is loaded when it is asked for."""

from collections.abc import Callable
from importlib import import_module

from indicators.files.xlsx_stream import MEDIA_TYPE
from reports.paper import Paper

NAMES = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}
OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": MEDIA_TYPE,
    "html": "text/html; charset=utf-8",
}
WRITERS = {
    "pdf": "reports.pdf_file",
    "docx": "reports.word_file",
    "xlsx": "reports.xlsx_file",
    "html": "reports.html_file",
}


def file_bytes(paper: Paper, form: str) -> bytes:
    write: Callable[[Paper], bytes] = import_module(WRITERS[form]).write
    return write(paper)


def file_name(paper: Paper, form: str) -> str:
    return f"{paper.plan.slug}-{paper.day}.{form}"
