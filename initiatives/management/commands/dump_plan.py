"""`manage.py dump_plan SLUG`: a plan as the YAML that loads to it."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from goals.models import Plan
from initiatives.documents.dump import dump_plan


class Command(BaseCommand):
    help = "Print a plan as a document that load_plan reads back to the same."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")

    def handle(self, *, slug: str, **options: object) -> None:
        try:
            self.stdout.write(dump_plan(slug), ending="")
        except Plan.DoesNotExist:
            slugs = ", ".join(Plan.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no plan called {slug!r}. Loaded plans: {slugs}.") from None
