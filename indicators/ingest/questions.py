"""What a delivery must be asked before it is stored, at every door: a person who insists says why, and it is kept."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from indicators import formats
from indicators.areas import HOME
from indicators.files.reading import Doubt
from indicators.frame import SCALE
from indicators.ingest.placement import Change, PlacedDelivery
from indicators.ingest.quality_rules import FLOORS, is_likely_share, jumps
from indicators.models import Indicator, Observation
from indicators.store.diff import Cells

EXAMPLES = 5  # of a measure's jumps
MOST_COMPARED = 5_000  # figures of a measure that tell what is usual for it


@dataclass(frozen=True)
class Question:
    """What needs a reason before the delivery is stored, and the figures it is about, the largest change first."""

    key: str  # what `confirm` wants a reason for
    indicator: Indicator
    text: str
    count: int
    all_changes: tuple[Change, ...] = ()
    is_jump: bool = True  # a change that has its reasons; else something that is right or a slip

    @property
    def examples(self) -> tuple[Change, ...]:
        return self.all_changes[:EXAMPLES]


def questions(delivery: PlacedDelivery, doubts: Sequence[Doubt] = ()) -> tuple[Question, ...]:
    """All there is to ask. What is asked as a fraction is not asked as a jump once more."""
    shares = list(fractions(delivery))
    asked = {change for question in shares for change in question.all_changes}
    large = [question for question in jumped(delivery) if not _same(question, asked)]
    return (*benefits(delivery, doubts), *shares, *local_measures(delivery), *new_areas(delivery), *large)


def jumped(delivery: PlacedDelivery) -> Iterator[Question]:
    by_indicator: dict[str, list[Change]] = defaultdict(list)
    for cells in (delivery.difference.changed, delivery.difference.new):
        limit, floor = _limits(delivery, cells)
        found, reference = jumps(cells, delivery.current, limit, floor)
        for place in found.tolist():
            change = delivery.change(cells, place, Decimal(int(reference[place])) / SCALE)
            by_indicator[change.indicator.code].append(change)
    for code, changes in by_indicator.items():
        changes.sort(key=lambda change: -abs(change.difference or Decimal()))
        percent = delivery.indicators[code].jump_limit
        text = f"{len(changes)} tal er mere end {percent} % fra tallet før"
        yield Question(code, delivery.indicators[code], text, len(changes), tuple(changes))


def new_areas(delivery: PlacedDelivery) -> Iterator[Question]:
    """An indicator that has figures, but none for an area that the delivery speaks of."""
    had = {(key.indicator, key.area) for key in delivery.known_series}
    measured = {indicator for indicator, _ in had}
    by_indicator = defaultdict(list)
    for indicator, area in sorted({(key.indicator, key.area) for key in delivery.frame.keys} - had):
        if indicator in measured and not _is_local(delivery.indicators[indicator]):
            by_indicator[indicator].append(delivery.areas.get(area, area))
    for code, names in by_indicator.items():
        text = f"målet har ikke før haft tal for {_listed(names)}"
        yield Question(f"{code}:omraade", delivery.indicators[code], text, len(names))


def local_measures(delivery: PlacedDelivery) -> Iterator[Question]:
    """The municipality counts its own cases; a figure of them for another area is a slip of the area."""
    elsewhere = defaultdict(list)
    for indicator, area in sorted({(key.indicator, key.area) for key in delivery.frame.keys if key.area != HOME}):
        if _is_local(delivery.indicators[indicator]):
            elsewhere[indicator].append(delivery.areas.get(area, area))
    for code, names in elsewhere.items():
        text = f"målet er kommunens eget, men filen har tal for {_listed(names)}; er området skrevet rigtigt?"
        yield Question(f"{code}:lokal", delivery.indicators[code], text, len(names), is_jump=False)


def fractions(delivery: PlacedDelivery) -> Iterator[Question]:
    """0,081 where 8,1 % is meant: a value up to 1 that a hundred times over is like the measure's other figures."""
    by_indicator: dict[str, list[Change]] = defaultdict(list)
    units = {code: indicator.unit for code, indicator in delivery.indicators.items()}
    shares = [number for number, key in delivery.keys.items() if units[key.indicator] == Indicator.Unit.PERCENT]
    for cells in (delivery.difference.changed, delivery.difference.new):
        small = (cells.value > 0) & (cells.value <= SCALE) & (cells.missing == 0) & np.isin(cells.series, shares)
        for place in np.flatnonzero(small).tolist():
            change = delivery.change(cells, place, delivery.value_before(cells, place))
            by_indicator[change.indicator.code].append(change)
    for code, changes in by_indicator.items():
        usual = _usual(delivery, code)
        unlikely = [change for change in changes if change.new is not None and is_likely_share(change.new, usual)]
        if unlikely:
            yield _fraction(delivery.indicators[code], unlikely)


