"""As it was known: what rows and fields said at a moment, before somebody or a file changed them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Exists,
    F,
    JSONField,
    ManyToManyField,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from indicators.as_of import rows_at
from indicators.models import Edit

Row = TypeVar("Row", bound=Model)
# The packed form of edits, see `packed`; ASCII's own separators, which `audited_change` lets no text hold.
RECORD, UNIT, NOTHING = "\x1e", "\x1f", "\x1d"
PLACE = "position"  # a row's place in its list
NOW = timedelta(minutes=1)  # a moment this near is now: nothing that was changed since can matter


def kind_of(model: type[Model]) -> str:
    return model.__name__.lower()


def as_text(row: Model, name: str) -> str | None:
    """A field's value in the form an edit keeps."""
    field = row._meta.get_field(name)
    if isinstance(field, ManyToManyField):
        return ",".join(str(pk) for pk in sorted(getattr(row, name).values_list("pk", flat=True)))
    if isinstance(field, ForeignObjectRel):
        raise TypeError(f"{name} is kept by the rows that refer to this one")
    value = getattr(row, field.attname)
    if isinstance(field, JSONField):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"  # 3 and 3.000 are one value
    return None if value is None else field.value_to_string(row)


@dataclass(frozen=True)
class Edited:
    """Which rows were made, and which fields were changed, in the portal: these a plan's file leaves alone."""

    fields: Mapping[tuple[str, int], frozenset[str]]
    added_by_file: frozenset[tuple[str, int]] = frozenset()  # to what stood already: known from that day on

    @classmethod
    def read(cls) -> "Edited":
        names_by_row: dict[tuple[str, int], set[str]] = {}
        for kind, row, name in Edit.objects.filter(by_file=False).values_list("kind", "row", "field"):
            names_by_row.setdefault((kind, row), set()).add(name)
        added = Edit.objects.filter(by_file=True, field="").values_list("kind", "row")
        return cls({place: frozenset(names) for place, names in names_by_row.items()}, frozenset(added))

    def made(self, row: Model) -> bool:
        return "" in self.fields.get((kind_of(type(row)), row.pk), ())

    def holds(self, row: Model, name: str) -> bool:
        return bool({"", name} & self.fields.get((kind_of(type(row)), row.pk), frozenset()))

    def owners(self, model: type[Model], name: str) -> set[int]:
        """The rows of which this field is the portal's."""
        kind_asked = kind_of(model)
        return {row for (kind, row), names in self.fields.items() if kind == kind_asked and {"", name} & names}


def made_later(model: type[Model], ref: str, moment: datetime) -> Exists:
    """Of a row whose key is `ref`: it was made after the moment."""
    return Exists(Edit.objects.filter(kind=kind_of(model), row=OuterRef(ref), field="", at__gt=moment))


def value_at(model: type[Model], ref: str, field: str, moment: datetime, *, now: Combinable) -> Combinable:
    """A field of the row whose key is `ref` as it was at the moment, as text; `now` is what it says now."""
    if is_now(moment):
        return now
    later = Edit.objects.filter(kind=kind_of(model), row=OuterRef(ref), field=field, at__gt=moment).order_by("at", "pk")
    return Case(When(Exists(later), then=Subquery(later.values("before")[:1])), default=now, output_field=CharField())


class Joined(Aggregate):
    """Texts put together by the database, in any order."""

    function = "string_agg"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="group_concat", **extra)


def is_now(moment: datetime) -> bool:
    return timezone.now() - moment <= NOW


def with_edits_since(rows: QuerySet, moment: datetime, models: Mapping[str, type[Model]]) -> QuerySet:
    """The edits made since beside the rows, in the same query; each name leads to a row of its model, empty: to itself.

    `restore_edits` gives the rows what this read.
    """
    if is_now(moment):
        return rows
    later = Edit.objects.filter(at__gt=moment).exclude(field="")
    own = {ref: later.filter(kind=kind_of(model), row=OuterRef(ref or "pk")) for ref, model in models.items()}
    return rows.annotate(**{_edits_of(ref): Subquery(packed(edits)) for ref, edits in own.items()})


def _edits_of(ref: str) -> str:
    return f"edits_{ref.replace('__', '_')}"


def packed(edits: QuerySet[Edit]) -> QuerySet[Any]:
    """The edits of each row as one text, made by the database, so that they cost no query of their own.

    RECORD stands between edits, in no order; in each `<key>UNIT<field>UNIT<value before>`, NOTHING for no value.
    """

    def text(sign: str) -> Value:
        return Value(sign, output_field=TextField())

    edit = [Cast("pk", TextField()), text(UNIT), F("field"), text(UNIT), Coalesce("before", text(NOTHING))]
    joined = Joined(Concat(*edit, output_field=TextField()), text(RECORD), output_field=TextField())
    return edits.order_by().values("row").annotate(packed=joined).values("packed")


