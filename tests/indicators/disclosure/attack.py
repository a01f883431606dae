"""What a patient reader can work out from everything that is shown: slow, and nothing like the code it tries.

The reader knows how numbers add up, sees which are shown and when each was known, and that a withheld one is a whole
number of at least one. For each withheld number it is asked whether any other value would fit.
"""

Row = tuple  # what a number is known by: its series and its version
Sums = list[tuple[Row, list[Row]]]  # whole and parts, all versions known at one time
Bounds = dict[Row, tuple[int, int]]
ABOVE = 6  # how far beyond the largest number another value is looked for


def worked_out(sums: Sums, truth: dict[Row, int], gone: set[Row]) -> set[Row]:
    """The withheld numbers that can have no other value than their true one."""
    highest = max(truth.values(), default=0) + ABOVE
    start = {row: (1, highest) if row in gone else (value, value) for row, value in truth.items()}
    return {row for row in gone if not _another(row, sums, start, truth)}


def _another(row: Row, sums: Sums, start: Bounds, truth: dict[Row, int]) -> bool:
    low, high = start[row]
    near_first = sorted(set(range(low, high + 1)) - {truth[row]}, key=lambda value: abs(value - truth[row]))
    return any(_solvable(sums, {**start, row: (value, value)}) for value in near_first)


def _solvable(sums: Sums, bounds: Bounds) -> bool:
    bounds = _narrowed(sums, bounds)
    if bounds is None:
        return False
    open_rows = [row for row, (low, high) in bounds.items() if low < high]
    if not open_rows:
        return True
    row = min(open_rows, key=lambda r: bounds[r][1] - bounds[r][0])
    low, high = bounds[row]
    return any(_solvable(sums, {**bounds, row: (value, value)}) for value in range(low, high + 1))


def _narrowed(sums: Sums, bounds: Bounds) -> Bounds | None:
    """Between which values each number must lie, until nothing narrows any more; None when nothing fits."""
    bounds, before = dict(bounds), None
    while bounds != before:
        before = dict(bounds)
        for whole, parts in sums:
            lows, highs = sum(bounds[p][0] for p in parts), sum(bounds[p][1] for p in parts)
            _meet(bounds, whole, lows, highs)
            for part in parts:
                low, high = bounds[part]
                _meet(bounds, part, bounds[whole][0] - (highs - high), bounds[whole][1] - (lows - low))
        if any(low > high for low, high in bounds.values()):
            return None
    return bounds


def _meet(bounds: Bounds, row: Row, low: int, high: int) -> None:
    bounds[row] = (max(bounds[row][0], low), min(bounds[row][1], high))
