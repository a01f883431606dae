"""Recovery of runs that were left: begun by a worker that died, or queued in a message that was lost."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from indicators.ingest import queue
from indicators.ingest.actions import DRAFT_LIFE, discard
from indicators.ingest.liveness import SILENT
from indicators.ingest.states import requeue_dead_workers, requeue_silent
from indicators.models import ImportRun

State = ImportRun.State
UNANSWERED = timedelta(seconds=60)  # from the message until it is sent again


def recover_runs(*, silent: timedelta = SILENT, unanswered: timedelta = UNANSWERED) -> list[int]:
    """Requeue what died, give up what dies every time, and enqueue all that waits. Gives the runs enqueued."""
    now = timezone.now()
    requeue_dead_workers()
    requeue_silent(now - silent)
    waiting = ImportRun.objects.waiting().filter(Q(rung_at=None) | Q(rung_at__lt=now - unanswered))
    runs = list(waiting.order_by("requested_at"))
    for run in runs:
        queue.enqueue(run)
    _drop_old_drafts(now)
    return [run.pk for run in runs]


def _drop_old_drafts(now: datetime) -> None:
    for draft in ImportRun.objects.filter(state=State.DRAFT, requested_at__lt=now - DRAFT_LIFE):
        discard(draft, by="oprydning efter et døgn")
