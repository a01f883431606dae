"""What the timetable and the queue run; each task is one call that a command makes by hand."""

import logging

from celery import shared_task
from django.conf import settings

from indicators.ingest import actions, recovery
from indicators.ingest.execution import execute
from indicators.models import Source

log = logging.getLogger(__name__)


@shared_task
def import_table(source: str, table: str) -> None:
    """Ask for a table. Without a key there is nothing to ask Jobindsats, and that is no fault."""
    if source == Source.JOBINDSATS and not settings.JOBINDSATS_API_KEY:
        log.info("JOBINDSATS_API_KEY is not set: nothing to import")
        return
    if not actions.is_waiting(source, table):
        actions.request_run(source, table=table, actor="tidsplan")


@shared_task
def carry_out_run(number: int) -> None:
    execute(number)


@shared_task
def reap_imports() -> None:
    recovery.recover_runs()
