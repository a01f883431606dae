"""Generated worlds from a seed: a plan and its supplement through the loader, deliveries and undoings by the store."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import yaml

from indicators import periods
from indicators.definitions import load
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.missing import MissingReason
from indicators.store import write
from indicators.store.undo import undo
from initiatives.documents.load import load_plans
from tests.truth.rule import Figure, Measure, Month, Promise

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SUPPLEMENTED = date(2025, 6, 1)
INDICATORS = {  # code: unit, decimals, lag, trend's threshold, a middling value
    "andel-a": ("percent", 1, 28, "0.1", 80),
    "andel-b": ("percent", 1, 35, "0.15", 0),
    "antal-c": ("count", 0, 28, "10", 1000),
    "plads-d": ("rank", 0, 20, "1", 45),
}
MONTHS = [(year, month) for year in (2024, 2025) for month in range(1, 13)] + [(2026, 1)]


@dataclass
class World:
    """What happens in order: each act is at noon of its own day. `log` is what was known after each of them."""

    seed: int
    folder: Path
    random: Random = field(init=False)
    goals: dict[int, list[Measure]] = field(init=False)
    log: list[tuple[date, dict]] = field(default_factory=list)
    deliveries: list[tuple[int, dict]] = field(default_factory=list)
    day: date = date(2024, 12, 20)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.goals = {number: self.measures(number) for number in range(1, 5)}
        self.now: dict[tuple[str, Month], tuple[Figure | None, int]] = {}
        load.load([self.written("indikatorer", definitions())])
        load_plans([self.written("proeve", self.plan()), self.written("proeve-tillaeg", self.supplement())])

    def written(self, name: str, content: object) -> Path:
        path = self.folder / f"{name}.yaml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return path

    def measures(self, goal: int) -> list[Measure]:
        count = self.random.choice([1, 2, 2, 3])
        return [self.measure(f"m{goal}{letter}", goal) for letter in "abc"[:count]]

    def measure(self, code: str, goal: int) -> Measure:
        indicator = self.random.choice(list(INDICATORS))
        lag, threshold = INDICATORS[indicator][2:4]
        better = "lower" if indicator == "plads-d" else self.random.choice(["lower", "higher"])
        kinds = self.random.choice([[], ["original"], ["original"], ["original", "revised"], ["original", "revised"]])
        rule = self.random.choice(["value", "value", "relative", *(["ceiling"] if better == "lower" else [])])
        rule = "relative" if indicator == "plads-d" else rule
        promises = tuple(self.promise(kind, indicator, rule) for kind in (kinds if goal < 4 else kinds[:1]))
        tolerance = Decimal(self.random.choice(["0", "3", "3", "10"]))
        return Measure(code, indicator, better, tolerance, lag, Decimal(threshold), promises)

    def promise(self, kind: str, indicator: str, rule: str) -> Promise:
        known = SUPPLEMENTED if kind == "revised" else date(2025, 1, 1)
        basis = self.random.choice(["newest", "newest", "last", "average", "rolling"])
        rounded, decimals = rule != "relative" and self.random.random() < 0.2, INDICATORS[indicator][1]
        return Promise(kind, rule, self.number(indicator, decimals), decimals, basis, rounded, known)

    def number(self, indicator: str, decimals: int) -> Decimal:
        """Often on a target's own edge: few different numbers, one or two steps of the last decimal apart."""
        _, shown, _, _, middle = INDICATORS[indicator]
        step = Decimal(1).scaleb(-decimals)
        wide = self.random.choice([0, 0, 1, middle * 3 // 100, middle // 20, middle // 10])
        spread = self.random.choice([-1, 1]) * Decimal(wide) / (10 if shown else 1)
        return max(Decimal(middle) / (10 if shown else 1) + spread + self.random.randint(-2, 2) * step, Decimal(0))

    def plan(self) -> dict:
        goals = [{"number": n, "title": f"Mål {n}", "measures": list(map(entry, ms))} for n, ms in self.goals.items()]
        facts = {"slug": "proeve", "title": "Prøve", "kind": "plan", "current": True, "goals": goals}
        return facts | dated("2025-01-01", "2025-01-01") | {"targets": self.stated("original")}

    def supplement(self) -> dict:
        facts = {"slug": "proeve-tillaeg", "title": "Tillæg", "kind": "supplement", "supplements": "proeve"}
        return facts | dated("2025-06-01", "2025-07-01") | {"targets": self.stated("revised")}

    def stated(self, kind: str) -> list[dict]:
        every = [(one, promise) for measures in self.goals.values() for one in measures for promise in one.promises]
        return [
            {
                "measure": own.code, "kind": kind, "rule": one.rule, "value": str(one.value), "basis": one.basis,
                "printed": f"{one.value:.{one.decimals}f}".replace(".", ","), "rounded": one.rounded,
                "near": str(0 if one.rule == "relative" else abs(one.value) * own.tolerance / 100),
            }
            for own, one in every if one.kind == kind
        ]  # fmt: skip

    def live(self) -> None:
        self.day += timedelta(days=self.random.randint(6, 18))
        if self.deliveries and self.random.random() < 0.2:
            self.undo()
        else:
            self.deliver()
        self.log.append((self.day, {cell: figure for cell, (figure, _) in self.now.items() if figure}))

    @property
    def moment(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=COPENHAGEN)

    def deliver(self) -> None:
        """Some months of some indicators: first figures, revisions, provisional, withheld and final ones."""
        ended = [month for month in MONTHS if (*month, 28) < (self.day.year, self.day.month, 1)]
        chosen = self.random.sample(list(INDICATORS), self.random.randint(1, 4))
        months = ended if len(self.log) < 2 else self.random.sample(ended, self.random.randint(1, 5)) + ended[-2:]
        new = {(code, month): self.figure(code, month == ended[-1]) for code in chosen for month in months}
        receipt = write.save(frame_of(list(map(stored, new.items()))), source="file", known_from=self.moment)
        changed = {}
        for cell, figure in new.items():
            before = self.now.get(cell, (None, 0))
            if before[0] != figure:
                changed[cell] = before[0]
                self.now[cell] = (figure, receipt.batch)
        if changed:
            self.deliveries.append((receipt.batch, changed))

    def figure(self, indicator: str, last: bool) -> Figure:
        decimals = INDICATORS[indicator][1]
        value = self.number(indicator, 2 if decimals and self.random.random() < 0.4 else decimals)
        withheld = self.random.random() < 0.05
        return Figure(None if withheld else value, not withheld and self.random.random() < (0.5 if last else 0.05))

    def undo(self) -> None:
        """What the delivery changed and no later one has touched since is again as it was before."""
        chosen = self.random.choice(self.deliveries)
        self.deliveries.remove(chosen)
        batch, changed = chosen
        try:
            undo(batch, known_from=self.moment)
        except write.StoringError:
            return
        for cell, before in changed.items():
            if self.now[cell][1] == batch:
                self.now[cell] = (before, -batch)

    def known(self, day: date) -> dict[str, dict[Month, Figure]]:
        """By naive replay: the last of the log until that day."""
        cells = next((known for at, known in reversed(self.log) if at <= day), {})
        return {code: {month: f for (own, month), f in cells.items() if own == code} for code in INDICATORS}


def stored(item: tuple[tuple[str, Month], Figure]) -> Cell:
    (code, (year, month)), figure = item
    missing = MissingReason.NOT_MISSING if figure.value is not None else MissingReason.NOT_PUBLISHED
    return Cell(SeriesKey(code, "791"), periods.of(year, month), figure.value, missing, figure.provisional)


def entry(measure: Measure) -> dict:
    named = {"code": measure.code, "part": measure.code[2:], "name": "n", "short_name": "M", "subject": "S"}
    return named | {
        "better": measure.better, "indicator": measure.indicator, "area": "791",
    }  # fmt: skip


def dated(known: str, start: str) -> dict:
    return {"year": 2025, "known_from": known, "period_start": start, "period_end": "2025-12-31"}


def definitions() -> list[dict]:
    return [
        {
            "code": code, "name": code, "definition": "…", "unit": unit, "decimals": decimals, "direction": "lower",
            "publisher": "P", "source": "file", "publication_lag": lag, "trend_threshold": float(threshold),
        }
        for code, (unit, decimals, lag, threshold, _) in INDICATORS.items()
    ]  # fmt: skip
