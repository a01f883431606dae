"""Whatever editors and files change, in whatever order: each earlier day goes on saying what it said that evening."""

import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from goals.editing.audited_change import change
from goals.editing.plan_changes import add_goal, add_theme
from goals.editing.target_changes import set_target
from goals.models import FocusArea, Goal, Measure, Plan, Theme
from indicators.as_of import end_of
from indicators.definitions import load
from initiatives.models import Initiative, Partner
from reports.paper import paper_of
from tests.long_form import at_length

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
PLAN, SUPPLEMENT, ANNEX = "beskaeftigelsesplan-2020", "tillaeg-2020", "beskaeftigelsesplan-2021"
PAGES = [
    "/", "/planer/", f"/planer/{PLAN}/", f"/planer/{SUPPLEMENT}/", f"/planer/{ANNEX}/", f"/planer/{PLAN}/maal/2/",
    f"/planer/{PLAN}/maal/4/", "/indsatser/", "/maalsaetninger/", "/partnere/mercantec/",
    "/indsatser/task-force-viborg/", "/hoeringer/", "/indikatorer/midlertidig-forsoergelse-pct-befolkning/",
]  # fmt: skip
LISTS = ["plans", "goals", "targets", "themes", "objectives", "initiatives", "partners", "reports", "indicators"]
FULL = at_length("TRUTH")
PAST = ["2020-04-01", "2020-09-15", "2021-03-01"] if FULL else ["2020-09-15"]
EVERY = 3 if FULL else 6  # days between those that are looked at while things change


class Portal:
    """The portal while days pass: what may be done to it, and what it says of a day."""

    def __init__(self, client: Any, files: Any, folder: Path, by: User) -> None:
        self.client, self.files, self.by = client, files, by
        self.indicators = folder / "indicators.yaml"
        self.indicators.write_bytes((Path(settings.BASE_DIR) / "fixtures/indicators.yaml").read_bytes())
        self.round = 0

    def said(self, day: str) -> dict[str, Any]:
        pages = {path: self._main(path, day) for path in PAGES}
        lists = {name: self.client.get(f"/api/v1/{name}/?as_of={day}").json()["results"] for name in LISTS}
        return pages | lists | {"paper": paper_of(date.fromisoformat(day)).sha256}

    def _main(self, path: str, day: str) -> str:
        page = self.client.get(f"{path}?kendt={day}").content.decode()
        return re.split(r"<main|</main>", page)[1]

    def rename(self, model: Any, field: str, **which: Any) -> None:
        row = model.objects.filter(**which).first()
        change(row=row, facts={field: f"{getattr(row, field)[:30]} {self.round}"}, by=self.by)

    def edit_file(self, slug: str, edit: Callable[[dict], None]) -> None:
        path = self.files.path(slug)
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        edit(document)
        path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
        assert self.files.load(slug)[slug].lines != []

    def edit_indicators(self, **facts: Any) -> None:
        found = yaml.safe_load(self.indicators.read_text(encoding="utf-8"))
        entry = next(e for e in found if e["code"] == "midlertidig-forsoergelse-pct-befolkning")
        entry.update(facts)
        self.indicators.write_text(yaml.safe_dump(found, allow_unicode=True), encoding="utf-8")
        assert load.load([self.indicators])["indicators"]["changed"] == 1


def measure_in(document: dict, code: str) -> dict:
    return next(m for goal in document["goals"] for m in goal["measures"] if m["code"] == code)


def nearer(number: int) -> dict:
    """The same target with another limit to what is near."""
    said = {"measure": "m04a", "kind": "original", "value": 10.4, "printed": "10,4 %", "near": number}
    return said | {"known_from": timezone.localdate()}


def back_dated(portal: Portal) -> None:
    target = {"measure": "m02", "kind": "revised", "value": 5, "printed": "5 %", "known_from": "2020-08-01"}
    entry = target | {"known_from": date(2020, 8, 1), "reason": str(portal.round)}
    decision = {"code": f"sent-{portal.round}", "goal": 2, "meeting": date(2020, 8, 3), "text": "Sent kendt"}
    portal.edit_file(SUPPLEMENT, lambda d: d["targets"].append(entry))
    late = decision | {"known_from": date(2020, 8, 3)}
    portal.edit_file(PLAN, lambda d: d.setdefault("decisions", []).append(late))


