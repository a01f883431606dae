"""As it was known: what rows and fields said at a moment, before they were changed in the portal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Case, CharField, Exists, ManyToManyField, Model, OuterRef, QuerySet, Subquery, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils import timezone

from goals.models import Edit

Row = TypeVar("Row", bound=Model)
NOW = timedelta(minutes=1)  # a moment this near is now: nothing that was changed since can matter


def kind_of(model: type[Model]) -> str:
    return model._meta.model_name


def as_text(row: Model, name: str) -> str | None:
    """A field's value in the form an edit keeps."""
    field = row._meta.get_field(name)
    if isinstance(field, ManyToManyField):
        return ",".join(str(pk) for pk in sorted(getattr(row, name).values_list("pk", flat=True)))
    value = getattr(row, field.attname)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"  # 3 and 3.000 are one value
    return None if value is None else field.value_to_string(row)


@dataclass(frozen=True)
class Edited:
    """Which rows were made, and which fields were changed, in the portal: these a plan's file leaves alone."""

    fields: Mapping[tuple[str, int], frozenset[str]]

    @classmethod
    def read(cls) -> "Edited":
        found: dict[tuple[str, int], set[str]] = {}
        for kind, row, name in Edit.objects.values_list("kind", "row", "field"):
            found.setdefault((kind, row), set()).add(name)
        return cls({place: frozenset(names) for place, names in found.items()})

    def made(self, row: Model) -> bool:
        return "" in self.fields.get((kind_of(type(row)), row.pk), ())

    def holds(self, row: Model, name: str) -> bool:
        return bool({"", name} & self.fields.get((kind_of(type(row)), row.pk), frozenset()))

    def owners(self, model: type[Model], name: str) -> set[int]:
        """The rows of which this field is the portal's."""
        wanted = kind_of(model)
        return {row for (kind, row), names in self.fields.items() if kind == wanted and {"", name} & names}


def made_later(model: type[Model], ref: str, moment: datetime) -> Exists:
    """Of a row whose key is `ref`: it was made in the portal after the moment."""
    return Exists(Edit.objects.filter(kind=kind_of(model), row=OuterRef(ref), field="", at__gt=moment))


def then(model: type[Model], ref: str, field: str, moment: datetime, *, now: Combinable) -> Case:
    """A field of the row whose key is `ref` as it was at the moment, as text; `now` is what it says now."""
    later = Edit.objects.filter(kind=kind_of(model), row=OuterRef(ref), field=field, at__gt=moment).order_by("at", "pk")
    return Case(When(Exists(later), then=Subquery(later.values("before")[:1])), default=now, output_field=CharField())


def with_texts_then(rows: QuerySet, ref: str, model: type[Model], names: Iterable[str], moment: datetime) -> QuerySet:
    """Former texts beside the rows, in the same query; `ref` leads from a row to one of the model, empty for itself."""
    told = {_then_name(ref, name): _text_then(ref, model, name, moment) for name in names}
    return rows.annotate(**told) if timezone.now() - moment > NOW else rows


def _text_then(ref: str, model: type[Model], name: str, moment: datetime) -> Case:
    now = Cast(f"{ref}__{name}" if ref else name, CharField())
    return then(model, ref or "pk", name, moment, now=now)


def _then_name(ref: str, name: str) -> str:
    return f"then_{ref}_{name}"


def put_texts_then(row: Model, ref: str, names: Iterable[str]) -> None:
    """Gives the row, or the one that `ref` leads to, the texts that `with_texts_then` read beside it."""
    target = getattr(row, ref) if ref else row
    for name in names:
        if (told := _then_name(ref, name)) in row.__dict__:
            field: Any = target._meta.get_field(name)
            text = row.__dict__[told]
            setattr(target, field.attname, None if text is None else field.to_python(text))


def as_known(rows: Iterable[Row], moment: datetime | None) -> list[Row]:
    """The rows as they were at the moment, those made later left out; None: as they are. One query, whatever they are.

    What it gives is for showing: a row so changed is never saved.
    """
    found = list(rows)
    if moment is None or not found:
        return found
    kinds = {kind_of(type(row)) for row in found}
    later = Edit.objects.filter(kind__in=kinds, at__gt=moment).order_by("-at", "-pk")
    by_row: dict[tuple[str, int], list[Edit]] = {}
    for edit in later:
        by_row.setdefault((edit.kind, edit.row), []).append(edit)
    return [row for row in found if _restored(row, by_row.get((kind_of(type(row)), row.pk), ()))]


def _restored(row: Model, edits: Iterable[Edit]) -> bool:
    """From the newest edit back; whether the row was there at all."""
    for edit in edits:
        if not edit.field:
            return False
        _put_back(row, edit)
    return True


def _put_back(row: Model, edit: Edit) -> None:
    field: Any = row._meta.get_field(edit.field)
    if isinstance(field, ManyToManyField):
        keys = [int(key) for key in (edit.before or "").split(",") if key]
        tied = field.related_model._default_manager.filter(pk__in=keys)
        row.__dict__.setdefault("_prefetched_objects_cache", {})[edit.field] = tied
    else:
        setattr(row, field.attname, None if edit.before is None else field.to_python(edit.before))
