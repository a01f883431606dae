"""Definitions from the project's own files into the database: each row made, brought up to date or left alone."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from indicators import data_version
from indicators.areas import areas_in, memberships_in
from indicators.as_known import as_text, kind_of
from indicators.definitions import yaml_documents
from indicators.definitions.schema import Definitions, IndicatorDefinition
from indicators.models import Area, AreaMembership, Break, Edit, Indicator
from indicators.store import withheld

GUARDS = {"visibility", "min_count"}
Tally = Counter[str]  # "new", "changed", "unchanged"
FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def load(paths: Iterable[Path | str]) -> dict[str, Tally]:
    """All files are read before the first row is written; the first wrong one raises a DocumentError."""
    files = [yaml_documents.load(path, Definitions) for path in paths]
    definitions = [definition for file in files for definition in file.root]
    with transaction.atomic():
        data_version.changed()
        tallies = {"areas": _load_areas(), "indicators": _load_indicators(definitions)}
        withheld.renew(Indicator.objects.filter(code__in=[d.code for d in definitions], unit=Indicator.Unit.COUNT))
        return tallies


def _load_areas() -> Tally:
    rows = areas_in((FIXTURES / "areas.csv").read_text(encoding="utf-8"))
    tally = _sync(Area, ["code"], [{"code": r["code"], "name": r["name"], "kind": r["kind"]} for r in rows])
    numbers = dict(Area.objects.values_list("code", "id"))
    memberships = memberships_in((FIXTURES / "area_memberships.csv").read_text(encoding="utf-8"))
    facts = [m | {"group_id": numbers[m.pop("group")], "member_id": numbers[m.pop("member")]} for m in memberships]
    return tally + _sync(AreaMembership, ["group_id", "member_id", "valid_from"], facts)


def _load_indicators(definitions: list[IndicatorDefinition]) -> Tally:
    tally = _sync(Indicator, ["code"], [definition.facts() for definition in definitions])
    numbers = dict(Indicator.objects.values_list("code", "id"))
    breaks = [b.model_dump() | {"indicator_id": numbers[d.code]} for d in definitions for b in d.breaks]
    kept = [models.Q(indicator_id=b["indicator_id"], period=b["period"]) for b in breaks]
    outdated = Break.objects.filter(indicator__code__in=[d.code for d in definitions])
    outdated.exclude(models.Q(*kept, _connector=models.Q.OR) if kept else models.Q(pk__in=[])).delete()
    _sync(Break, ["indicator_id", "period"], breaks)
    return tally


def _remember(row: models.Model, names: Iterable[str]) -> None:
    """What the row said until now, so that earlier days go on saying it; what guards people holds for every day."""
    fields = [name.removesuffix("_id") for name in names if name not in GUARDS]
    Edit.objects.bulk_create(
        Edit(kind=kind_of(type(row)), row=row.pk, field=f, before=as_text(row, f), at=timezone.now(), by_file=True)
        for f in fields
    )


def _sync(model: type[models.Model], key: list[str], rows: list[dict[str, Any]]) -> Tally:
    """Make what is missing and update what differs, found by the key; rows beyond the file are left alone."""
    stored = {tuple(getattr(row, name) for name in key): row for row in model._default_manager.all()}
    tally, made, changed = Tally(new=0, changed=0, unchanged=0), [], []
    for facts in rows:
        row = stored.get(tuple(facts[name] for name in key))
        if row is None:
            made.append(model(**facts))
        elif names := [name for name, value in facts.items() if getattr(row, name) != value]:
            _remember(row, names)
            vars(row).update(facts)
            changed.append(row)
    model._default_manager.bulk_create(made)
    if changed:
        names = sorted({name.removesuffix("_id") for name in rows[0]} - {name.removesuffix("_id") for name in key})
        model._default_manager.bulk_update(changed, names)
    return tally + Tally(new=len(made), changed=len(changed), unchanged=len(rows) - len(made) - len(changed))