def of_the_browser(portal: Portal) -> list[Callable[[], Any]]:
    measure, plan = Measure.objects.get(code="m02", goal__plan__slug=PLAN), Plan.objects.get(slug=PLAN)
    facts = {"measure": measure, "kind": "revised", "document": plan, "by": portal.by}
    promise = {"rule": "value", "value": Decimal(9), "near": Decimal(1), "printed": f"9 % ({portal.round})"}
    return [
        lambda: portal.rename(Plan, "title", slug=PLAN),
        lambda: portal.rename(Plan, "title", slug=SUPPLEMENT),
        lambda: portal.rename(Goal, "title", plan=plan, number=2),
        lambda: portal.rename(Measure, "short_name", pk=measure.pk),
        lambda: portal.rename(Partner, "name", slug="mercantec"),
        lambda: portal.rename(Theme, "name", plan__slug=ANNEX),
        lambda: portal.rename(FocusArea, "name", plan=plan),
        lambda: portal.rename(Initiative, "name", slug="task-force-viborg"),
        lambda: add_goal(plan=plan, facts={"title": f"Nyt mål {portal.round}"}, by=portal.by),
        lambda: add_theme(plan=Plan.objects.get(slug=ANNEX), facts={"name": f"Tema {portal.round}"}, by=portal.by),
        lambda: set_target(promise=promise, reason="Ny", **facts),
    ]


def of_the_files(portal: Portal) -> list[Callable[[], Any]]:
    n = portal.round
    return [
        lambda: portal.edit_file(PLAN, lambda d: d["targets"].append(nearer(n))),
        lambda: portal.edit_file(PLAN, lambda d: measure_in(d, "m05").update(better="higher", subject=f"Andel {n}")),
        lambda: portal.edit_file(PLAN, lambda d: d.update(period_end=date(2020, 10, 1 + n))),
        lambda: portal.edit_file(PLAN, lambda d: d["sections"][0].update(short_name=f"Afsnit {n}")),
        lambda: portal.edit_file(PLAN, lambda d: d["open_questions"][0].update(text=f"Hvad nu? {n}")),
        lambda: portal.edit_file(SUPPLEMENT, lambda d: d["events"][0].update(end=date(2020, 6, 1 + n))),
        lambda: portal.edit_file(SUPPLEMENT, lambda d: d["headings"][0]["actions"][0].update(text=f"Noget {n}")),
        lambda: portal.edit_file(ANNEX, lambda d: d["objectives"][0].update(name=f"Flere i job {n}")),
        lambda: portal.edit_file(ANNEX, lambda d: d["initiatives"][0].update(summary=f"Kort {n}", budget=1000 + n)),
        lambda: portal.edit_indicators(trend_threshold=1 + n, decimals=2, name=f"Midlertidig forsørgelse {n}"),
        lambda: back_dated(portal),
    ]


@pytest.mark.parametrize("seed", range(1, 9) if FULL else [1])
def test_no_earlier_day_moves(client, plan_files, tmp_path, monkeypatch, seed):
    by = User.objects.create_user("rie@example.org", name="Rie")
    portal, chance, clock = Portal(client, plan_files, tmp_path, by), random.Random(seed), [timezone.now()]
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock[0])
    told = {day: portal.said(day) for day in PAST}
    acts = chance.sample(range(11), 11), chance.sample(range(11), 11)
    for browser, file in zip(*acts, strict=True):
        portal.round += 1
        clock[0] += timedelta(days=1)
        of_the_browser(portal)[browser]()
        of_the_files(portal)[file]()
        if portal.round % EVERY == 1:
            today = timezone.localdate()
            told[today.isoformat()] = portal.said(today.isoformat())
            assert end_of(today) > timezone.now()
    clock[0] += timedelta(days=2)
    assert len({str(said) for said in told.values()}) == len(told) == len(PAST) + 11 // EVERY + 1
    for day, before in told.items():
        after = portal.said(day)
        assert {name: after[name] for name in before if after[name] != before[name]} == {}, day
        assert before == after
