"""What makes a fresh portal worth looking at: figures in the order they came, words, and users to try."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from accounts.demo_users import email_of, load_demo_users
from accounts.models import Team, User
from accounts.roles import Role
from indicators.as_of import end_of
from indicators.models import Batch, Indicator, Series, Source
from reports.actions import record_paper
from reports.models import MadePaper
from viborg_plan.demo import internal_figures, published_figures
from viborg_plan.demo import texts as demo_texts
from viborg_plan.demo.figures import COPENHAGEN
from viborg_plan.demo.teams import load_demo_teams

if TYPE_CHECKING:
    from indicators.frame import Frame

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
REAL_FIGURES = FIXTURES / "figures" / "jobindsats-2021M07-2026M07.csv"
BENCHMARK = FIXTURES / "figures" / "benchmark-y30r21-2020-2022.csv"
PUBLISHED_AT = time(6)
REAL_FIGURES_KNOWN = datetime(2026, 8, 22, 6, tzinfo=COPENHAGEN)
MEETINGS = (date(2020, 8, 25), date(2020, 9, 15))  # made up: the minutes know of no status item on these days
LAST_MADE_UP = datetime(2021, 2, 5, 6, tzinfo=COPENHAGEN)


class NotReadyError(RuntimeError):
    """The portal holds too little, or too much, for the demo to be loaded. The text says what to do."""


def load() -> Iterator[str]:
    """Load what is missing, one line a kind; old figures before new, since moments only go forward."""
    if settings.PRODUCTION:
        raise NotReadyError("The demo is made up and has no place in production: PORTAL_ENV is production.")
    if not Indicator.objects.exists():
        raise NotReadyError("There are no indicators yet: run `manage.py load_indicators` first.")
    yield f"words: {_load_texts()} new"
    yield f"made-up figures and benchmark editions: {_load_past_figures()} new deliveries"
    if _holds_an_invented_benchmark():
        yield (
            "NOTE: this portal was filled by an earlier demo, whose ranking of the municipalities was made up and is "
            "still shown. To have the ministry's published editions, load the demo into an empty database."
        )
    yield f"real figures: {_load_real_figures()} new"
    yield f"papers of made-up meetings: {_load_papers()} new"
    yield f"users: {load_demo_users()} new"
    yield f"a team with things to do: {load_demo_teams()} given"
    yield f"teams of the internal figures: {_load_teams()} new"


@dataclass(frozen=True)
class PastDelivery:
    """A delivery of the years before the published months: made up, or an edition of the benchmark as published."""

    name: str
    known_from: datetime
    frame: "Frame"
    source: str = Source.DEMO


def _load_past_figures() -> int:
    """What is made up and what was published, in the order they became known: moments only go forward."""
    planned = _past_deliveries()
    newest = Batch.objects.order_by("-known_from").values_list("known_from", flat=True).first()
    others = Batch.objects.exclude(source=Source.DEMO).exclude(known_from__in=[past.known_from for past in planned])
    if others.exists() and not Batch.objects.filter(source=Source.DEMO, known_from=LAST_MADE_UP).exists():
        raise NotReadyError(
            "The made-up figures are older than those already imported: load them into an empty database."
        )
    missing = [past for past in planned if newest is None or past.known_from > newest]
    _save_past(missing)
    return len(missing)


def _holds_an_invented_benchmark() -> bool:
    """Moments only go forward, so the published editions cannot be put before what was delivered since."""
    places = Series.objects.filter(indicator__code=published_figures.PLACE)
    return places.filter(synthetic=True).exists() and not places.filter(synthetic=False).exists()


def _past_deliveries() -> list[PastDelivery]:
    from viborg_plan.demo.figures import deliveries

    made_up = [PastDelivery(d.name, d.known_from, d.frame) for d in deliveries()]
    internal = [PastDelivery(*delivery) for delivery in internal_figures.deliveries()]
    published = [
        PastDelivery(e.name, datetime.combine(e.known_on, PUBLISHED_AT, COPENHAGEN), e.frame, Source.JOBINDSATS)
        for e in published_figures.editions(BENCHMARK.read_bytes())
    ]
    return sorted([*made_up, *internal, *published], key=lambda delivery: delivery.known_from)


def _save_past(deliveries: Iterable[PastDelivery]) -> None:
    """All of it is held against what can be, like what comes from elsewhere."""
    from indicators.store import write  # slow to load, and only needed once
    from indicators.value_ranges import refuse_impossible

    vocabulary = Indicator.objects.vocabulary()
    for past in deliveries:
        refuse_impossible(past.frame, vocabulary)
        made_up = past.source == Source.DEMO
        write.save(past.frame, source=past.source, name=past.name, known_from=past.known_from, synthetic=made_up)


def _load_papers() -> int:
    """As they would have been made when the meeting's day ended."""
    missing = [day for day in MEETINGS if not MadePaper.objects.filter(meeting=day).exists()]
    for day in missing:
        record_paper(day=day, by="load_demo", made_at=end_of(day), demo=True)
    return len(missing)


def _load_teams() -> int:
    """And a leader for the first, who sees its employees' numbers."""
    found = [Team.objects.get_or_create(slug=slug, defaults={"name": n}) for slug, n in internal_figures.TEAMS.items()]
    User.objects.filter(email=email_of(Role.APPROVER), team=None).update(team=found[0][0])
    return sum(made for _, made in found)


def _load_real_figures() -> int:
    """The figures in the repository, unless something newer has been imported."""
    if Batch.objects.filter(known_from__gte=REAL_FIGURES_KNOWN).exists():
        return 0
    from indicators.files import tidy
    from indicators.store import write

    payload = published_figures.tidy(REAL_FIGURES.read_bytes())
    receipt = write.save(
        tidy.read(payload, Indicator.objects.vocabulary()),
        source=Source.JOBINDSATS,
        name=REAL_FIGURES.name,
        sha256=hashlib.sha256(payload).hexdigest(),
        payload=payload,
        known_from=REAL_FIGURES_KNOWN,
    )
    return receipt.new


def _load_texts() -> int:
    try:
        assessments = demo_texts.load_assessments(FIXTURES / "demo" / "assessments.yaml")
        updates = demo_texts.load_status_updates(FIXTURES / "demo" / "status_updates.yaml")
    except demo_texts.SubjectMissingError as error:
        raise NotReadyError(f"{error} is not there: run `manage.py load_plan` first.") from None
    return assessments + updates
