"""The store against a slow dictionary: whatever is imported and undone, every past moment stays what it was."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest

from indicators.frame import Cell, SeriesKey, frame_of
from indicators.missing import MissingReason
from indicators.models import Batch, Observation
from indicators.store import undo as store_undo
from indicators.store import write
from indicators.store.receipt import Receipt
from indicators.store.write import StoringError
from tests.indicators.conftest import BOTH

pytestmark = pytest.mark.django_db(databases=BOTH)
KEYS = [
    SeriesKey(indicator, area, breakdown)
    for indicator in ("ledige", "sygemeldte")
    for area in ("000", "791")
    for breakdown in ("", "alder=18-29")
]
PERIODS = range(1440, 1446)
VALUES = [Decimal(text) for text in ("0", "0.0001", "-7.5", "8.1", "1373", "9999999999.9999")]
START = datetime(2020, 1, 1, tzinfo=UTC)
Place = tuple[SeriesKey, int]
Fact = tuple[Decimal | None, int, bool]  # value, reason, provisional


@dataclass
class Dictionary:
    """What is known now, and each batch's changes: the former fact and the new one of each cell."""

    now: dict[Place, Fact] = field(default_factory=dict)
    changes: dict[int, dict[Place, tuple[Fact | None, Fact | None]]] = field(default_factory=dict)

    def save(self, cells: dict[Place, Fact], complete: bool) -> dict[Place, tuple[Fact | None, Fact | None]]:
        changes = {place: (self.now.get(place), fact) for place, fact in cells.items() if self.now.get(place) != fact}
        if complete:
            own = {key.indicator for key, _ in cells}
            lost = {place for place in self.now if place[0].indicator in own and place not in cells}
            changes |= {place: (self.now[place], None) for place in lost}
        return changes

    def undo(self, batch: int) -> dict[Place, tuple[Fact | None, Fact | None]]:
        later = {place for number, changed in self.changes.items() if number > batch for place in changed}
        turned = {place: former for place, (former, _) in self.changes[batch].items() if place not in later}
        return {place: (self.now.get(place), former) for place, former in turned.items()}

    def apply(self, batch: int, changes: dict[Place, tuple[Fact | None, Fact | None]]) -> None:
        self.changes[batch] = changes
        self.now = self.now | {place: fact for place, (_, fact) in changes.items() if fact is not None}
        self.now = {p: f for p, f in self.now.items() if changes.get(p, (None, f))[1] is not None}


def random_delivery(random: Random, now: dict[Place, Fact]) -> dict[Place, Fact]:
    """Some of the cells there could be: revised, repeated as they are, settled, or new."""
    cells = {}
    for place in random.sample([(key, period) for key in KEYS for period in PERIODS], random.randint(1, 30)):
        value = random.choice([*VALUES, None])
        reason = random.choice([m.value for m in MissingReason if m]) if value is None else 0
        fact = (value, reason, random.random() < 0.2)
        cells[place] = now.get(place, fact) if random.random() < 0.5 else fact
    return cells


def stored(using: str, batch: int | None) -> dict[Place, Fact]:
    rows = Observation.objects.using(using)
    rows = rows.current() if batch is None else rows.known_at(batch)
    names = ("series__indicator__code", "series__area__code", "series__breakdown", "period", "value", "missing")
    found = list(rows.values_list(*names, "provisional"))
    cells = {(SeriesKey(*key), period): tuple(fact) for *key, period, value, missing, provisional in found
             for fact in [(value, missing, provisional)]}  # fmt: skip
    assert len(cells) == len(found), "two rows of one cell"
    return cells


def import_or_undo(random: Random, oracle: Dictionary, last: dict, step: int, using: str):
    """One act on both sides: the batch it made, if any, and what it should have changed."""
    moment = START + timedelta(days=step)
    if oracle.changes and random.random() < 0.25:
        number = random.choice(list(oracle.changes))
        try:
            return store_undo.undo(number, known_from=moment, using=using).batch, oracle.undo(number)
        except StoringError:
            return None, {}
    repeat = last and random.random() < 0.2
    cells = last["cells"] if repeat else random_delivery(random, oracle.now)
    complete = last["complete"] if repeat else random.random() < 0.3
    last.update(cells=cells, complete=complete)
    receipt = save(cells, complete, f"{sorted(map(str, cells.items()))}", moment, using)
    changes = oracle.save(cells, complete)
    assert receipt == counted(receipt.batch, changes, cells)
    return receipt.batch, changes


def save(cells: dict[Place, Fact], complete: bool, sha256: str, moment: datetime, using: str) -> Receipt:
    frame = frame_of(Cell(key, period, *fact) for (key, period), fact in cells.items())
    digest = hashlib.sha256(f"{sha256} {complete}".encode()).hexdigest()
    facts = {"source": "file", "sha256": digest, "known_from": moment, "complete": complete}
    return write.save(frame, using=using, **facts)


def counted(batch: int | None, changes: dict, cells: dict) -> Receipt:
    new = sum(former is None for former, _ in changes.values())
    gone = sum(fact is None for _, fact in changes.values())
    changed = len(changes) - new - gone
    return Receipt(batch, new=new, changed=changed, unchanged=len(cells) - new - changed, withdrawn=gone)


@pytest.mark.parametrize("seed", range(20))
def test_every_past_moment_stays_what_it_was(catalogue, seed):
    random, oracle, last = Random(seed), Dictionary(), {}
    past: dict[int, dict[Place, Fact]] = {0: {}}
    for step in range(16):
        batch, changes = import_or_undo(random, oracle, last, step, catalogue)
        assert (batch is None) == (not changes)
        if batch:
            oracle.apply(batch, changes)
            past[batch] = oracle.now
        assert stored(catalogue, None) == oracle.now
    assert all(stored(catalogue, batch) == facts for batch, facts in past.items())
    moments = Batch.objects.using(catalogue).values_list("id", "known_from")
    assert [Batch.objects.using(catalogue).known_at(moment) for _, moment in moments] == [n for n, _ in moments]
