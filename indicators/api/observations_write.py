"""Numbers that a program sends: written as a tidy file and taken in like one, so the same checks and undo hold."""

import csv
import hashlib
import io
from dataclasses import replace
from typing import Any

from rest_framework import serializers

from accounts import audit
from accounts.tokens import Holder
from indicators.files import tidy
from indicators.files.errors import Problem, TidyError
from indicators.http.json_body import Body, InvalidBody, checked, escaped
from indicators.missing import MissingReason
from indicators.models import Indicator, Source
from indicators.store import write

MOST_ROWS = 10_000
COLUMNS = ["indicator", "area", "period", "value", "missing", "provisional"]
FIRST_LINE = 3  # of the file, below what it says of itself and its header
EXAMPLE = {
    "observations": [
        {"indicator": "ledige-antal", "area": "791", "breakdown": {}, "period": "2026-08", "value": 1412.0,
         "missing": None, "provisional": True},
    ]
}  # fmt: skip


class NewObservationSerializer(Body):
    indicator = serializers.CharField(max_length=80)
    area = serializers.CharField(max_length=50)
    breakdown = serializers.DictField(child=serializers.CharField(max_length=60), required=False)
    period = serializers.CharField(max_length=12)
    value = serializers.DecimalField(max_digits=14, decimal_places=4, allow_null=True)
    missing = serializers.ChoiceField(
        [(reason.name.lower(), reason.label) for reason in MissingReason if reason], allow_null=True, required=False
    )
    provisional = serializers.BooleanField(required=False, default=False)


class NewObservationsSerializer(Body):
    """What a program writes: up to ten thousand numbers, all or none."""

    observations: "serializers.ListSerializer[Any]" = serializers.ListSerializer(
        child=NewObservationSerializer(), allow_empty=False, max_length=MOST_ROWS
    )


class ReceiptSerializer(serializers.Serializer):
    batch = serializers.CharField(allow_null=True, help_text="null: alt var kendt, og intet er skrevet.")
    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()


def write_observations(data: Any, holder: Holder) -> dict[str, Any]:
    rows = checked(NewObservationsSerializer(data=data))["observations"]
    payload = _tidy_file(rows)
    # Its JSON has no first line that a new breakdown could be declared in.
    vocabulary = replace(Indicator.objects.vocabulary(), may_declare=False)
    try:
        receipt = write.save(
            tidy.read(payload, vocabulary),
            source=Source.API,
            name=holder.token.name,
            sha256=hashlib.sha256(payload).hexdigest(),
            payload=payload,
            actor=holder.token.user.email,
        )
    except TidyError as error:
        raise InvalidBody((_pointer(problem, rows), problem.text, []) for problem in error.problems) from None
    except write.StoringError as error:
        raise InvalidBody([("/observations", str(error), [])]) from None
    batch = f"b{receipt.batch}" if receipt.batch else None
    if batch:
        audit.record(verb="imported", kind="batch", key=batch, by=holder.token.user, reason=holder.token.name)
    return {"batch": batch, "new": receipt.new, "changed": receipt.changed, "unchanged": receipt.unchanged}


def _pointer(problem: Problem, rows: list[dict[str, Any]]) -> str:
    """From the file's line and column to the place in the JSON it was written from; of a column to its first."""
    name = problem.column
    first = next((place for place, row in enumerate(rows) if name in row.get("breakdown", ())), None)
    place = first if problem.line is None else problem.line - FIRST_LINE
    if place is None:
        return "/observations"
    column = name if name in COLUMNS else f"breakdown/{escaped(name)}"
    return f"/observations/{place}/{column}" if name else f"/observations/{place}"


def _tidy_file(rows: list[dict[str, Any]]) -> bytes:
    dimensions = sorted({name for row in rows for name in row.get("breakdown", {})})
    text = io.StringIO("# decimal: point\n")
    text.seek(0, io.SEEK_END)
    file = csv.writer(text, delimiter=";", lineterminator="\n")
    file.writerow([*COLUMNS, *dimensions])
    file.writerows(_cells(row, dimensions) for row in rows)
    return text.getvalue().encode()


def _cells(row: dict[str, Any], dimensions: list[str]) -> list[str]:
    value = "" if row["value"] is None else f"{row['value']:f}"
    provisional = "ja" if row["provisional"] else "nej"
    parts = [row.get("breakdown", {}).get(name, "") for name in dimensions]
    return [row["indicator"], row["area"], row["period"], value, row.get("missing") or "", provisional, *parts]
