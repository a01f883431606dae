"""`manage.py make_report`: the committee's paper of a day as a file, and on the list of papers."""

from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from indicators.as_of import UnusableDate, day_in
from reports import file_formats
from reports.actions import record_paper


class Command(BaseCommand):
    help = "Make the committee's paper of a day, as known when the day ended, and put it on the list of papers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", required=True, metavar="DATE", help="the meeting's day, e.g. 2020-09-15")
        parser.add_argument("--format", choices=sorted(file_formats.KINDS), default="pdf")
        parser.add_argument("--output", required=True, type=Path, metavar="PATH")
        parser.add_argument("--language", choices=["da", "en"], default="da")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with translation.override(options["language"]):
                paper = record_paper(day=day_in(options["as_of"]), by="make_report")
                options["output"].write_bytes(file_formats.file_bytes(paper, options["format"]))
        except UnusableDate as problem:
            raise CommandError(str(problem)) from None
        except OSError as problem:
            raise CommandError(f"{options['output']} could not be written: {problem.strerror}.") from None
        self.stdout.write(f"{options['output']}: {paper.day}, sha256 {paper.sha256}")
