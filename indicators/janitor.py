"""Runs that were left: begun by a worker that died, or asked for through a message that was lost."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from indicators import bell
from indicators.models import ImportRun
from indicators.running import MAX_ATTEMPTS

State = ImportRun.State
SILENT = timedelta(seconds=60)  # several heartbeats
UNHEARD = timedelta(seconds=60)  # from the bell until it is rung again
GIVEN_UP = f"Opgivet efter {MAX_ATTEMPTS} forsøg: arbejderen forsvandt hver gang (nedbrud, tidsgrænse eller genstart)."


def reap(*, silent: timedelta = SILENT, unheard: timedelta = UNHEARD) -> list[int]:
    """Take back what died, give up what dies every time, and ring again for all that waits. Gives what was rung."""
    now = timezone.now()
    dead = ImportRun.objects.silent_since(now - silent)
    dead.filter(attempts__gte=MAX_ATTEMPTS).update(state=State.FAILED, error=GIVEN_UP, finished_at=now)
    dead.update(state=State.INTERRUPTED, error="Arbejderen forsvandt; indlæsningen prøves igen.", rung_at=None)
    waiting = ImportRun.objects.waiting().filter(Q(rung_at=None) | Q(rung_at__lt=now - unheard))
    runs = list(waiting.order_by("requested_at"))
    for run in runs:
        bell.ring(run)
    _drop_old_drafts(now)
    return [run.pk for run in runs]


def _drop_old_drafts(now) -> None:
    from indicators.runs import DRAFT_LIFE, discard

    for draft in ImportRun.objects.filter(state=State.DRAFT, requested_at__lt=now - DRAFT_LIFE):
        discard(draft, by="oprydning efter et døgn")
