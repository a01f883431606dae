"""A run carried out: claimed, fetched, judged, and stored in the same transaction that says so."""

import hashlib
import logging
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction

from indicators.ingest import states
from indicators.ingest.command import catalogue_of, keep_payload
from indicators.ingest.liveness import heartbeat
from indicators.ingest.states import RunTakenOver, claim, facts_learnt, finish, set_step
from indicators.models import ImportRun, Indicator, Payload, Series
from indicators.sources import SOURCES
from indicators.sources.errors import SourceError

if TYPE_CHECKING:
    from indicators.frame import Frame

log = logging.getLogger(__name__)
State, Step = ImportRun.State, ImportRun.Step
SEPARATOR = b"\n"  # between the answers of one run; JSON on one line has none


def execute(number: int) -> None:
    """Do what waits, once. Safe to call at any time and from several places at once."""
    run = claim(number)
    if run is None:
        return
    try:
        with heartbeat(run):
            _work(run)
    except RunTakenOver:
        log.warning("run %s was begun again elsewhere", number)
    except ValueError as error:
        log.warning("run %s refused", number)
        states.refuse(run, error)
    except BaseException as error:
        finish(run, State.INTERRUPTED, error=f"Afbrudt under arbejdet ({type(error).__name__}).")
        raise
    finally:
        states.enqueue_next(run.source)


def _work(run: ImportRun) -> None:
    set_step(run, Step.FETCH)
    source = SOURCES[run.source]
    indicators = _indicators(run)
    kept = Payload.objects.filter(sha256=run.sha256).first() if run.sha256 else None
    if kept is None and run.source == "file":
        raise SourceError("Filen er ikke længere gemt; indlæs den igen.")
    if kept is None and _is_known(run, source, indicators):
        finish(run, State.UNCHANGED, update_latest=run.update_latest, update_next=run.update_next, error="")
        return
    payload = kept.raw() if kept else _fetched(run, source, source.queries(indicators, run.name))
    _parse_and_store(run, payload)


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


def frame_of(run: ImportRun, payload: bytes) -> "Frame":
    """What the delivery says."""
    from indicators.frame import joined

    source, indicators = SOURCES[run.source], _indicators(run)
    queries, catalogue = source.queries(indicators, run.name), catalogue_of(indicators)
    parts = [payload] if run.source == "file" else payload.split(SEPARATOR)
    return joined([source.parse(part, query, catalogue) for part, query in zip(parts, queries, strict=True)])


def _parse_and_store(run: ImportRun, payload: bytes) -> None:
    from indicators.ingest.quality_check import check_quality

    set_step(run, Step.READ)
    frame = frame_of(run, payload)
    if not run.approved_by:
        set_step(run, Step.CHECK)
        expectations = check_quality(frame, run)
        run.expectations = [asdict(expectation) for expectation in expectations]
        unmet = [expectation.name for expectation in expectations if not expectation.met]
        if unmet and run.source != "file":  # a person has seen what a file does, and confirmed it
            _hold(run, payload, unmet)
            return
    set_step(run, Step.STORE)
    states.store(run, frame, payload)


def _hold(run: ImportRun, payload: bytes, unmet: list[str]) -> None:
    with transaction.atomic():
        keep_payload(payload, run.sha256)
        finish(run, State.HELD, error=f"Svarer ikke til det ventede: {', '.join(unmet).lower()}.", **facts_learnt(run))
