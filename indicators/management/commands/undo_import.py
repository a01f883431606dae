"""`manage.py undo_import BATCH`: take one import back, leaving alone what later ones have touched."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from indicators.store import undo
from indicators.store.write import StoringError


class Command(BaseCommand):
    help = "Undo an import. It becomes a batch of its own: what was known in between stays known."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, metavar="BATCH")
        parser.add_argument("--database", default="default", help="default: default")

    def handle(self, *args: Any, batch: int, database: str, **options: Any) -> None:
        try:
            undone = undo.undo(batch, actor="undo_import", using=database)
        except StoringError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(str(undone))
