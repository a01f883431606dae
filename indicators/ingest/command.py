"""Imports that somebody types: each delivery is a run of its own, carried out at once by the one who asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from accounts.civil_numbers import holds_civil_number
from indicators.ingest import states
from indicators.ingest.execution import Job, Refused, carry_out, indicators_of
from indicators.models import ImportRun, Source
from indicators.models.indicators import IndicatorQuerySet
from indicators.sources import SOURCES
from indicators.store.receipt import Receipt


@dataclass(frozen=True)
class Order:
    """What to import: from where, and which indicators (all of the source's if none are named)."""

    source: str
    codes: tuple[str, ...] = ()
    path: Path | None = None
    complete: bool = False
    using: str = "default"
    insist: str = ""  # why what looks wrong in a file is right


def import_figures(order: Order) -> Iterator[Receipt | Refused]:
    """Each delivery's receipt, or why it was refused; one that is refused stops no other."""
    source = SOURCES[order.source]
    indicators = indicators_of(order.source, codes=order.codes, using=order.using)
    for query in source.queries(indicators, order.path):
        facts = _named(order.source, source.name_of(query)) | _reasons(order)
        run = states.begin_by_hand(order.using, source=order.source, **facts)
        yield carry_out(run, partial(_job, query, indicators, order), order.using)


def _job(query: Any, indicators: IndicatorQuerySet, order: Order, run: ImportRun) -> Job:
    return Job([query], indicators, complete=order.complete, insist=order.insist, using=order.using)


def _reasons(order: Order) -> dict[str, Any]:
    return {"reasons": {"--insist": order.insist}} if order.insist else {}


def _named(source: str, name: str) -> dict[str, str]:
    """A file by its name, unless that tells of a person; else by its table."""
    if source != Source.FILE:
        return {"table": name}
    return {"name": "" if holds_civil_number(name) else name[:200]}
