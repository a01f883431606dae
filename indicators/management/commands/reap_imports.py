"""`manage.py reap_imports`: take back imports whose worker died, and ring again for those nobody heard of."""

from argparse import ArgumentParser
from datetime import timedelta

from django.core.management.base import BaseCommand

from indicators.ingest import recovery


class Command(BaseCommand):
    help = "Take back what died, give up what dies every time, ring again for what waits. The timetable does it too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--older-than", type=int, default=60, metavar="SECONDS", help="default: 60")

    def handle(self, *args, older_than: int, **options) -> None:
        limit = timedelta(seconds=older_than)
        rung = recovery.recover_runs(silent=limit, unheard=limit)
        self.stdout.write(f"rung={len(rung)}")
