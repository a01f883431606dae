"""What `/table/{id}` says of a Jobindsats table: periods, levels of areas, names of measures. Pure."""

from collections.abc import Iterator
from typing import Any

from indicators.sources.errors import SourceError


def period_ids(metadata: dict, frequency: str) -> list[str]:
    for kind in metadata.get("periods", []):
        if kind.get("periodtype_id") == frequency and kind.get("values"):
            return [value["period_id"] for value in kind["values"]]
    raise SourceError(f"tabellen har ingen perioder af typen {frequency}.")


def update_in(catalogue: Any, table: str) -> tuple[str, str] | None:
    """`update_latest` and `update_next` of the table, wherever it stands among subjects and groups."""
    for node in _tables(catalogue):
        if str(node["table_id"]).lower() == table.lower():
            return str(node.get("update_latest") or ""), str(node.get("update_next") or "")
    return None


def _tables(node: Any) -> Iterator[dict]:
    if isinstance(node, dict) and "table_id" in node:
        yield node
    elif isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _tables(child)


def municipal_level(metadata: dict, hierarchy: str) -> str:
    """The municipalities are the level with most areas; its id is not the same in all tables."""
    hierarchies = [h for dimension in metadata.get("dimensions", []) for h in dimension.get("hierarchies", [])]
    levels = [level for h in hierarchies if h.get("hierarchy_id") == hierarchy for level in h.get("levels", [])]
    if not levels:
        raise SourceError(f"tabellen har ingen områder i hierarkiet {hierarchy}.")
    return str(max(levels, key=lambda level: len(level.get("values", [])))["level_id"])


def measure_names(metadata: dict) -> set[str]:
    """All the labels a column may have, plain. The form of groups was not seen, so every `…name` counts."""
    found = set()
    for group in metadata.get("mgroups", []):
        names = set(_names(group))
        found |= names | {f"{group.get('mgroup_name', '')}: {name}" for name in names}
    return {plain(name) for name in found}


def plain(label: Any) -> str:
    """Labels drift in spaces and capitals."""
    return "".join(str(label).split()).casefold()


def _names(node: Any) -> Iterator[str]:
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(value, dict | list):
            yield from _names(value)
        elif str(key).endswith("name") and isinstance(value, str):
            yield value
