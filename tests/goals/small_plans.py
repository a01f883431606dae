"""Small plan documents and their figures, for tests that write out what a page or a status must say of them."""

from decimal import Decimal
from pathlib import Path

from django.conf import settings

from goals.documents.sync_rows import LoadChanges
from indicators import periods
from indicators.definitions import load
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.missing import MissingReason
from indicators.store import write
from initiatives.documents.load import load_plans

HEAD = """\
title: {title}
kind: {kind}
year: 2025
known_from: {known_from}
period_start: {start}
period_end: 2025-12-31
document: d
"""


def plan(slug: str, body: str, title: str = "Prøveplan") -> str:
    """A plan for 2025 as a document, known from its first day."""
    head = HEAD.format(title=title, kind="plan", known_from="2025-01-01", start="2025-01-01")
    return f"slug: {slug}\n{head}{body}"


def supplement(slug: str, plan: str, body: str) -> str:
    """A supplement for the second half of 2025, known from 1 June."""
    head = HEAD.format(title="Tillæg", kind="supplement", known_from="2025-06-01", start="2025-07-01")
    return f"slug: {slug}\nsupplements: {plan}\n{head}{body}"


def measure(code: str, indicator: str, better: str = "lower", part: str = "") -> str:
    """One entry of a goal's list of measures."""
    own = f"code: {code}, name: n, short_name: {code.upper()}, subject: Andel, better: {better}"
    return f"{{{own}, indicator: {indicator}, area: '791'{f', part: {part}' if part else ''}}}"


def stored_plans(folder: Path, *texts: str) -> list[LoadChanges]:
    """The documents loaded from files named by their slugs, beside the project's indicators."""
    load.load([Path(settings.BASE_DIR) / "fixtures/indicators.yaml"])
    paths = [folder / f"{text.split()[1]}.yaml" for text in texts]  # each begins with its slug
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return load_plans(paths)


def stored_figures(indicator: str, values: dict[str, str | None], provisional: bool = False) -> None:
    """Viborg's figures by period, e.g. {"2025-01": "2.6"}; None: withheld at its source."""
    cells = [
        Cell(
            SeriesKey(indicator, "791"),
            periods.of(int(period[:4]), int(period[5:7])),
            Decimal(value) if value is not None else None,
            missing=MissingReason.NOT_MISSING if value is not None else MissingReason.NOT_PUBLISHED,
            provisional=provisional,
        )
        for period, value in values.items()
    ]
    write.save(frame_of(cells), source="file", name="test")