def _fraction(indicator: Indicator, changes: list[Change]) -> Question:
    first = changes[0].new or Decimal()
    written, meant = formats.number(first, formats.decimals_of(first)), first * 100
    percent = formats.number(meant, formats.decimals_of(meant))
    asked = f"Mente du {percent} %, hvor der står {written}? Så ret filen: 8,4 og ikke 0,084"
    text = f"{len(changes)} tal er højst 1 %. {asked}"
    return Question(f"{indicator.code}:andel", indicator, text, len(changes), tuple(changes), is_jump=False)


def _usual(delivery: PlacedDelivery, code: str) -> Decimal | None:
    """The middle of what the measure's figures are: real ones before made-up ones, else the file's others."""
    rows = Observation.objects.using(delivery.using).current().filter(series__indicator__code=code, value__gt=0)
    for synthetic in (False, True):
        values = rows.filter(series__synthetic=synthetic).values_list("value", flat=True)[:MOST_COMPARED]
        if known := sorted(value for value in values if value is not None):
            return known[len(known) // 2]
    own = np.array([key.indicator == code for key in delivery.frame.keys])[delivery.frame.series]
    others = np.sort(delivery.frame.value[own & (delivery.frame.value > SCALE)])
    return Decimal(int(others[len(others) // 2])) / SCALE if len(others) else None


def benefits(delivery: PlacedDelivery, doubts: Sequence[Doubt]) -> Iterator[Question]:
    """Columns whose names stand in many tables, unless most of what the portal knew of them is in the file."""
    by_table: dict[str, list[Doubt]] = defaultdict(list)
    for doubt in doubts:
        if not _is_recognised(delivery, doubt.codes):
            by_table[delivery.indicators[doubt.codes[0]].table].append(doubt)
    for table, members in by_table.items():
        labels = " og ".join(f"»{doubt.label}«" for doubt in members)
        names = "; ".join(delivery.indicators[code].name for doubt in members for code in doubt.codes)
        text = (
            f"filen siger ikke, hvilken ydelse den handler om, og {labels} står i mange af Jobindsats' tabeller."
            f" Portalen læser dem som: {names} (tabel {table}). Er det den tabel, filen kommer fra?"
        )
        indicator = delivery.indicators[members[0].codes[0]]
        yield Question(f"{table or indicator.code}:ydelse", indicator, text, len(members), is_jump=False)


def _is_recognised(delivery: PlacedDelivery, codes: Sequence[str]) -> bool:
    """At least half of the figures that the portal has too are the same."""
    own = np.array([delivery.keys[number].indicator in codes for number in delivery.ids.tolist()])
    numbers = delivery.ids[own]
    incoming = delivery.cells.key[np.isin(delivery.cells.series, numbers)]
    known = np.isin(incoming, delivery.current.key).sum()
    changed = np.isin(incoming, delivery.difference.changed.key[delivery.changes_a_number()]).sum()
    return bool(known) and (known - changed) * 2 >= known


def _limits(delivery: PlacedDelivery, cells: Cells) -> tuple[np.ndarray, np.ndarray]:
    """Each cell's limit and floor, from its indicator."""
    numbers, place = np.unique(cells.series, return_inverse=True)
    owners = [delivery.indicators[delivery.keys[number].indicator] for number in numbers.tolist()]
    limit = np.array([owner.jump_limit for owner in owners], np.int64)
    floor = np.array([FLOORS[owner.unit] for owner in owners], np.int64)
    return limit[place], floor[place]


def _same(question: Question, asked: set[Change]) -> bool:
    cells = {(change.indicator.code, change.area, change.breakdown, change.period) for change in asked}
    return all((c.indicator.code, c.area, c.breakdown, c.period) in cells for c in question.all_changes)


def _is_local(indicator: Indicator) -> bool:
    return indicator.visibility == Indicator.Visibility.INTERNAL


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" og {len(names) - 3} mere" if len(names) > 3 else "")
