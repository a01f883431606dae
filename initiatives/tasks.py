"""What the timetable runs; each task is one call that a command makes by hand."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from initiatives.status import reminders

log = logging.getLogger(__name__)


@shared_task
def send_reminders() -> None:
    """Run twice it sends nothing the second time. Without a mail server there is nobody to ask."""
    if not settings.EMAIL_URL:
        log.info("EMAIL_URL is not set: nobody is reminded")
        return
    reminders.send_reminders(timezone.localdate())
