"""What a delivery may name: indicators, areas and breakdowns, by the codes and labels they go by. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from indicators.areas import area_code
from indicators.spellings import area_key, one_spelling, word_key


@dataclass(frozen=True)
class Vocabulary:
    """What can be named, and how it is counted. Its one builder is `Indicator.objects.vocabulary()`."""

    frequencies: dict[str, str]
    areas: dict[str, str]  # codes by name
    units: dict[str, str] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)  # codes by the column label of Jobindsats
    dimensions_in_use: Callable[[], frozenset[str]] = frozenset  # asked only where a column is not a common one
    may_declare: bool = True  # whether the delivery has a place where a new breakdown can be declared
    names: dict[str, list[str]] = field(default_factory=dict)  # codes by the indicator's name, as the portal shows it
    limits: dict[str, tuple[int, int]] = field(default_factory=dict)  # ten-thousandths, of those that say their own
    tables: dict[str, str] = field(default_factory=dict)  # of Jobindsats, by code
    year_to_date: frozenset[str] = frozenset()  # codes of those that count from New Year
    fractional: frozenset[str] = frozenset()  # codes of counts with decimals
    values_in_use: Callable[[], Iterable[tuple[str, str]]] = tuple  # dimensions and values of the portal's breakdowns
    delivered_on: date | None = None  # a period that ends later has no figure yet

    @cached_property
    def area_codes(self) -> frozenset[str]:
        return frozenset(self.areas.values())

    @cached_property
    def _areas_by_key(self) -> dict[str, str]:
        return {area_key(name): code for name, code in self.areas.items()}

    @cached_property
    def _names_by_code(self) -> dict[str, str]:
        return {code: name for name, codes in self.names.items() for code in codes}

    @cached_property
    def _codes_by_key(self) -> dict[str, list[str]]:
        return {word_key(name): codes for name, codes in self.names.items()}

    @cached_property
    def _spellings(self) -> dict[tuple[str, str], str]:
        return {(dimension, word_key(value)): value for dimension, value in self.values_in_use()}

    def indicator(self, text: str) -> str:
        """The code of what is named by its code or by its name in the portal."""
        if text.strip() in self.frequencies:
            return text.strip()
        codes = self._codes_by_key.get(word_key(text), [])
        if len(codes) > 1:
            raise ValueError(f"flere indikatorer hedder »{text[:40]}«; skriv koden: {', '.join(codes)}")
        if not codes:
            raise ValueError(f"indikatoren »{text[:40]}« findes ikke eller er ikke valgt")
        return codes[0]

    def area(self, text: str) -> str:
        """Its code. A code may have lost its zeros, as spreadsheets make of 000; a name may be spelt in its ways."""
        name = text.strip()
        code = self.areas.get(name) or area_code(name.zfill(3) if name.isdigit() else name)
        if code not in self.area_codes:
            code = self._areas_by_key.get(area_key(name), "")
        if not code:
            raise ValueError(f"området »{text[:40]}« findes ikke")
        return code

    def name_of(self, code: str) -> str:
        return self._names_by_code.get(code, code)

    def value(self, dimension: str, text: str) -> str:
        """A breakdown's value as the portal spells it already; a new one in composed letters."""
        return self._spellings.get((dimension, word_key(text)), one_spelling(text))


def codes_by_label(selections: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, list[str]]:
    """The codes behind each column label of Jobindsats that stands for a whole, not for one of its groups.

    `selections` are the indicators' codes, each with what its source is asked for.
    """
    labels: dict[str, list[str]] = {}
    for code, selection in selections:
        if "measure" not in selection or any(path != "/" for path in selection.get("hierarchies", {}).values()):
            continue
        for label in (selection["measure"], *selection.get("variants", [])):
            labels.setdefault(label, []).append(code)
    return labels
