"""What a delivery may name: indicators, areas and breakdowns, by the codes and labels they go by. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from indicators.areas import area_code


@dataclass(frozen=True)
class Vocabulary:
    """What can be named, and how it is counted. Its one builder is `Indicator.objects.vocabulary()`."""

    frequencies: dict[str, str]
    areas: dict[str, str]  # codes by name
    units: dict[str, str] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)  # codes by the column label of Jobindsats
    dimensions_in_use: Callable[[], frozenset[str]] = frozenset  # asked only where a column is not a common one
    may_declare: bool = True  # whether the delivery has a place where a new breakdown can be declared

    @cached_property
    def area_codes(self) -> frozenset[str]:
        return frozenset(self.areas.values())

    def indicator(self, text: str) -> str:
        if text.strip() not in self.frequencies:
            raise ValueError(f"indikatoren »{text[:40]}« findes ikke eller er ikke valgt")
        return text.strip()

    def area(self, text: str) -> str:
        name = text.strip().removesuffix(" Kommune")
        code = self.areas.get(name) or area_code(name)
        if code not in self.area_codes:
            raise ValueError(f"området »{text[:40]}« findes ikke")
        return code


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
