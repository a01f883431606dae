"""The forms in which StatBank answers, CSV and JSON-stat 1 and 2, as rows of codes with a number each. Pure."""

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

from indicators.sources.errors import SourceError
from indicators.sources.exact_json import exact_json

Row = tuple[dict[str, str], Decimal | None]
MISSING = {"", "..", "-", "…", "."}
NUMBERS = {"da": re.compile(r"-?\d{1,10}(,\d{1,4})?", re.ASCII), "en": re.compile(r"-?\d{1,10}(\.\d{1,4})?", re.ASCII)}
VALUE = "indhold"
CONTENTS = "contentscode"  # JSON-stat's own dimension of one value


def rows_of(text: str, names: set[str], lang: str) -> Iterator[Row]:
    """`names` are the variables' ids in small letters; another set of them is refused by name."""
    bare = text.removeprefix("\ufeff").lstrip()
    if bare.startswith("{"):
        return _jsonstat(bare, names)
    if bare.startswith("<"):
        raise SourceError("svaret er en side og ikke tal; prøv igen senere.")
    return _csv(bare, names, lang)


def _csv(text: str, names: set[str], lang: str) -> Iterator[Row]:
    if not text.endswith("\n"):
        raise SourceError("svaret er skåret over; prøv igen senere.")
    try:
        header, *rows = csv.reader(text.splitlines(), delimiter=";", strict=True)
    except (csv.Error, ValueError):
        raise SourceError("svaret kan ikke læses som CSV; prøv igen senere.") from None
    header = [cell.strip().casefold() for cell in header]
    _check_names(header[:-1], names)
    if header[-1] not in (VALUE, "content"):
        raise SourceError(f"ukendt kolonne »{header[-1][:60]}« i stedet for INDHOLD.")
    for row in rows:
        if len(row) != len(header):
            raise SourceError(f"en række har {len(row)} felter, men der er {len(header)} kolonner.")
        yield dict(zip(header[:-1], row, strict=False)), _number(row[-1], lang)


def _number(text: str, lang: str) -> Decimal | None:
    if text in MISSING:
        return None
    if not NUMBERS[lang].fullmatch(text):
        raise SourceError(f"»{text[:40]}« er ikke et tal.")
    return Decimal(text.replace(",", "."))


def _check_names(found: list[str], names: set[str]) -> None:
    for name in found:
        if name not in names:
            raise SourceError(f"ukendt kolonne »{name[:60]}«.")
    for name in sorted(names):
        if found.count(name) != 1:
            raise SourceError(f"kolonnen »{name}« {'står to gange' if name in found else 'mangler'} i svaret.")


def _jsonstat(text: str, names: set[str]) -> Iterator[Row]:
    """Version 1 lies in `dataset` and has its order inside `dimension`; version 2 has both outermost."""
    try:
        outer = exact_json(text)
        dataset = outer.get("dataset", outer)
        dimensions = dataset["dimension"]
        ids = dataset.get("id") or dimensions["id"]
        codes = [_codes(dimensions[name]["category"]) for name in ids]
        values = dataset["value"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise SourceError("svaret er ikke JSON-stat; prøv igen senere.") from None
    lowered = [str(name).casefold() for name in ids]
    _check_names([name for name in lowered if name != CONTENTS], names)
    for place, combination in enumerate(product(*codes)):
        keys = dict(zip(lowered, combination, strict=True))
        keys.pop(CONTENTS, None)
        yield keys, _value(values, place)


def _codes(category: dict) -> list[str]:
    index = category.get("index") or list(category["label"])
    return sorted(index, key=index.__getitem__) if isinstance(index, dict) else list(index)


def _value(values: Any, place: int) -> Decimal | None:
    """A list with nulls, or an object of those that are there."""
    try:
        found = values.get(str(place)) if isinstance(values, dict) else values[place]
    except IndexError:
        raise SourceError("svaret har færre tal end dets dimensioner siger.") from None
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | Decimal):
        raise SourceError(f"»{str(found)[:40]}« er ikke et tal.")
    return Decimal(found)
