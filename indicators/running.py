"""A run carried out: claimed, fetched, judged, and stored in the same transaction that says so."""

import hashlib
import logging
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from indicators import bell, storing
from indicators.heartbeat import beating
from indicators.importing import catalogue_of, keep_payload
from indicators.models import ImportRun, Indicator, Payload, Series
from indicators.receipts import Receipt
from indicators.sources import SOURCES
from indicators.sources.errors import SourceError

log = logging.getLogger(__name__)
State = ImportRun.State
MAX_ATTEMPTS = 3
SEPARATOR = b"\n"  # between the answers of one run; JSON on one line has none


class Overtaken(Exception):
    """The run is no longer ours: it was taken for dead and begun again. Nothing is stored."""


def carry_out(number: int) -> None:
    """Do what waits, once. Safe to call at any time and from several places at once."""
    run = claim(number)
    if run is None:
        return
    try:
        with beating(run):
            _work(run)
    except Overtaken:
        log.warning("run %s was begun again elsewhere", number)
    except ValueError as error:
        log.warning("run %s refused", number)
        settle(run, State.FAILED, error=str(error), rejected=getattr(error, "rejected", 1))
    except BaseException as error:
        settle(run, State.INTERRUPTED, error=f"Afbrudt under arbejdet ({type(error).__name__}).")
        raise
    finally:
        _next_in_line(run.source)


def claim(number: int) -> ImportRun | None:
    """Count the attempt before the work, so that a run which kills its worker ends. One a source runs at a time."""
    waiting = ImportRun.objects.waiting().filter(pk=number)
    waiting.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=State.FAILED, error=f"Opgivet efter {MAX_ATTEMPTS} forsøg.", finished_at=timezone.now()
    )
    try:
        with transaction.atomic():
            begun = waiting.update(state=State.RUNNING, attempts=F("attempts") + 1, heartbeat_at=timezone.now())
    except IntegrityError:  # another of the same source is running
        return None
    return ImportRun.objects.get(pk=number) if begun else None


def settle(run: ImportRun, state: str, **facts: Any) -> None:
    """End the attempt that is ours; what another has begun since is left alone."""
    ours = ImportRun.objects.filter(pk=run.pk, state=State.RUNNING, attempts=run.attempts)
    if not ours.update(state=state, finished_at=timezone.now(), **facts):
        raise Overtaken


def _work(run: ImportRun) -> None:
    source = SOURCES[run.source]
    indicators = _indicators(run)
    kept = Payload.objects.filter(sha256=run.sha256).first() if run.sha256 else None
    if kept is None and run.source == "file":
        raise SourceError("Filen er ikke længere gemt; indlæs den igen.")
    if kept is None and _is_known(run, source, indicators):
        settle(run, State.UNCHANGED, update_latest=run.update_latest, update_next=run.update_next, error="")
        return
    queries = source.queries(indicators, run.name)
    payload = kept.raw() if kept else _fetched(run, source, queries)
    _parse_and_store(run, source, queries, indicators, payload)


def _indicators(run: ImportRun) -> list[Indicator]:
    """A file may speak of every indicator; a table is asked for its own."""
    found = Indicator.objects.all()
    if run.source != "file":
        found = found.filter(source=run.source)
    if run.table:
        found = found.filter(table__iexact=run.table)
    if not found:
        raise SourceError(f"Ingen indikator hentes fra {run.source} {run.table}.")
    return list(found)


def _is_known(run: ImportRun, source: Any, indicators: list[Indicator]) -> bool:
    """The source says its table is as old as when it was last read, and all of it was wanted then."""
    update = source.update_of(run.table, run.request_ids.append) if run.table else None
    if update is None:
        return False
    run.update_latest, run.update_next = update
    read = ImportRun.objects.successful().filter(source=run.source, table=run.table)
    had = Series.objects.filter(indicator__in=indicators, synthetic=False).values("indicator").distinct().count()
    return bool(update[0]) and read.filter(update_latest=update[0]).exists() and had == len(indicators)


def _fetched(run: ImportRun, source: Any, queries: list[Any]) -> bytes:
    payload = SEPARATOR.join(source.fetch(query, run.request_ids.append) for query in queries)
    run.sha256 = hashlib.sha256(payload).hexdigest()
    return payload


def _parse_and_store(run: ImportRun, source: Any, queries: list[Any], indicators: list[Indicator], payload: bytes):
    from indicators.frames import joined
    from indicators.scrutiny import scrutinise

    parts = [payload] if run.source == "file" else payload.split(SEPARATOR)
    catalogue = catalogue_of(indicators)
    frame = joined([source.parse(part, query, catalogue) for part, query in zip(parts, queries, strict=True)])
    if run.source != "file" and not run.approved_by:
        expectations = scrutinise(frame, run)
        run.expectations = [asdict(expectation) for expectation in expectations]
        if unmet := [expectation.name for expectation in expectations if not expectation.met]:
            _hold(run, payload, unmet)
            return
    _store(run, frame, payload)


def _hold(run: ImportRun, payload: bytes, unmet: list[str]) -> None:
    with transaction.atomic():
        keep_payload(payload, run.sha256)
        settle(run, State.HELD, error=f"Svarer ikke til det ventede: {', '.join(unmet).lower()}.", **_facts(run))


def _store(run: ImportRun, frame: Any, payload: bytes) -> None:
    """Figures and the run's end in one transaction: a reader sees both or neither."""
    with transaction.atomic():
        receipt = storing.save(
            frame,
            source=run.source,
            name=run.name or run.table,
            sha256=run.sha256,
            payload=payload,
            actor=run.approved_by or run.actor,
        )
        state = State.DONE if receipt.batch else State.UNCHANGED
        settle(run, state, error="", batch_id=receipt.batch, rejected=0, **_counts(receipt), **_facts(run))
    log.info("run %s: %s", run.pk, receipt)


def _facts(run: ImportRun) -> dict[str, Any]:
    names = ("sha256", "expectations", "request_ids", "update_latest", "update_next")
    return {name: getattr(run, name) for name in names}


def _counts(receipt: Receipt) -> dict[str, int]:
    return {"new": receipt.new, "changed": receipt.changed, "unchanged": receipt.unchanged}


def _next_in_line(source: str) -> None:
    """Those that came while this one held the source."""
    following = ImportRun.objects.waiting().filter(source=source, attempts=0).order_by("requested_at").first()
    if following:
        bell.ring(following)