def unpacked(text: str | None) -> list[Edit]:
    """The edits that `packed` made a text of, the newest first."""
    records = [record.split(UNIT) for record in (text or "").split(RECORD) if record]
    newest_first = sorted(((int(pk), field, before) for pk, field, before in records), reverse=True)
    return [Edit(field=field, before=None if before == NOTHING else before) for _pk, field, before in newest_first]


def restore_edits(row: Model, ref: str) -> None:
    """Gives the row, or the one that `ref` leads to, what `with_edits_since` read beside it."""
    edits = unpacked(row.__dict__.get(_edits_of(ref)))
    for step in ref.split("__") if ref and edits else ():
        row = getattr(row, step)
    for edit in edits:
        _put_back(row, edit)


def as_known(rows: Iterable[Row], moment: datetime | None, *, ties: bool = True) -> list[Row]:
    """The rows as they were at the moment, those made later left out; None: as they are. One query, whatever they are.

    So is all that was read with them by `select_related` and `prefetch_related`. What it gives is for showing: a row so
    changed is never saved. Without `ties` the relations to many stay as they are: two rows may be tied to each other.
    """
    present = list(rows)
    if moment is None or not present:
        return present
    loaded = list(_loaded(present))
    later = Edit.objects.filter(kind__in={kind_of(type(row)) for row in loaded}, at__gt=moment).order_by("-at", "-pk")
    many = () if ties else {field.name for row in loaded for field in row._meta.many_to_many}
    later = later.exclude(field__in=many)
    by_row: dict[tuple[str, int], list[Edit]] = {}
    for edit in later:
        by_row.setdefault((edit.kind, edit.row), []).append(edit)
    if not by_row:
        return present
    lists = [present, *(others for row in loaded for others in _lists(row))]
    placed = [others for others in lists if others and _has_places(others)]
    gone = {id(row) for row in loaded if not _restored(row, by_row.get((kind_of(type(row)), row.pk), ()), moment)}
    for others in lists:
        others[:] = [other for other in others if id(other) not in gone]
    for others in placed:
        others.sort(key=_place)
    return present


def _has_places(rows: list[Any]) -> bool:
    """The list has its rows in their own places; one in any other order stays as it was read."""
    return all(hasattr(row, PLACE) for row in rows) and rows == sorted(rows, key=_place)


def _place(row: Any) -> int:
    return row.position


def put_back(rows: Iterable[Model], moment: datetime | None) -> None:
    """Changes rows of a prefetched relation in place to what they said at the moment; None: leaves them as they are."""
    if moment is not None:
        as_known(rows, moment)


def _loaded(rows: Iterable[Model]) -> Iterator[Model]:
    """The rows and all that was read with them, each object once."""
    seen: set[int] = set()
    waiting = list(rows)
    while waiting:
        row = waiting.pop()
        if id(row) not in seen:
            seen.add(id(row))
            yield row
            waiting += [other for other in row._state.fields_cache.values() if isinstance(other, Model)]
            waiting += [other for others in _lists(row) for other in others]


def _lists(row: Model) -> Iterator[list[Any]]:
    """What was prefetched, under the relation's own name or another (`to_attr`)."""
    for prefetched in row.__dict__.get("_prefetched_objects_cache", {}).values():
        if prefetched._result_cache is not None:
            yield prefetched._result_cache
    for value in row.__dict__.values():
        if isinstance(value, list) and value and isinstance(value[0], Model):
            yield value


def _restored(row: Model, edits: Iterable[Edit], moment: datetime) -> bool:
    """From the newest edit back; whether the row was there at all."""
    for edit in edits:
        if not edit.field:
            return False
        _put_back(row, edit, moment)
    return True


def _put_back(row: Model, edit: Edit, moment: datetime | None = None) -> None:
    field: Any = row._meta.get_field(edit.field)
    # A relation to many is read through Django's own cache of prefetched rows: there it is as it was.
    if isinstance(field, ManyToManyField):
        keys = [int(key) for key in (edit.before or "").split(",") if key]
        with rows_at(moment):
            tied = field.related_model._default_manager.filter(pk__in=keys)
        tied._result_cache = as_known(tied, moment, ties=False)
        row.__dict__.setdefault("_prefetched_objects_cache", {})[edit.field] = tied
    elif isinstance(field, JSONField):
        setattr(row, field.attname, json.loads(edit.before or "null"))
    else:
        setattr(row, field.attname, None if edit.before is None else field.to_python(edit.before))
