"""What `/table/{id}` says of a Jobindsats table: periods, levels of areas, names of measures. Pure."""

from collections.abc import Iterable, Iterator
from typing import Any

from indicators.label_matching import normalised
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


def areas_in(metadata: dict, hierarchy: str) -> dict[str, str]:
    """Value ids by name. The municipalities are the level with most areas; its id is not the same in all tables."""
    levels = [level.get("values", []) for found in _hierarchies(metadata, hierarchy) for level in found["levels"]]
    if not levels:
        raise SourceError(f"tabellen har ingen områder i hierarkiet {hierarchy}.")
    names = {str(value["value_id"]): str(value["value_name"]) for value in max(levels, key=len)}
    return {name.strip().removesuffix(" Kommune"): number for number, name in names.items()}


def place_names(metadata: dict, hierarchy: str) -> set[str]:
    """What the table calls the members of its areas, on every level."""
    levels = [level for found in _hierarchies(metadata, hierarchy) for level in found["levels"]]
    return {str(value.get("value_name", "")).strip() for level in levels for value in level.get("values", [])}


def grouping_in(metadata: dict, areas: str) -> str:
    """The table's one hierarchy beside that of the areas."""
    dimensions = [dimension.get("hierarchies", []) for dimension in metadata.get("dimensions", [])]
    others = [found for found in dimensions if found and all(h.get("hierarchy_id") != areas for h in found)]
    if len(others) != 1:
        raise SourceError(f"tabellen har {len(others)} opdelinger, hvor der skulle være én.")
    return str(others[0][0].get("hierarchy_id", ""))


def hierarchy_names(metadata: dict, hierarchies: Iterable[str]) -> set[str]:
    """What the columns of the groupings may be called, normalised, where the table says it."""
    found = [node for hierarchy in hierarchies for node in _hierarchies(metadata, hierarchy)]
    parents = [d for d in metadata.get("dimensions", []) if any(h in found for h in d.get("hierarchies", []))]
    fields = [item for node in (*found, *parents) for item in node.items()]
    return {normalised(text) for key, text in fields if key.endswith("name") and isinstance(text, str)}


def _hierarchies(metadata: dict, hierarchy: str) -> list[dict]:
    found = [h for dimension in metadata.get("dimensions", []) for h in dimension.get("hierarchies", [])]
    return [h for h in found if h.get("hierarchy_id") == hierarchy and h.get("levels")]


def measure_names(metadata: dict) -> set[str]:
    """All the labels a column may have, normalised. The form of groups was not seen, so every `…name` counts."""
    found = set()
    for group in metadata.get("mgroups", []):
        names = set(_names(group))
        found |= names | {f"{group.get('mgroup_name', '')}: {name}" for name in names}
    return {normalised(name) for name in found}


def _names(node: Any) -> Iterator[str]:
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(value, dict | list):
            yield from _names(value)
        elif str(key).endswith("name") and isinstance(value, str):
            yield value
