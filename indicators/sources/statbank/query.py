"""What is asked of StatBank: one indicator of a table, and every variable of it with its values. Pure."""

from dataclasses import dataclass

from indicators.areas import COUNTRY, NO_MUNICIPALITY
from indicators.sources.errors import SourceError
from indicators.sources.exact_json import exact_json

AREA, TIME = "OMRÅDE", "Tid"
Variables = dict[str, list[str]]


@dataclass(frozen=True)
class Query:
    """One indicator: a table, and the values of each variable beside area and time. Several values are added up."""

    table: str
    indicator: str
    frequency: str
    variables: tuple[tuple[str, tuple[str, ...]], ...]
    newest_is_provisional: bool = False


def variables_of(query: Query, info: dict) -> Variables:
    """Every variable with its values; what the table does not have, or wants and was not given, is refused by name."""
    offered = {v["id"]: [value["id"] for value in v.get("values", [])] for v in info.get("variables", [])}
    wanted: Variables = {}
    for code, values in query.variables:
        if absent := [value for value in values if value not in offered.get(code, [])]:
            raise SourceError(f"{query.table}: variablen {code} har ikke værdien »{absent[0]}«.")
        wanted[code] = list(values)
    for name in (AREA, TIME):
        if name not in offered:
            raise SourceError(f"{query.table}: tabellen har ingen variabel {name}.")
    for variable in info["variables"]:
        if variable["id"] not in wanted and variable["id"] not in (AREA, TIME) and not variable.get("elimination"):
            raise SourceError(f"{query.table}: variablen {variable['id']} skal vælges.")
    return wanted | {AREA: [code for code in offered[AREA] if is_place(code)], TIME: offered[TIME]}


def is_place(code: str) -> bool:
    """The country or a municipality; regions and provinces have codes below 101."""
    municipality = len(code) == 3 and code.isdigit() and int(code) > 100 and code not in NO_MUNICIPALITY
    return code == COUNTRY or municipality


def decoded(text: str) -> dict:
    try:
        answer = exact_json(text)
    except (ValueError, RecursionError):
        raise SourceError("Danmarks Statistik svarede ikke med JSON; prøv igen senere.") from None
    if not isinstance(answer, dict):
        raise SourceError("Danmarks Statistik svarede i en form, portalen ikke kender.")
    return answer
