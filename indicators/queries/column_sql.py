"""The queries behind columns. The ORM makes their SQL once, so that what is withheld stays in its one place."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, Expression, F, IntegerField, Q, QuerySet
from django.db.models.expressions import RawSQL

from indicators.models import Observation

VALUES = {  # SQLite would print what is missing as 0
    "postgresql": "array_agg(o.shown_value)",  # an array is written out faster than texts are joined
    "sqlite": "group_concat(CASE WHEN o.shown_value IS NULL THEN 'null' ELSE printf('%%.4f', o.shown_value) END, ',')",
}
BATCHES = {
    "postgresql": "array_agg(o.batch_from_id)",
    "sqlite": "group_concat(CAST(o.batch_from_id AS text), ',')",
}
JOINED = {"postgresql": "string_agg", "sqlite": "group_concat"}
FLAGS = {
    "postgresql": "(o.shown_missing * 2 + o.provisional::int)",
    "sqlite": "(o.shown_missing * 2 + o.provisional)",
}
MONTHS = {True: "{joined}(CAST(o.period AS text), ',')", False: "''"}
QUERY = """
SELECT o.series_id, min(o.period), max(o.period), count(*), {months},
    {values},
    {batches},
    {joined}(CAST(o.period AS text) || ' ' || CAST({flags} AS text), ',')
        FILTER (WHERE o.provisional OR o.shown_missing > 0)
FROM ({numbers}) o GROUP BY o.series_id ORDER BY o.series_id
"""
ABSENT = "\\N"  # how COPY writes NULL


class Shape(NamedTuple):
    """All that decides what a query's SQL is."""

    guarded: bool  # where nothing can be withheld, the joins that ask for it are spared
    each_month: bool  # named one by one, which takes a tenth of the whole
    first: bool
    last: bool
    after: bool


class Placeholder(Expression):
    """A whole number that is put in when the query is sent."""

    def __init__(self, name: str) -> None:
        super().__init__(output_field=IntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        return f"{{{self.name}:d}}", ()


def each_row(make: Callable[[list[str]], None], shape: Shape, series: Iterable[int], **numbers: int) -> None:
    """Has something made of each series' texts; PostgreSQL works on the next series meanwhile."""
    sql, values = _statement(shape, connection.vendor)
    sql = sql.format(series=",".join(map(str, series)), **numbers)
    send = _copied_out if connection.vendor == "postgresql" else _fetched
    send(make, sql, values)


def _copied_out(make: Callable[[list[str]], None], sql: str, values: tuple) -> None:
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.copy_expert(cursor.mogrify(f"COPY ({sql}) TO STDOUT", values), _Lines(make))


class _Lines:
    """The file that PostgreSQL believes to write. Our texts need no escape, and only the notes can be absent."""

    def __init__(self, make: Callable[[list[str]], None]) -> None:
        self.make = make

    def write(self, line: bytes) -> None:
        *texts, values, batches, notes = line.decode("ascii")[:-1].split("\t")
        self.make([*texts, _unwrapped(values), _unwrapped(batches), "" if notes == ABSENT else notes])


def _unwrapped(array: str) -> str:
    return array[1:-1].replace("NULL", "null")


def _fetched(make: Callable[[list[str]], None], sql: str, values: tuple) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for row in cursor.fetchall():
            make(["" if part is None else str(part) for part in row])


@lru_cache
def _statement(shape: Shape, vendor: str) -> tuple[str, tuple]:
    numbers, values = _numbers(shape).query.get_compiler(connection=connection).as_sql()
    months = MONTHS[shape.each_month].format(joined=JOINED[vendor])
    parts = {"joined": JOINED[vendor], "values": VALUES[vendor], "batches": BATCHES[vendor], "flags": FLAGS[vendor]}
    return QUERY.format(numbers=numbers, months=months, **parts), values


def _numbers(shape: Shape) -> QuerySet[Any, Any]:
    rows = Observation.objects.known_at(Placeholder("batch")).filter(_among_the_series())
    known: QuerySet[Any] = rows.disclosed()  # with what it shows among its columns
    if not shape.guarded:
        known = rows.annotate(**{"shown_value": F("value"), "shown_missing": F("missing")})
    if shape.first:
        known = known.filter(period__gte=Placeholder("first"))
    if shape.last:
        known = known.filter(period__lte=Placeholder("last"))
    if shape.after:
        begun = Placeholder("begun")
        known = known.filter(Q(series__gt=begun) | Q(series=begun, period__gt=Placeholder("period")))
    return known.order_by("series", "period").values(
        "series_id", "period", "shown_value", "shown_missing", "provisional", "batch_from_id"
    )


def _among_the_series() -> RawSQL:
    return RawSQL("indicators_observation.series_id IN ({series})", [], output_field=BooleanField())
