"""What every command that loads documents does: files in, what changed out, or the reasons why nothing did."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from goals.documents.sync_rows import LoadChanges
from indicators.definitions.yaml_documents import DocumentError


class LoadingCommand(BaseCommand):
    load: Callable[[Iterable[Path | str]], list[LoadChanges]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *, files: list[Path], **options: object) -> None:
        try:
            loaded = self.load(files)
        except DocumentError as error:
            raise CommandError(str(error)) from None
        for changes in loaded:
            self.stdout.write(str(changes))
