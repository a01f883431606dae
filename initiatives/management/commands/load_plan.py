"""`manage.py load_plan FILE…`: plan documents in, what changed out."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from indicators.documents import DocumentError
from initiatives.loading import load_plans


class Command(BaseCommand):
    help = "Load plan documents. All are checked before anything is written; loading them again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *, files: list[Path], **options: object) -> None:
        try:
            loaded = load_plans(files)
        except DocumentError as error:
            raise CommandError(str(error)) from None
        for changes in loaded:
            self.stdout.write(str(changes))
