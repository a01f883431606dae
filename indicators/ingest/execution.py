"""A run carried out, for a worker and for a command alike: fetched, parsed, checked, and stored as it ends."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, transaction

from indicators.ingest import queue, states
from indicators.ingest.liveness import heartbeat
from indicators.ingest.states import RunTakenOver, claim, facts_learnt, finish, set_step
from indicators.models import COMMAND, Batch, ImportRun, Indicator, Payload, Series, Source
from indicators.models.indicators import IndicatorQuerySet
from indicators.sources import SOURCES, file
from indicators.sources.errors import SourceError
from indicators.store.payloads import keep_payload
from indicators.store.receipt import Receipt

if TYPE_CHECKING:
    from indicators.files.reading import Reading
    from indicators.frame import Frame
    from indicators.store.write import Placed

log = logging.getLogger(__name__)
State, Step = ImportRun.State, ImportRun.Step
SEPARATOR = b"\n"  # between the answers of one run; JSON on one line has none
STALE = "Portalens tal er ændret, siden du så filen. Se igen, hvad den ændrer, og bekræft så."
INSIST = "Er det rigtigt, som det står, så kør kommandoen igen med --insist BEGRUNDELSE."
TAKEN_OVER = "Indlæsningen blev taget for død, og en anden er begyndt; kør kommandoen igen."


@dataclass(frozen=True)
class Job:
    """What a run is to do: the questions to its source, the indicators they are about, and where the figures go."""

    queries: Sequence[Any]
    indicators: IndicatorQuerySet
    complete: bool = False  # what the delivery lacks is withdrawn
    insist: str = ""  # why what looks wrong is right, from who asks by hand
    using: str = DEFAULT_DB_ALIAS


class StalePreview(ValueError):
    """The figures of the portal have changed since the file was shown beside them."""


class Unanswered(ValueError):
    """A file that is asked something, and nobody who answers."""

    def __init__(self, texts: Sequence[str]) -> None:
        listed = "\n".join(f"  {text}" for text in texts)
        super().__init__(f"Der er noget at se efter, før filen bliver gemt:\n{listed}\n{INSIST}")


class Refused(ValueError):
    """A delivery that was not used; `rejected` rows of it were wrong."""

    def __init__(self, reason: str, rejected: int = 1) -> None:
        super().__init__(reason)
        self.rejected = rejected


def execute(number: int) -> None:
    """Do what waits, once. Safe to call at any time and from several places at once."""
    if run := claim(number):
        carry_out(run, job_of)


def carry_out(
    run: ImportRun, job_of_run: Callable[[ImportRun], Job], using: str = DEFAULT_DB_ALIAS
) -> Receipt | Refused:
    """The work on a run that is begun, to its end, however that comes: what was written, or why nothing was."""
    try:
        with heartbeat(run, using):
            return _work(run, job_of_run(run))
    except RunTakenOver:
        log.warning("run %s was taken over by another attempt", run.pk)
        return Refused(TAKEN_OVER)
    except StalePreview:
        finish(run, State.DRAFT, using, error=STALE, shown="")
        return Refused(STALE)
    except ValueError as error:
        log.warning("run %s refused", run.pk)
        states.refuse(run, error, using)
        return Refused(str(error), getattr(error, "rejected", 1))
    except BaseException as error:
        states.break_off(run, error, using)
        raise
    finally:
        if using == DEFAULT_DB_ALIAS:
            queue.enqueue_next(run.source)


def indicators_of(
    source: str, *, table: str = "", codes: Sequence[str] = (), using: str = DEFAULT_DB_ALIAS
) -> IndicatorQuerySet:
    """A file may name every indicator, or all with the codes; a source that is asked answers for its own."""
    indicators = Indicator.objects.using(using).all()
    if source != Source.FILE:
        indicators = indicators.filter(source=source)
    if table:
        indicators = indicators.filter(table__iexact=table)
    if codes:
        indicators = indicators.filter(code__in=codes)
        if unknown := sorted(set(codes) - {indicator.code for indicator in indicators}):
            raise SourceError(f"Kilden {source} har ingen indikator »{unknown[0]}«.")
    return indicators


def job_of(run: ImportRun) -> Job:
    """All of the run's table in one delivery."""
    indicators = indicators_of(run.source, table=run.table)
    if not indicators:
        raise SourceError(f"Ingen indikator hentes fra {run.source} {run.table}.")
    return Job(SOURCES[run.source].queries(indicators, run.name), indicators)


