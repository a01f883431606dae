"""A delivery of StatBank as a frame: whole, each cell once, what is no place left out and counted. Pure.

`suppressedDataValue` in what the table says of itself is how a suppressed cell looks ("0" for some tables): such a
number is withheld and never a true zero. An area that the table lists and the portal does not know, such as AUK01's
997 (not stated), is left out; one that the table does not list either is refused.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from math import prod
from typing import Any, NamedTuple

from indicators import periods
from indicators.areas import is_no_place
from indicators.frame import REPEATED, Cell, Frame, LeftOut, SeriesKey, frame_of, scaled
from indicators.missing import MissingReason
from indicators.sources.errors import SourceError
from indicators.sources.statbank.answers import rows_of
from indicators.sources.statbank.query import AREA, TIME, Query, decoded, variables_of
from indicators.vocabulary import Vocabulary

Part = tuple[str, ...]  # the values of the chosen variables, in the order of their names


class Found(NamedTuple):
    """One part of a cell: its number, or why there is none."""

    value: Decimal | None
    missing: MissingReason


def frame_of_document(document: dict[str, Any], query: Query, vocabulary: Vocabulary) -> Frame:
    info = decoded(document["info"]) if "info" in document else {}
    names = {code.casefold() for code, _ in query.variables} | {AREA.casefold(), TIME.casefold()}
    rows = [row for text in document["answers"] for row in rows_of(text, names, document.get("lang", "da"))]
    if not rows:
        raise SourceError("svaret er tomt; de tal, portalen har, er ikke rørt.")
    delivery = Delivery(query, info, vocabulary)
    repeated = sum(not delivery.add(keys, value) for keys, value in rows)
    delivery.check_whole()
    return delivery.frame([LeftOut(REPEATED, "", repeated)] if repeated else [])


class Delivery:
    """The rows of all answers by area, period and part."""

    def __init__(self, query: Query, info: dict[str, Any], vocabulary: Vocabulary) -> None:
        self.query, self.info, self.vocabulary = query, info, vocabulary
        self.chosen = {code.casefold(): set(values) for code, values in query.variables}
        self.names = _area_names(info)
        self.suppressed = _suppressed(info)
        self.cells: dict[tuple[str, str], dict[Part, Found]] = defaultdict(dict)

    def add(self, keys: dict[str, str], value: Decimal | None) -> bool:
        """Whether the row is there for the first time; one that says another number is refused."""
        place = self._area(keys[AREA.casefold()]), keys[TIME.casefold()]
        part = tuple(keys[code] for code in sorted(self.chosen))
        if any(keys[code] not in values for code, values in self.chosen.items()):
            raise SourceError(f"svaret har værdier, der ikke blev spurgt om: {', '.join(part)}.")
        before = self.cells[place].setdefault(part, found := self._found(value))
        if before != found:
            row = ", ".join((f"{self.names.get(place[0], place[0])} i {place[1]}", *part))
            raise SourceError(f"svaret har to tal for {row}: {_shown(before)} og {_shown(found)}.")
        return before is found

    def check_whole(self) -> None:
        asked = prod(map(len, variables_of(self.query, self.info).values())) if self.info else 0
        if (count := sum(map(len, self.cells.values()))) < asked:
            raise SourceError(f"svaret har kun {count} af {asked} tal og er skåret over; prøv igen senere.")

    def frame(self, left_out: list[LeftOut]) -> Frame:
        totals = {place: self._total(found) for place, found in self.cells.items()}
        inside = {place: found for place, found in totals.items() if place[0] in self.vocabulary.area_codes}
        if not inside:
            raise SourceError("svaret har ingen områder, som portalen kender.")
        numbers = {text: self._period(text) for _, text in totals}
        newest = max(numbers.values()) if self.query.newest_is_provisional else None
        frame = frame_of(
            Cell(SeriesKey(self.query.indicator, area), numbers[text], *found, numbers[text] == newest)
            for (area, text), found in inside.items()
        )
        outside = {place: found for place, found in totals.items() if place not in inside}
        return replace(frame, left_out=(*left_out, *self._left_out(outside)))

    def _left_out(self, totals: dict[tuple[str, str], Found]) -> Iterable[LeftOut]:
        for code in dict.fromkeys(code for code, _ in totals):
            found = [total for (area, _), total in totals.items() if area == code]
            held = sum(scaled(total.value) for total in found if total.value is not None)
            rows = sum(len(parts) for (area, _), parts in self.cells.items() if area == code)
            yield LeftOut(f"{self.names.get(code, '')} ({code})".strip(), self.query.indicator, rows, held)

    def _found(self, value: Decimal | None) -> Found:
        if value is None:
            return Found(None, MissingReason.NOT_PUBLISHED)
        if value == self.suppressed:
            return Found(None, MissingReason.SUPPRESSED)
        return Found(value, MissingReason.NOT_MISSING)

    def _total(self, parts: dict[Part, Found]) -> Found:
        """Only of all the parts: a part that is withheld makes the total unknown."""
        if absent := [part for part in parts.values() if part.value is None]:
            return Found(None, min(part.missing for part in absent))
        if len(parts) < prod(map(len, self.chosen.values())):
            return Found(None, MissingReason.NOT_PUBLISHED)
        return Found(sum((part.value or Decimal() for part in parts.values()), Decimal()), MissingReason.NOT_MISSING)

    def _area(self, code: str) -> str:
        if code not in self.vocabulary.area_codes and code not in self.names and not is_no_place(code):
            raise SourceError(f"ukendt område »{code[:40]}«.")
        return code

    def _period(self, text: str) -> int:
        try:
            frequency, period = periods.parse(text)
        except ValueError as error:
            raise SourceError(f"{error}.") from None
        if frequency != self.query.frequency:
            raise SourceError(f"perioden {text} er ikke af typen {self.query.frequency}.")
        return period


def _area_names(info: dict[str, Any]) -> dict[str, str]:
    """By code, as the table lists its areas."""
    values = [value for v in info.get("variables", []) if v.get("id") == AREA for value in v.get("values", [])]
    return {str(value.get("id", "")): str(value.get("text", "")) for value in values}


def _suppressed(info: dict[str, Any]) -> Decimal | None:
    text = str(info.get("suppressedDataValue") or "").strip()
    try:
        return Decimal(text.replace(",", "."))
    except ArithmeticError:  # a sign for no number, such as `..`, is read as one anyhow
        return None


def _shown(found: Found) -> str:
    return "intet tal" if found.value is None else f"{found.value:f}".replace(".", ",")
