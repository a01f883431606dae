"""Areas and their groups, as the project's own files list them. Pure."""

import csv
import re
from datetime import date
from typing import Any

HOME, COUNTRY = "791", "000"  # Viborg Kommune and Denmark, by Statistics Denmark's codes
HOME_NAME, COUNTRY_NAME = "Viborg", "Hele landet"
NO_MUNICIPALITY = frozenset({"411", "Christiansø"})  # its code and name: sources answer for it, but it is none
NO_PLACE = re.compile(r"(uoplyst|ikke oplyst|uden for|udlandet)", re.IGNORECASE)  # how members that are no place begin


def is_no_place(name: str) -> bool:
    """A member of a source's areas that is no place anybody lives in, such as »Uoplyst område«."""
    return name in NO_MUNICIPALITY or bool(NO_PLACE.match(name.strip()))


def area_code(text: str) -> str:
    """Three digits here, four elsewhere: `0791` is `791`."""
    return text[1:] if len(text) == 4 and text.isdigit() and text.startswith("0") else text


def areas_in(text: str) -> list[dict[str, str]]:
    return [row | {"code": area_code(row["code"])} for row in _rows(text)]


def memberships_in(text: str) -> list[dict[str, Any]]:
    """Which area belongs to which group from when to when; an empty date is unknown or open."""
    return [
        {
            "group": area_code(row["group"]),
            "member": area_code(row["member"]),
            "valid_from": _day(row["valid_from"]),
            "valid_to": _day(row["valid_to"]),
        }
        for row in _rows(text)
    ]


def _rows(text: str) -> csv.DictReader:
    return csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter=";")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
