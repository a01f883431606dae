"""How numbers of one indicator add up: a whole is the sum of its parts by team, by sex, by municipality. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from indicators.disclosure.rule import Key, Sum
from indicators.frame import breakdown_parts


class SumKey(NamedTuple):
    """What one series of an indicator is about."""

    area: str
    breakdown: str  # canonical, as in indicators.frame


def sums(places: Mapping[Key, SumKey], parts_of: Mapping[str, frozenset[str]]) -> list[Sum]:
    """Every whole with its parts along any further dimensions; `parts_of` names the areas that make up another."""
    return [*_by_breakdown(places), *_by_area(places, parts_of)]


def _by_breakdown(places: Mapping[Key, SumKey]) -> Iterator[Sum]:
    parts = {key: frozenset(breakdown_parts(place.breakdown).items()) for key, place in places.items()}
    for whole, own in parts.items():
        found: dict[frozenset[str], list[Key]] = defaultdict(list)
        for key, other in parts.items():
            if own < other and places[key].area == places[whole].area:
                found[frozenset(name for name, _ in other - own)].append(key)
        yield from ((whole, tuple(keys)) for keys in found.values())


def _by_area(places: Mapping[Key, SumKey], parts_of: Mapping[str, frozenset[str]]) -> Iterator[Sum]:
    keys = {place: key for key, place in places.items()}
    for whole, place in places.items():
        parts = [keys.get(SumKey(area, place.breakdown)) for area in parts_of.get(place.area, ())]
        found = tuple(part for part in parts if part is not None)
        if found:
            yield whole, found