def reading_of(run: ImportRun, payload: bytes, job: Job) -> "Reading":
    """What the delivery says, its newest figures marked as provisional where that is how the indicator is counted."""
    from indicators.files.reading import Reading  # numpy is slow to load; most imports bring what is already known
    from indicators.frame import joined
    from indicators.store.provisional import with_newest_marked

    vocabulary = job.indicators.vocabulary()
    if run.source == Source.FILE:
        reading = file.reading(payload, job.queries[0], vocabulary)
        return replace(reading, frame=with_newest_marked(reading.frame, reading.marked, job.using))
    pairs = zip(payload.split(SEPARATOR), job.queries, strict=True)
    return Reading(joined([SOURCES[run.source].parse(part, query, vocabulary) for part, query in pairs]))


def _work(run: ImportRun, job: Job) -> Receipt:
    set_step(run, Step.FETCH, job.using)
    payload = _kept_payload(run)
    if payload is None:
        if _has_no_update(run, job):
            return states.end(run, Receipt(), job.using)
        payload = _fetched(run, job)
        if run.actor == COMMAND and (batch := _repeated(run, job)):
            return states.end(run, Receipt(unchanged=batch.size), job.using)
    set_step(run, Step.READ, job.using)
    reading = reading_of(run, payload, job)
    frame = reading.frame
    run.left_out = [item._asdict() for item in frame.left_out]
    if unmet := _unmet(run, frame, job):
        _hold(run, payload, unmet)
        return Receipt()
    _refuse_impossible(frame, job)
    set_step(run, Step.STORE, job.using)
    check = partial(_check_file, run, reading, job) if run.source == Source.FILE else None
    return states.store(run, frame, payload, complete=job.complete, using=job.using, check=check)


def _check_file(run: ImportRun, reading: "Reading", job: Job, placed: "Placed") -> None:
    """What was shown is what is stored; and who asks by hand is asked what a person on the page is asked."""
    from indicators.ingest.placement import PlacedDelivery
    from indicators.ingest.questions import questions

    if run.actor == COMMAND:
        asked = () if job.insist else questions(PlacedDelivery(reading.frame, job.using, placed), reading.doubts)
        if asked:
            raise Unanswered([f"{question.indicator.name}: {question.text}" for question in asked])
    elif run.shown and run.shown != PlacedDelivery(reading.frame, job.using, placed).fingerprint():
        raise StalePreview


def _kept_payload(run: ImportRun) -> bytes | None:
    """What was fetched or handed in before, and waited for a person."""
    if run.actor == COMMAND:
        return None
    kept = Payload.objects.filter(sha256=run.sha256).first() if run.sha256 else None
    if kept is None and run.source == Source.FILE:
        raise SourceError("Filen er ikke længere gemt; indlæs den igen.")
    return kept.raw() if kept else None


def _has_no_update(run: ImportRun, job: Job) -> bool:
    """The source says its table is as old as when it was last read, and all of it was wanted then."""
    if run.actor == COMMAND or not run.table:  # who asks by hand wants it fetched
        return False
    update = SOURCES[run.source].update_of(run.table, run.request_ids.append)
    if update is None:
        return False
    run.update_latest, run.update_next = update
    read = ImportRun.objects.successful().filter(source=run.source, table=run.table)
    stored = Series.objects.filter(indicator__in=job.indicators, synthetic=False).values("indicator").distinct()
    return bool(update[0]) and read.filter(update_latest=update[0]).exists() and stored.count() == len(job.indicators)


def _fetched(run: ImportRun, job: Job) -> bytes:
    payload = SEPARATOR.join(SOURCES[run.source].fetch(query, run.request_ids.append) for query in job.queries)
    run.sha256 = hashlib.sha256(payload).hexdigest()
    return payload


def _repeated(run: ImportRun, job: Job) -> Batch | None:
    """The latest batch, if it was made of these bytes: then there is nothing to parse."""
    return Batch.objects.using(job.using).repeated(run.sha256, run.source, complete=job.complete)


def _unmet(run: ImportRun, frame: "Frame", job: Job) -> list[str]:
    """The expectations that hold a delivery back. A person has seen what a file does, or asks for it by hand."""
    if run.approved_by or run.actor == COMMAND:
        return []
    from indicators.ingest.quality_check import check_quality

    set_step(run, Step.CHECK, job.using)
    expectations = check_quality(frame, run)
    run.expectations = [asdict(expectation) for expectation in expectations]
    unmet = [expectation.name for expectation in expectations if not expectation.met]
    return [] if run.source == Source.FILE else unmet


def _hold(run: ImportRun, payload: bytes, unmet: list[str]) -> None:
    with transaction.atomic():
        keep_payload(payload, run.sha256)
        finish(run, State.HELD, error=f"Svarer ikke til det ventede: {', '.join(unmet).lower()}.", **facts_learnt(run))


def _refuse_impossible(frame: "Frame", job: Job) -> None:
    """Nobody can approve a number that cannot be."""
    from indicators.value_ranges import refuse_impossible

    refuse_impossible(frame, job.indicators.vocabulary())
