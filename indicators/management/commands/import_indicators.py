"""`manage.py import_indicators --source file|jobindsats`: the import that the timetable runs, by hand."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.civil_numbers import holds_civil_number
from indicators.ingest.command import Order, import_figures
from indicators.ingest.execution import Refused
from indicators.ingest.states import Busy
from indicators.sources import SOURCES
from indicators.sources.errors import SourceError
from indicators.store.receipt import Receipt


class Command(BaseCommand):
    help = "Import figures. Prints what came of it; the exit code is 0 only if nothing was rejected."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", required=True, choices=SOURCES)
        parser.add_argument("--indicator", action="append", default=[], metavar="CODE")
        parser.add_argument("--file", type=Path, metavar="PATH", help="a tidy CSV or XLSX file")
        parser.add_argument("--complete", action="store_true", help="withdraw what the file no longer holds")
        parser.add_argument(
            "--insist", default="", metavar="REASON", help="store what looks wrong, and keep why it is right"
        )
        parser.add_argument("--database", default="default", help="default: default")

    def handle(self, *args: Any, source: str, indicator: list[str], file: Path | None, **options: Any) -> None:
        order = Order(
            source,
            codes=tuple(indicator),
            path=file,
            complete=options["complete"],
            insist=_reason(options["insist"]),
            using=options["database"],
        )
        try:
            total = self._run(order)
        except (SourceError, Busy) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(str(total))
        if total.rejected:
            raise SystemExit(1)

    def _run(self, order: Order) -> Receipt:
        total = Receipt()
        for outcome in import_figures(order):
            if isinstance(outcome, Refused):
                self.stderr.write(str(outcome))
                outcome = Receipt(rejected=outcome.rejected)
            total += outcome
        return total


def _reason(text: str) -> str:
    if holds_civil_number(text):
        raise CommandError("Begrundelsen rummer et CPR-nummer. Skriv den uden.")
    return text.strip()[:500]
