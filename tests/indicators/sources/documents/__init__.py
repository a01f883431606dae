"""The sources' own documents, by name."""

import csv
import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def answer(name: str) -> Any:
    return json.loads(text(name))


def tables() -> list[dict[str, str]]:
    """Each with table_id, title and hierarchies."""
    return list(csv.DictReader(text("jobindsats-tables.csv").splitlines(), delimiter=";"))
