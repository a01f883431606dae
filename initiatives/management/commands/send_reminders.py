"""`manage.py send_reminders`: what the timetable does every morning."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from initiatives.status import reminders


class Command(BaseCommand):
    help = "Mail each writer what is due, overdue, sent back or new; each thing once."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{reminders.send_reminders(timezone.localdate())} reminded of")
