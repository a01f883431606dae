"""Telling a worker that a run waits. The row is there already: a bell nobody hears costs time, not figures."""

import logging
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from indicators.models import ImportRun

log = logging.getLogger(__name__)


def enqueue(run: ImportRun) -> None:
    """Once the row is seen by all. A broker that is down is left to the janitor."""
    transaction.on_commit(lambda: _send(run.pk))


def _send(number: int) -> None:
    # Celery is slow to load, and pages are read more than imports asked. Without the project's own application the
    # task would ring at the door of a broker that nobody set up.
    import_module(f"{settings.ROOT_URLCONF.split('.')[0]}.celery")
    from indicators.tasks import carry_out_run

    ImportRun.objects.filter(pk=number).update(rung_at=timezone.now())
    try:
        carry_out_run.apply_async([number], retry=False)
    except Exception as error:  # kombu lets through whatever the broker's own library raises
        log.warning("run %s waits for the janitor: the broker does not answer (%s)", number, type(error).__name__)
