"""What is new, as Atom and JSON Feed: figures that came, targets that were changed, decisions that were made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import feedgenerator, timezone

from accounts.permitted_text import readable
from goals.models import Decision, Target
from hearings.models import Answer, Hearing
from hearings.workflow import State
from indicators.models import Batch, Source
from indicators.queries.deliveries import counts_of, shown_deliveries
from viborg_plan.api_errors import CONTENT_TYPE, body

NEWEST = 50
TITLE = "Nyt om Viborg Kommunes beskæftigelsesplan"
JSON_FEED = "application/feed+json"


@dataclass(frozen=True)
class Entry:
    """One piece of news; `key` never changes, so that a reader sees it once."""

    key: str
    at: datetime
    title: str
    text: str
    path: str


def entries() -> list[Entry]:
    found = [*_figures(), *_targets(), *_decisions(), *_hearing_answers()]
    return sorted(found, key=lambda entry: (entry.at, entry.key), reverse=True)[:NEWEST]


def _figures() -> Iterator[Entry]:
    for batch in Batch.objects.filter(id__in=shown_deliveries()).order_by("-id")[:NEWEST]:
        seen = counts_of(batch)
        counts = f"{seen.new} nye, {seen.changed} rettede, {seen.withdrawn} trukket tilbage."
        made_up = batch.source == Source.DEMO
        since = timezone.localtime(batch.known_from).isoformat().replace("+", "%2B")
        path = f"{reverse('api-observations-list')}?as_of={since}"
        yield Entry(f"tal-b{batch.id}", batch.known_from, "Nye demotal" if made_up else "Nye tal", counts, path)


def _targets() -> Iterator[Entry]:
    known = Target.objects.known(timezone.localdate()).filter(kind=Target.Kind.REVISED)
    known = known.exclude(measure__indicator__isnull=False, measure__indicator__visibility="internal")
    known = known.with_before().select_related("measure__goal__plan", "document").order_by("-known_from", "-id")
    for target in (target for target in known[: 2 * NEWEST] if not target.restated):
        measure, plan = target.measure, target.measure.goal.plan
        title = f"Nyt mål for {measure.short_name}: {target.printed}"
        path = reverse("maal", args=[plan.slug, measure.goal.number])
        text = f"Sat af {target.document}. {target.reason}".strip()
        yield Entry(f"maal-{target.pk}", _morning(target.known_from), title, text, path)


def _decisions() -> Iterator[Entry]:
    known = Decision.objects.filter(
        known_from__lte=timezone.localdate(), plan__known_from__isnull=False
    ).select_related("plan", "goal")
    for decision in known.select_related("plan", "goal").order_by("-known_from", "-id")[:NEWEST]:
        path = reverse("maal", args=[decision.plan.slug, decision.goal.number]) if decision.goal else None
        path = path or reverse("plan", args=[decision.plan.slug])
        key = f"beslutning-{decision.plan.slug}-{decision.code}"
        yield Entry(key, _morning(decision.known_from), "Ny beslutning", decision.text, path)


def _hearing_answers() -> Iterator[Entry]:
    """What the committee decided of the points of a hearing; a correction is news again."""
    known = Hearing.objects.known(timezone.localdate())
    decided = Answer.objects.public(timezone.now()).filter(state=State.DECIDED, point__hearing__in=known)
    for answer in decided.select_related("point__hearing").order_by("-made_at", "-id")[:NEWEST]:
        point = answer.point
        path = f"{reverse('hoering', args=[point.hearing.slug])}#{point.code}"
        text = f"{answer.get_outcome_display().capitalize()}. {answer.decision}".strip()
        key = f"hoering-{point.hearing.slug}-{point.code}-{answer.version}"
        yield Entry(key, answer.made_at, f"Beslutning om høringspunkt {point.code}", text, path)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def feed(request: HttpRequest) -> HttpResponse:
    """Atom, or JSON Feed 1.1 at the address that ends so."""
    if request.GET:
        return JsonResponse(body(400, "Strømmen har ingen parametre."), status=400, content_type=CONTENT_TYPE)
    return _json(request) if request.path.endswith(".json") else _atom(request)


def _atom(request: HttpRequest) -> HttpResponse:
    at = request.build_absolute_uri
    told = feedgenerator.Atom1Feed(TITLE, at(reverse("data")), TITLE, language="da", feed_url=at(request.path))
    for entry in entries():
        address, key = at(entry.path), _key(request, entry)
        title, text = readable(entry.title), readable(entry.text)
        told.add_item(title, address, text, unique_id=key, pubdate=entry.at, updateddate=entry.at)
    return HttpResponse(told.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _json(request: HttpRequest) -> JsonResponse:
    at = request.build_absolute_uri
    told: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": TITLE, "language": "da"}
    told |= {"home_page_url": at(reverse("data")), "feed_url": at(request.path)}
    told["items"] = [
        {
            "id": _key(request, entry),
            "url": at(entry.path),
            "title": entry.title,
            "content_text": entry.text,
            "date_published": timezone.localtime(entry.at).isoformat(),
        }
        for entry in entries()
    ]
    return JsonResponse(told, content_type=JSON_FEED)


def _key(request: HttpRequest, entry: Entry) -> str:
    return f"tag:{request.get_host().partition(':')[0]},2026:{entry.key}"
