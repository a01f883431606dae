"""What the timetable runs; each task is one call that a command makes by hand."""

import logging

from celery import shared_task
from django.conf import settings

from indicators.importing import Order, Refused, import_figures

log = logging.getLogger(__name__)


@shared_task
def import_indicators(source: str, indicators: list[str] | None = None) -> None:
    """Without a key there is nothing to ask Jobindsats, and that is no fault."""
    if source == "jobindsats" and not settings.JOBINDSATS_API_KEY:
        log.info("JOBINDSATS_API_KEY is not set: nothing to import")
        return
    for outcome in import_figures(Order(source, codes=tuple(indicators or ()), actor="timetable")):
        if isinstance(outcome, Refused):
            log.error("%s: %s", source, outcome)
