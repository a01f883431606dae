"""Runs that were left: begun by a worker that died, or asked for through a message that was lost."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from indicators.ingest import queue
from indicators.ingest.states import SILENT, requeue_dead_workers, take_back_silent
from indicators.models import ImportRun

State = ImportRun.State
UNHEARD = timedelta(seconds=60)  # from the bell until it is rung again


def recover_runs(*, silent: timedelta = SILENT, unheard: timedelta = UNHEARD) -> list[int]:
    """Take back what died, give up what dies every time, and ring again for all that waits. Gives what was rung."""
    now = timezone.now()
    requeue_dead_workers()
    take_back_silent(now - silent)
    waiting = ImportRun.objects.waiting().filter(Q(rung_at=None) | Q(rung_at__lt=now - unheard))
    runs = list(waiting.order_by("requested_at"))
    for run in runs:
        queue.enqueue(run)
    _drop_old_drafts(now)
    return [run.pk for run in runs]


def _drop_old_drafts(now: datetime) -> None:
    from indicators.ingest.actions import DRAFT_LIFE, discard

    for draft in ImportRun.objects.filter(state=State.DRAFT, requested_at__lt=now - DRAFT_LIFE):
        discard(draft, by="oprydning efter et døgn")
