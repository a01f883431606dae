"""What a delivery is expected to be, and which of its cells are outliers that somebody shall explain. Pure."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from indicators.frame import SCALE
from indicators.store.diff import Cells

FEWEST = 0.9  # of the cells in the delivery before
MOST_REVISED = 0.2  # of the cells that were known; a new month and its provisional neighbour are far fewer
MOST_JUMPS = 0.02  # of the new and changed cells: small municipalities jump now and then
# Below this level a share of the figure says little: four persons are not a jump from two.
FLOORS = {
    "count": 50 * SCALE, "percent": 2 * SCALE, "rank": 40 * SCALE, "points": 2 * SCALE, "money": SCALE,
    "time": 4 * SCALE, "score": SCALE,
}  # fmt: skip
REACH = 12  # months; an older figure is nothing to compare with


@dataclass(frozen=True)
class Expectation:
    """One thing that was expected, what came, and whether that will do. In words, for the run's page."""

    name: str
    expected: str
    found: str
    met: bool


@dataclass(frozen=True)
class Facts:
    """What there is to know of a delivery beside what the portal holds; periods are month numbers."""

    rows: int
    rows_before: int | None
    newest: int
    newest_before: int | None
    newest_text: str
    revised: int
    known: int
    jumps: int
    jumps_at_home: int
    moved: int  # new and changed cells
    outside_range: int


def judged(facts: Facts) -> list[Expectation]:
    """Unknown columns and keys given twice are not among them: a delivery with those was refused when it was read."""
    return [
        _ranges(facts),
        _rows(facts),
        _newest(facts),
        _revised(facts),
        _jumps(facts),
    ]


def _ranges(facts: Facts) -> Expectation:
    found = f"{facts.outside_range} uden for" if facts.outside_range else "alle inden for"
    return Expectation("Værdier", "antal fra 0, andele fra 0 til 100 %", found, not facts.outside_range)


def _rows(facts: Facts) -> Expectation:
    if not facts.rows_before:
        return Expectation("Antal tal", "mindst ét", str(facts.rows), facts.rows > 0)
    least = int(facts.rows_before * FEWEST)
    return Expectation("Antal tal", f"mindst {least}", str(facts.rows), facts.rows >= least)


def _newest(facts: Facts) -> Expectation:
    met = facts.newest_before is None or facts.newest >= facts.newest_before
    return Expectation("Nyeste periode", "ikke ældre end den, portalen har", facts.newest_text, met)


def _revised(facts: Facts) -> Expectation:
    share = facts.revised / facts.known if facts.known else 0
    return Expectation(
        "Ændret historik", f"højst {MOST_REVISED:.0%}".replace("%", " %"), f"{facts.revised} af {facts.known}",
        share <= MOST_REVISED,
    )  # fmt: skip


def _jumps(facts: Facts) -> Expectation:
    met = not facts.jumps_at_home and facts.jumps <= max(1, MOST_JUMPS * facts.moved)
    found = f"{facts.jumps}, heraf {facts.jumps_at_home} i Viborg eller hele landet"
    return Expectation("Spring", "ingen i Viborg eller hele landet, få i andre kommuner", found, met)


def jumps(cells: Cells, current: Cells, limit: np.ndarray, floor: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which cells are jumps, and the figure each came from.

    A revised cell comes from the figure it replaces, a new one from the one before it in its series. `limit`
    (per cent, 0 for none) and `floor` (ten-thousandths) are given for each cell.
    """
    reference, has_one = _references(cells, current)
    distance = np.abs(cells.value - reference)
    far = distance * 100 > limit * np.maximum(np.abs(reference), floor)
    jumped = np.flatnonzero(far & has_one & (cells.missing == 0) & (limit > 0))
    return jumped, reference


def _references(cells: Cells, current: Cells) -> tuple[np.ndarray, np.ndarray]:
    if not len(current):
        return np.zeros(len(cells), np.int64), np.zeros(len(cells), bool)
    old = np.minimum(np.searchsorted(current.key, cells.key), len(current) - 1)
    revised = current.key[old] == cells.key
    reference, usable = current.value[old], revised & (current.missing[old] == 0)
    key, value, missing = _merged(cells, current)
    before = np.searchsorted(key, cells.key) - 1
    usable_before = (before >= 0) & (key[before] >> 16 == cells.series) & (cells.key - key[before] <= REACH)
    usable_before &= np.isin(cells.series, current.series) & (missing[before] == 0)
    return np.where(revised, reference, value[before]), np.where(revised, usable, usable_before)


def _merged(cells: Cells, current: Cells) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All cells as they will stand, in order."""
    keys = np.concatenate([cells.key, current.key])
    key, first = np.unique(keys, return_index=True)  # the first of equals: the delivery's
    value = np.concatenate([cells.value, current.value])[first]
    return key, value, np.concatenate([cells.missing, current.missing])[first]


def is_likely_share(value: Decimal, usual: Decimal | None) -> bool:
    """Whether a percentage up to 1 is rather a fraction: a hundred times over it is like the measure's usual figure,
    or nobody knows what is usual."""
    return usual is None or (value * 4 < usual and usual / 4 <= value * 100 <= usual * 4)
