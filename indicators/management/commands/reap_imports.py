"""`manage.py reap_imports`: recovery of imports whose worker died or whose message was lost."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from indicators.ingest import recovery


class Command(BaseCommand):
    help = "Requeue what died, give up what dies every time, enqueue what waits. The timetable does it too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--older-than", type=int, default=60, metavar="SECONDS", help="default: 60")

    def handle(self, *args: Any, older_than: int, **options: Any) -> None:
        limit = timedelta(seconds=older_than)
        enqueued = recovery.recover_runs(silent=limit, unanswered=limit)
        self.stdout.write(f"rung={len(enqueued)}")
