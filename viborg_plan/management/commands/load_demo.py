"""`manage.py load_demo`: figures, words and users for a portal to be tried with; what is there is kept."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from viborg_plan.demo import load


class Command(BaseCommand):
    help = "Load the demo into a portal that has its indicators and plans. Refused in production."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for line in load.load():
                self.stdout.write(line)
        except load.NotReadyError as error:
            raise CommandError(str(error)) from None
