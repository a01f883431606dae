"""Synthetic series in whose place real figures stand, by the batches from which and until which they do."""

from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from indicators.data_version import cached_per_version
from indicators.models import Observation
from indicators.queries.series_index import series_index


class Spell(NamedTuple):
    """From the batch in which something began to stand to the one in which it no longer did."""

    begun: int
    ended: int


@cached_per_version
def replaced_by_real(batch: int) -> frozenset[int]:
    """Synthetic series whose key had real figures by the batch: those stand in their place."""
    spells = replaced_series().items()
    return frozenset(number for spell, hidden in spells if spell.begun <= batch < spell.ended for number in hidden)


@cached_per_version
def replaced_series() -> dict[Spell, list[int]]:
    """Each spell in which real figures stood, with the synthetic series of the same keys."""
    numbers = {(entry.key, entry.synthetic): entry.id for entry in series_index(True).entries}
    pairs = {number: numbers.get((key, True)) for (key, synthetic), number in numbers.items() if not synthetic}
    synthetic_of = {real: synthetic for real, synthetic in pairs.items() if synthetic is not None}
    hidden: dict[Spell, list[int]] = {}
    for real, spells in _spells(list(synthetic_of)).items():
        for spell in spells:
            hidden.setdefault(spell, []).append(synthetic_of[real])
    return hidden


def _spells(series: list[int]) -> dict[int, list[Spell]]:
    """Of each series those in which it had any figure."""
    if not series:
        return {}
    rows = Observation.objects.filter(series__in=series).order_by("series", "batch_from", "batch_to").distinct()
    stood = rows.values_list("series", "batch_from", "batch_to")
    return {number: _joined([Spell(*row[1:]) for row in rows]) for number, rows in groupby(stood, key=itemgetter(0))}


def _joined(spells: list[Spell]) -> list[Spell]:
    """Spells in order, those that meet made one."""
    joined = spells[:1]
    for spell in spells[1:]:
        last = joined[-1]
        if spell.begun <= last.ended:
            joined[-1] = Spell(last.begun, max(last.ended, spell.ended))
        else:
            joined.append(spell)
    return joined
