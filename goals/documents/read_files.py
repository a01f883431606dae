"""The files in which documents come: all are read and checked before one is stored, and each fault has its line."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel

from goals.documents.checks import Problem
from indicators.definitions import yaml_documents
from indicators.definitions.yaml_documents import DocumentError


class Named(Protocol):
    slug: str


Document = TypeVar("Document", bound=BaseModel)
File = tuple[Path, Document]


def read_all(paths: Iterable[Path | str], model: type[Document]) -> list[File[Document]]:
    files, reasons = [], []
    for path in map(Path, paths):
        try:
            files.append((path, yaml_documents.load(path, model)))
        except DocumentError as error:
            reasons.append(str(error))
    refuse(reasons)
    return files


def slug_is_the_files_name(path: Path, document: Named) -> list[Problem]:
    return [] if document.slug == path.stem else [(("slug",), f"the file of {document.slug!r} is {path.name}")]


def reason_at(path: Path, place: Sequence[str | int], text: str) -> str:
    where = ".".join(str(step) for step in place)
    return f"{path.name} line {yaml_documents.line_of(path, *place)}: {where}: {text}"


def refuse(reasons: list[str]) -> None:
    if reasons:
        raise DocumentError("\n".join(reasons))
