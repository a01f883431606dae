"""Disclosure control: which numbers are withheld so that no small one can be worked out. Pure.

A number is decided on once for its series, period and value, and keeps the decision through all later knowledge of the
period: had it been shown before, withholding it would hide nothing; had it been withheld, showing it would open the
sums it stood in. What is withheld is safe by proof, not by a count of gaps: for each such number there is another
set of numbers, every one at least a person, that fits all sums of all states of knowledge and differs in that number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

Key = int | str
Sum = tuple[Key, tuple[Key, ...]]  # a whole and its parts
Snapshot = Mapping[Key, int]  # the period's numbers as known at a time, in the store's ten-thousandths


class Unit(NamedTuple):
    """A number that is shown or withheld."""

    key: Key
    value: int


Equation = dict[Unit, int]  # whole 1, parts -1: together nothing
Direction = dict[Unit, Fraction]


def withheld(snapshots: Sequence[Snapshot], sums: Iterable[Sum], *, least: int, person: int) -> set[Unit]:
    """Of one period's numbers in the order they were known. Below `least` is small; nothing is never small.

    `person` is the store's 1: nobody who is counted counts for less.
    """
    sums, equations = list(sums), []
    decided: dict[Unit, bool] = {}
    for snapshot in snapshots:
        new = [unit for unit in _units(snapshot) if unit not in decided]
        decided |= {unit: unit.value < least for unit in new}
        equations += [equation for equation in _equations(snapshot, sums) if equation not in equations]
        _protect(decided, equations, set(new), person)
    return {unit for unit, gone in decided.items() if gone}


def _units(snapshot: Snapshot) -> Iterator[Unit]:
    return (Unit(key, value) for key, value in snapshot.items() if value > 0)


def _equations(snapshot: Snapshot, sums: Iterable[Sum]) -> Iterator[Equation]:
    """The sums that hold. Parts short of the whole tell nothing for certain; one that was not delivered is nothing."""
    for whole, parts in sums:
        parts = tuple(part for part in parts if part in snapshot)
        if snapshot.get(whole) and snapshot[whole] == sum(snapshot[part] for part in parts):
            yield {Unit(whole, snapshot[whole]): 1} | {Unit(p, snapshot[p]): -1 for p in parts if snapshot[p]}


def _protect(decided: dict[Unit, bool], equations: list[Equation], new: set[Unit], person: int) -> None:
    """Withhold one more until nothing is exposed: a number just learnt before one already shown, then the smallest."""
    while found := exposed({unit for unit, gone in decided.items() if gone}, equations, person):
        shown = [unit for unit in _around(found, equations, decided) if not decided[unit]]
        if not shown:
            return
        decided[min(shown, key=lambda unit: (unit not in new, unit.value, str(unit.key)))] = True


def _around(found: set[Unit], equations: list[Equation], decided: dict[Unit, bool]) -> set[Unit]:
    """All in the nearest sums with a number to withhold, going from sum to sum by those withheld already."""
    reached: set[Unit] = set(found)
    while all(decided[unit] for unit in reached):
        wider = reached | {unit for equation in equations if reached & equation.keys() for unit in equation}
        if wider == reached:
            break
        reached = wider
    return reached


def exposed(gone: set[Unit], equations: list[Equation], person: int) -> set[Unit]:
    """The withheld numbers for which no other number was found that fits all sums."""
    left = set(gone)
    left -= {unit for unit in left if not any(unit in equation for equation in equations)}
    directions = _directions([{u: f for u, f in equation.items() if u in gone} for equation in equations])
    pairs = (_joined(a, b, sign) for a, b in combinations(directions, 2) for sign in (1, -1))
    for direction in (*directions, *pairs):
        if not left:
            return left
        if any(_fits(direction, sign * person, person) for sign in (1, -1)):
            left -= direction.keys()
    return left


def _fits(direction: Direction, step: int, person: int) -> bool:
    """Moved so far, all numbers are whole persons and at least one."""
    return all(unit.value + factor * step >= person and factor.denominator == 1 for unit, factor in direction.items())


def _joined(one: Direction, other: Direction, sign: int) -> Direction:
    both = {unit: one.get(unit, Fraction()) + sign * other.get(unit, Fraction()) for unit in one.keys() | other.keys()}
    return {unit: factor for unit, factor in both.items() if factor}


def _directions(equations: list[Equation]) -> list[Direction]:
    """All ways the withheld numbers can move together without changing a sum: a basis, one a free number."""
    pivots: dict[Unit, Direction] = {}
    for equation in equations:
        row = _reduced({unit: Fraction(factor) for unit, factor in equation.items()}, pivots)
        if not row:
            continue
        pivot = min(row)
        row = {unit: factor / row[pivot] for unit, factor in row.items()}
        for other, old in pivots.items():
            if pivot in old:
                pivots[other] = _joined(old, {u: f * old[pivot] for u, f in row.items()}, -1)
        pivots[pivot] = row
    free = {unit for row in pivots.values() for unit in row} - pivots.keys()
    return [
        {unit: Fraction(1)} | {pivot: -row[unit] for pivot, row in pivots.items() if unit in row}
        for unit in sorted(free)
    ]


def _reduced(row: Direction, pivots: dict[Unit, Direction]) -> Direction:
    for pivot, known in pivots.items():
        if pivot in row:
            row = _joined(row, {unit: factor * row[pivot] for unit, factor in known.items()}, -1)
    return row
