"""What the timetable runs; each task is one call that a command makes by hand."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def clear_sessions() -> None:
    """Rows of logins that have ended. Run twice it finds nothing the second time."""
    call_command("clearsessions")
