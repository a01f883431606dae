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
from indicators.files.errors import TidyError
from indicators.http.parameters import Refused
from indicators.missing import MissingReason
from indicators.models import Indicator, Source
from indicators.store import write

MOST_ROWS = 10_000
EXAMPLE = {
    "observations": [
        {"indicator": "ledige-antal", "area": "791", "breakdown": {}, "period": "2026-08", "value": 1412.0,
         "missing": None, "provisional": True},
    ]
}  # fmt: skip


class NewObservationSerializer(serializers.Serializer):
    indicator = serializers.CharField(max_length=80)
    area = serializers.CharField(max_length=50)
    breakdown = serializers.DictField(child=serializers.CharField(max_length=60), required=False)
    period = serializers.CharField(max_length=12)
    value = serializers.DecimalField(max_digits=14, decimal_places=4, allow_null=True)
    missing = serializers.ChoiceField(
        [(reason.name.lower(), reason.label) for reason in MissingReason if reason], allow_null=True, required=False
    )
    provisional = serializers.BooleanField(required=False, default=False)


class NewObservationsSerializer(serializers.Serializer):
    """What a program writes: up to ten thousand numbers, all or none."""

    observations = NewObservationSerializer(many=True, allow_empty=False, max_length=MOST_ROWS)


class ReceiptSerializer(serializers.Serializer):
    batch = serializers.CharField(allow_null=True, help_text="null: alt var kendt, og intet er skrevet.")
    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()


def write_observations(data: Any, holder: Holder) -> dict[str, Any]:
    given = NewObservationsSerializer(data=data)
    given.is_valid(raise_exception=True)
    payload = _tidy_file(given.validated_data["observations"])
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
    except (TidyError, write.StoringError) as error:
        raise Refused(str(error), parameter="observations") from None
    batch = f"b{receipt.batch}" if receipt.batch else None
    if batch:
        audit.record(verb="imported", kind="batch", key=batch, by=holder.token.user, reason=holder.token.name)
    return {"batch": batch, "new": receipt.new, "changed": receipt.changed, "unchanged": receipt.unchanged}


def _tidy_file(rows: list[dict[str, Any]]) -> bytes:
    dimensions = sorted({name for row in rows for name in row.get("breakdown", {})})
    text = io.StringIO("# decimal: point\n")
    text.seek(0, io.SEEK_END)
    file = csv.writer(text, delimiter=";", lineterminator="\n")
    file.writerow(["indicator", "area", "period", "value", "missing", "provisional", *dimensions])
    file.writerows(_cells(row, dimensions) for row in rows)
    return text.getvalue().encode()


def _cells(row: dict[str, Any], dimensions: list[str]) -> list[str]:
    value = "" if row["value"] is None else f"{row['value']:f}"
    provisional = "ja" if row["provisional"] else "nej"
    parts = [row.get("breakdown", {}).get(name, "") for name in dimensions]
    return [row["indicator"], row["area"], row["period"], value, row.get("missing") or "", provisional, *parts]
