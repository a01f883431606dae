"""`manage.py load_indicators FILE…`: areas from the project's list, indicators from YAML files."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from indicators.definitions import load
from indicators.definitions.yaml_documents import DocumentError


class Command(BaseCommand):
    help = "Load the areas and the indicators that the files define. A wrong file changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")

    def handle(self, *args: Any, files: list[str], **options: Any) -> None:
        try:
            tallies = load.load(files)
        except DocumentError as error:
            raise CommandError(str(error)) from None
        for noun, tally in tallies.items():
            counts = " ".join(f"{kind}={tally[kind]}" for kind in ("new", "changed", "unchanged"))
            self.stdout.write(f"{noun}: {counts}")
