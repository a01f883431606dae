"""The queue of imports: the rows are the queue, and a message to the workers only makes one of them look at once."""

import logging
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from indicators.models import ImportRun

log = logging.getLogger(__name__)
TASK = "indicators.tasks.carry_out_run"  # by its name, so that nothing here imports the tasks


def enqueue(run: ImportRun) -> None:
    """Send the message once the row can be seen by all. Where the broker is down, recovery sends it again."""
    transaction.on_commit(lambda: _send(run.pk))


def enqueue_next(source: str) -> None:
    """Those that came while a run held the source."""
    following = ImportRun.objects.waiting().filter(source=source, attempts=0).order_by("requested_at").first()
    if following:
        enqueue(following)


def _send(number: int) -> None:
    # Celery is slow to load, and pages are read more than imports asked. It is the project's own application that
    # knows the broker.
    project = import_module(f"{settings.ROOT_URLCONF.split('.')[0]}.celery")
    ImportRun.objects.filter(pk=number).update(rung_at=timezone.now())
    try:
        project.app.send_task(TASK, [number], retry=False)
    except Exception as error:  # kombu lets through whatever the broker's own library raises
        log.warning("run %s waits for recovery: the broker does not answer (%s)", number, type(error).__name__)
