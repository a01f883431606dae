"""How each source stands: when it last answered, what its newest figures are of, and when the next are due."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators import formats, periods
from indicators.models import SOURCE_NAMES, ImportRun, Indicator, Observation, Source
from indicators.translation import gettext_noop

GRACE = timedelta(days=7)  # publications slip


class Standing(StrEnum):
    OK = "ok"
    OUTDATED = gettext_noop("forældet")
    FAILED = gettext_noop("fejlet")
    HELD = gettext_noop("holdt")
    NONE = gettext_noop("ingen tal")


@dataclass(frozen=True)
class SourceState:
    """A table of a source, or all files together. `error` says in a sentence why it is not ok."""

    source: str
    table: str
    name: str
    state: Standing
    newest_period: str
    last_success: datetime | None
    next_expected: date | None
    error: str
    run: ImportRun | None  # the newest


def source_states(today: date | None = None) -> list[SourceState]:
    today = today or timezone.localdate()
    groups: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
    for indicator in Indicator.objects.order_by("-source", "table", "code"):
        groups[indicator.source, indicator.table if indicator.source != Source.FILE else ""].append(indicator)
    newest = _newest_periods()
    runs = _runs()
    return [_state(place, indicators, newest, runs[place], today) for place, indicators in groups.items()]


def _state(
    place: tuple[str, str], indicators: list[Indicator], newest: dict[int, int], runs: list[ImportRun], today: date
) -> SourceState:
    source, table = place
    measured = [indicator for indicator in indicators if indicator.pk in newest]
    latest = max(measured, key=lambda i: periods.last_day(newest[i.pk], i.frequency), default=None)
    due = _announced(runs) or min((next_due(indicator, newest[indicator.pk]) for indicator in measured), default=None)
    ended = [run for run in runs if run.state not in (ImportRun.State.DRAFT, ImportRun.State.QUEUED)]
    success = next((run for run in runs if run.state in (ImportRun.State.DONE, ImportRun.State.UNCHANGED)), None)
    state, error = _standing(source, ended[0] if ended else None, due, today)
    return SourceState(
        source=source,
        table=table,
        name=f"{SOURCE_NAMES.get(source, source)} {table}".strip(),
        state=state,
        newest_period=periods.named(newest[latest.pk], latest.frequency) if latest else "",
        last_success=success.finished_at if success else None,
        next_expected=due,
        error=error,
        run=runs[0] if runs else None,
    )


def _standing(source: str, run: ImportRun | None, due: date | None, today: date) -> tuple[Standing, str]:
    if run and run.state == ImportRun.State.HELD:
        return Standing.HELD, run.error
    # A file that was refused is its sender's matter; the figures are as good as before.
    if run and source != Source.FILE and run.state in (ImportRun.State.FAILED, ImportRun.State.INTERRUPTED):
        return Standing.FAILED, run.error
    if due is None:
        return Standing.NONE, _why_none(source)
    if today > due + GRACE:
        return Standing.OUTDATED, _("Nye tal var ventet {day}.").format(day=formats.short_date(due))
    return Standing.OK, ""


def _why_none(source: str) -> str:
    if source == Source.JOBINDSATS and not settings.JOBINDSATS_API_KEY:
        return _("Der er ingen nøgle til Jobindsats.")
    return "" if source == Source.FILE else _("Der er ikke hentet tal endnu.")


def _announced(runs: list[ImportRun]) -> date | None:
    """What the source itself said of its next update when it last answered."""
    announced = next((run.update_next for run in runs if run.update_next), "")
    try:
        return date.fromisoformat(announced[:10])
    except ValueError:
        return None


def next_due(indicator: Indicator, newest: int) -> date:
    following = newest + periods.STEPS[periods.Frequency(indicator.frequency)]
    return periods.last_day(following, indicator.frequency) + timedelta(days=indicator.publication_lag)


def _newest_periods() -> dict[int, int]:
    """By indicator; real figures only."""
    rows = Observation.objects.current().filter(series__synthetic=False).exclude(value=None)
    return dict(rows.values_list("series__indicator").annotate(newest=Max("period")).order_by())


def _runs() -> dict[tuple[str, str], list[ImportRun]]:
    """The runs of half a year, newest first. One that read a whole source counts for each of its tables."""
    since = timezone.now() - timedelta(days=183)
    by_table: dict[tuple[str, str], list[ImportRun]] = defaultdict(list)
    tables = list(Indicator.objects.exclude(source=Source.FILE).values_list("source", "table").distinct().order_by())
    for run in ImportRun.objects.filter(requested_at__gte=since).defer("problems", "expectations"):
        whole = [place for place in tables if place[0] == run.source] if not run.table else []
        for place in whole or [(run.source, run.table)]:
            by_table[place].append(run)
    return by_table
