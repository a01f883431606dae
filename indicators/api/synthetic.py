"""How figures made up to show the portal are marked in forms that tell of many at once."""

from collections.abc import Iterable
from typing import Literal

from indicators.models import Indicator
from indicators.queries.deliveries import newest_delivery
from indicators.queries.replaced_series import replaced_by_real
from indicators.queries.series_index import series_index

Kind = bool | Literal["mixed"]
SOURCE = "opdigtet til fremvisning"
NOTES: dict[Kind, str] = {
    True: "Demotal: tallene er opdigtet til fremvisning og er ikke fra nogen kilde.",
    "mixed": "Nogle af tallene er demotal, opdigtet til fremvisning; status siger hvilke.",
}


def kind_of(synthetic: Iterable[bool]) -> Kind:
    """Of several series: made up, real, or some of each."""
    kinds = set(synthetic)
    return "mixed" if len(kinds) == 2 else True in kinds


def source_of(indicator: Indicator, kind: Kind) -> str:
    """What is made up has no publisher to be laid to."""
    sources: dict[Kind, str] = {True: SOURCE, False: indicator.publisher, "mixed": f"{indicator.publisher}; {SOURCE}"}
    return sources[kind]


def notes(kind: Kind) -> list[str]:
    return [NOTES[kind]] if kind in NOTES else []


def kinds_now() -> dict[str, Kind]:
    """Indicator → the kind of the series shown now; one without any is not named."""
    replaced = replaced_by_real(newest_delivery())
    shown = series_index(True).by_indicator.items()
    return {code: kind_of(e.synthetic for e in entries if e.id not in replaced) for code, entries in shown}
