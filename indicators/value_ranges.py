"""What a number and its period can be at all: the one rule that every delivery is held against. Pure."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from indicators import periods
from indicators.frame import LIMIT, SCALE, Frame
from indicators.vocabulary import Vocabulary

MUNICIPALITIES = 98  # since 2007: nobody is number 99 of them
EARLIEST = 1990  # no source that the portal reads has figures from before
RANGES = {
    "percent": (0, 100 * SCALE),
    "count": (0, LIMIT),
    "rank": (SCALE, MUNICIPALITIES * SCALE),
    "points": (-100 * SCALE, 100 * SCALE),
    "money": (-LIMIT, LIMIT),
    "time": (0, LIMIT),
    "score": (-LIMIT, LIMIT),
}
WORDS = {
    "percent": "en andel ligger fra 0 til 100 %",
    "count": "et antal kan ikke være under 0",
    "rank": f"en placering ligger fra nr. 1 til nr. {MUNICIPALITIES}",
    "points": "en forskel i procentpoint ligger fra −100 til 100",
    "money": "beløbet har flere cifre, end portalen kan holde",
    "time": "en tid kan ikke være under 0",
    "score": "tallet har flere cifre, end portalen kan holde",
}
OWN_WORDS = "tallet ligger uden for det, indikatoren siger, at det kan være"
FRACTIONS = {
    "count": "et antal har ingen decimaler; er punktummet et tusindpunktum, så skriv tallet uden",
    "rank": "en placering har ingen decimaler",
}
NOT_OVER = "perioden er ikke slut endnu; er året skrevet rigtigt?"
TOO_EARLY = f"perioden ligger før {EARLIEST}; er året skrevet rigtigt?"


class Impossible(NamedTuple):
    """Rows of a frame that cannot be, in order, and why. `is_period` tells which of its columns is wrong."""

    rows: np.ndarray
    words: str
    is_period: bool = False


class ImpossibleValuesError(ValueError):
    """A delivery with numbers that cannot be; `rejected` is how many."""

    def __init__(self, words: str, rejected: int) -> None:
        super().__init__(f"{rejected} tal kan ikke være rigtige: {words}.")
        self.rejected = rejected


def impossible(frame: Frame, vocabulary: Vocabulary) -> list[Impossible]:
    """All that cannot be, by reason."""
    return [found for found in (*_values(frame, vocabulary), *_periods(frame, vocabulary)) if len(found.rows)]


def refuse_impossible(frame: Frame, vocabulary: Vocabulary) -> None:
    """For deliveries that come without lines to point at; a file's reader names the line instead."""
    for found in impossible(frame, vocabulary):
        raise ImpossibleValuesError(found.words, len(found.rows))


def count_impossible(frame: Frame, vocabulary: Vocabulary) -> int:
    return sum(len(found.rows) for found in impossible(frame, vocabulary))


def _values(frame: Frame, vocabulary: Vocabulary) -> Iterator[Impossible]:
    units = [vocabulary.units.get(key.indicator, "") for key in frame.keys]
    present = frame.missing == 0
    own = [vocabulary.limits.get(key.indicator) for key in frame.keys]
    for unit, limits in sorted({pair for pair in zip(units, own, strict=True) if pair[0] in RANGES}, key=str):
        low, high = limits or RANGES[unit]
        of_kind = np.array([each == unit for each in units]) & np.array([each == limits for each in own])
        outside = of_kind[frame.series] & present & ((frame.value < low) | (frame.value > high))
        yield Impossible(np.flatnonzero(outside), OWN_WORDS if limits else WORDS[unit])
    if set(units) & set(FRACTIONS) and len(broken := np.flatnonzero(frame.value % SCALE)):
        for unit, words in FRACTIONS.items():
            whole = [unit == each and key.indicator not in vocabulary.fractional
                     for key, each in zip(frame.keys, units, strict=True)]  # fmt: skip
            yield Impossible(broken[np.array(whole, bool)[frame.series[broken]]], words)


def _periods(frame: Frame, vocabulary: Vocabulary) -> Iterator[Impossible]:
    yield Impossible(np.flatnonzero(frame.period < periods.of(EARLIEST, 1)), TOO_EARLY, is_period=True)
    if vocabulary.delivered_on and len(frame.keys):
        newest = np.array([_newest(vocabulary.frequencies.get(key.indicator, "M"), vocabulary.delivered_on)
                           for key in frame.keys])  # fmt: skip
        yield Impossible(np.flatnonzero(frame.period > newest[frame.series]), NOT_OVER, is_period=True)


def _newest(frequency: str, day: date) -> int:
    """The newest period that is over."""
    number = periods.of(day.year, day.month)
    while periods.last_day(number, frequency) >= day:
        number -= 1
    return number
