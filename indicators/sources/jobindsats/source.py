"""Jobindsats (STAR), API version 3: what to ask for; how the answer is read is in answers.py.

Not seen in any answer, and so assumed: that a list of areas may hold the country (`/`) beside municipalities.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indicators.areas import HOME_NAME, NO_MUNICIPALITY
from indicators.sources.errors import SourceError
from indicators.sources.exact_json import exact_json
from indicators.sources.jobindsats.metadata import areas_in, grouping_in, period_ids, update_in
from indicators.sources.jobindsats.query import AREA_HIERARCHY, Measure, Query, period_type
from indicators.vocabulary import Vocabulary

if TYPE_CHECKING:
    from indicators.frame import Frame

WHOLE, ALL = "/", "*"  # the whole of a hierarchy, of areas the country; all its members


def queries(indicators: Sequence[Any], path: Path | None = None) -> list[Query]:
    """Each table and choice once, for all the indicators that are found there."""
    wanted: dict[tuple, list[Measure]] = defaultdict(list)
    groupings: dict[tuple, set[str]] = defaultdict(set)
    for indicator in indicators:
        chosen = indicator.selection
        labels = (chosen["measure"], *chosen.get("variants", []))
        hierarchies, groups = (tuple(sorted(chosen.get(name, {}).items())) for name in ("hierarchies", "groups"))
        place = indicator.table, period_type(indicator), hierarchies, groups
        wanted[place].append(Measure(indicator.code, labels, indicator.newest_is_provisional))
        groupings[place].update(chosen.get("groupings", []))
    return [
        Query(table, kind, paths, tuple(measures), tuple(sorted(groupings[table, kind, paths, groups])), groups)
        for (table, kind, paths, groups), measures in wanted.items()
    ]


def name_of(query: Query) -> str:
    return query.table


def update_of(table: str, on_request_id: Callable[[str], None] | None = None) -> tuple[str, str] | None:
    """When the catalogue says the table was and will be updated, or None where it does not say."""
    from indicators.sources.jobindsats.client import JobindsatsClient

    with JobindsatsClient.from_settings(on_request_id) as client:
        return update_in(decoded(client.get("/tables")), table)


def fetch(query: Query, on_request_id: Callable[[str], None] | None = None) -> bytes:
    """The question, the metadata, and the answers, as they came. `on_request_id` gets the requests' numbers."""
    from indicators.sources.jobindsats.client import (
        JobindsatsClient,  # slow to load, and only needed where a key is set
    )

    with JobindsatsClient.from_settings(on_request_id) as client:
        metadata = client.get(f"/table/{query.table}")
        answer = client.get(f"/data/{query.table}", choice(query, decoded(metadata)))
    document = {"query": asdict(query), "metadata": metadata, "answers": [answer]}
    return json.dumps(document, ensure_ascii=False).encode()


def choice(query: Query, metadata: dict) -> dict[str, str]:
    """Viborg, the country and all other areas there are in one request, each by its own id in the table.

    Also those that are no place: what they hold is told. To ask for more periods than there are is an error, so they
    are counted.
    """
    areas = areas_in(metadata, AREA_HIERARCHY)
    if HOME_NAME not in areas:
        raise SourceError(f"{query.table}: tabellen har ingen tal for {HOME_NAME} i hierarkiet {AREA_HIERARCHY}.")
    ids = [WHOLE, *(number for name, number in areas.items() if name not in NO_MUNICIPALITY)]
    latest = len(period_ids(metadata, query.period_type))
    chosen = {f"hierarchy.{name}": path for name, path in query.hierarchies}
    if query.groups:
        chosen |= {f"hierarchy.{grouping_in(metadata, AREA_HIERARCHY)}": ALL}
    chosen |= {f"hierarchy.{AREA_HIERARCHY}": ",".join(ids)}
    return {"mgroup.*": "*", f"period.{query.period_type}": f"latest:{latest}"} | chosen | {"format": "json"}


def parse(payload: bytes, query: Query, vocabulary: Vocabulary) -> "Frame":
    from indicators.sources.jobindsats.answers import frame_of_answers

    document = decoded(payload.decode())
    try:
        return frame_of_answers(document["answers"], query, decoded(document["metadata"]), vocabulary)
    except SourceError as error:
        raise SourceError(f"{query.table}: {error}") from None


def decoded(text: str) -> dict:
    """JSON with exact numbers; a page of HTML is no answer, whatever its status said."""
    try:
        answer = exact_json(text)
    except (ValueError, RecursionError):
        raise SourceError("Jobindsats svarede ikke med JSON; prøv igen senere.") from None
    if not isinstance(answer, dict):
        raise SourceError("Jobindsats svarede i en form, portalen ikke kender.")
    return answer
