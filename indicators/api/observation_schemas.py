"""The shapes an answer with observations has, for the documentation: the answers are written by faster hands."""

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from indicators.http.viewset import NumberField
from indicators.missing import MissingReason


class ObservationSerializer(serializers.Serializer):
    """The shape of an observation, for the documentation: the rows are written by `listing`, which is faster."""

    indicator = serializers.CharField()
    area = serializers.CharField()
    breakdown = serializers.DictField(child=serializers.CharField())
    period = serializers.CharField(help_text="2020-07, 2020-Q3, 2020 eller 2020-QMAT3 (fire kvartaler).")
    value = NumberField(allow_null=True)
    missing = serializers.ChoiceField(
        [(reason.name.lower(), reason.label) for reason in MissingReason if reason],
        allow_null=True,
        help_text="Hvorfor der ikke er et tal.",
    )
    provisional = serializers.BooleanField(help_text="Tallet ventes at stige ved næste udgivelse.")
    synthetic = serializers.BooleanField(help_text="Demotal: opdigtet for at vise portalen.")
    known_from = serializers.DateTimeField()
    known_to = serializers.DateTimeField(
        allow_null=True, help_text="Hvornår et andet tal trådte i stedet; null, så længe det står."
    )
    source = serializers.CharField()  # type: ignore[assignment]  # becomes a field
    batch = serializers.CharField(help_text="Leverancen, tallet kom med.")


class ObservationPageSerializer(serializers.Serializer):
    """format=json."""

    results = ObservationSerializer(many=True)
    next = serializers.URLField(allow_null=True, help_text="Næste side; null på den sidste.")


class ColumnarSeriesSerializer(serializers.Serializer):
    """A series; `period`, `value` and `batch` are equally long."""

    indicator = serializers.CharField()
    area = serializers.CharField()
    breakdown = serializers.DictField(child=serializers.CharField())
    synthetic = serializers.BooleanField()
    frequency = serializers.CharField()
    missing = serializers.DictField(child=serializers.CharField(), help_text="Periode → hvorfor der ikke er et tal.")
    provisional = serializers.ListField(child=serializers.CharField(), help_text="Perioder med foreløbige tal.")
    period = serializers.ListField(child=serializers.CharField())
    value = serializers.ListField(child=NumberField(allow_null=True))
    batch = serializers.ListField(child=serializers.CharField())


class ColumnarBatchSerializer(serializers.Serializer):
    known_from = serializers.DateTimeField()
    source = serializers.CharField()  # type: ignore[assignment]  # becomes a field


class ColumnarSerializer(serializers.Serializer):
    """format=columnar: an object a series, for many numbers at once."""

    series = ColumnarSeriesSerializer(many=True)
    batches = serializers.DictField(child=ColumnarBatchSerializer(), help_text="Leverance → hvornår den kom.")


class JsonStatSerializer(serializers.Serializer):
    """format=jsonstat: JSON-stat 2.0."""

    version = serializers.ChoiceField(["2.0"])
    label = serializers.CharField()  # type: ignore[assignment]  # becomes a field
    source = serializers.CharField()  # type: ignore[assignment]  # becomes a field
    href = serializers.URLField()
    note = serializers.ListField(child=serializers.CharField())
    extension = serializers.DictField()
    id = serializers.ListField(child=serializers.CharField())
    size = serializers.ListField(child=serializers.IntegerField())
    dimension = serializers.DictField()
    role = serializers.DictField()
    value = serializers.DictField(child=NumberField(allow_null=True))
    status = serializers.DictField(child=serializers.CharField())

    def get_fields(self) -> dict[str, serializers.Field]:
        """`class` is a word of Python's."""
        return super().get_fields() | {"class": serializers.ChoiceField(["dataset"])}


ANSWER = PolymorphicProxySerializer(
    "ObservationAnswer", [ObservationPageSerializer, ColumnarSerializer, JsonStatSerializer], None, many=False
)
