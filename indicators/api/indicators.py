"""The API's part on what is measured: areas, indicators, series and deliveries. The numbers: observations.py."""

from collections import defaultdict
from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers
from rest_framework.reverse import reverse

from indicators import periods
from indicators.api.as_known import AsKnown
from indicators.frame import breakdown_parts, breakdown_text
from indicators.http.parameters import choice, one_of
from indicators.http.viewset import Addresses, NumberField, ReadOnlyViewSet
from indicators.models import Area, AreaMembership, Batch, Break, Indicator, Observation, Series, Source
from indicators.queries.deliveries import counts_of, newest_delivery, shown_deliveries
from indicators.queries.histories import version
from indicators.queries.replaced_series import replaced_by_real
from indicators.queries.series_index import area_codes, indicator_codes, series_index

INDICATOR = one_of("indicator", "En indikators kode.", indicator_codes, example="ledige-pct-befolkning")
AREA = one_of("area", "Et områdes kode: 791 er Viborg, 000 hele landet.", lambda _: area_codes(), example="791")
BREAKDOWN = one_of(
    "breakdown",
    "Opdeling som »alder=18-29;koen=k«; tom for tal, der ikke er opdelt. Uden: alle.",
    lambda internal: series_index(internal).breakdowns,
)
BREAKDOWN_SCHEMA = {"type": "object", "additionalProperties": {"type": "string"}}


class AreaSerializer(serializers.ModelSerializer):
    groups = serializers.SerializerMethodField(help_text="Regioner og grupper, området hører til på dagen.")
    urls = Addresses(series="/api/v1/series/?area={row.code}")

    class Meta:
        model = Area
        fields = ["code", "name", "kind", "groups", "urls"]

    def get_groups(self, area: Area) -> list[str]:
        return self.context["groups"].get(area.pk, [])


class Areas(mixins.ListModelMixin, mixins.RetrieveModelMixin, ReadOnlyViewSet):
    """Lande, regioner, kommuner og kommunegrupper."""

    queryset = Area.objects.all()
    serializer_class = AreaSerializer
    lookup_field = "code"
    filters = (choice("kind", "Områdets art.", Area.Kind.values),)

    def get_queryset(self) -> QuerySet[Any]:
        chosen = {"kind": self.asked["kind"]} if "kind" in self.asked else {}
        return Area.objects.filter(**chosen)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "groups": groups_on(self.day)}


def groups_on(day: date) -> dict[int, list[str]]:
    """Area id → codes of the regions and groups it belonged to on the day."""
    begun, standing = Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
    ties = AreaMembership.objects.filter(begun, standing).order_by("group__code")
    groups: dict[int, list[str]] = defaultdict(list)
    for member, group in ties.values_list("member", "group__code"):
        groups[member].append(group)
    return groups


class BreakSerializer(serializers.ModelSerializer):
    period = serializers.SerializerMethodField()

    class Meta:
        model = Break
        fields = ["period", "reason"]

    def get_period(self, found: Break) -> str:
        return periods.iso(found.period, found.indicator.frequency)


class IndicatorSerializer(serializers.ModelSerializer):
    synthetic = serializers.BooleanField(help_text="Alle dens tal er demotal.")
    breaks = BreakSerializer(many=True)
    trend_threshold = NumberField()
    urls = Addresses(
        page="/indikatorer/{row.code}/",
        series="/api/v1/series/?indicator={row.code}",
        observations="/api/v1/observations/?indicator={row.code}",
    )

    class Meta:
        model = Indicator
        fields = [
            "code", "name", "definition", "population", "unit", "unit_name", "decimals", "direction",
            "accumulation", "frequency", "publisher", "source", "table", "newest_is_provisional",
            "publication_lag", "trend_threshold", "min_count", "breaks", "synthetic", "urls",
        ]  # fmt: skip


class Indicators(AsKnown, mixins.ListModelMixin, mixins.RetrieveModelMixin, ReadOnlyViewSet):
    """Det, der måles: definition, enhed, retning og kilde."""

    queryset = Indicator.objects.public()
    serializer_class = IndicatorSerializer
    lookup_field = "code"

    def get_queryset(self) -> QuerySet[Any]:
        figures = Observation.objects.known_at(version(self.asked.get("as_of")))
        figures = figures.filter(series__indicator=OuterRef("pk"))
        only_made_up = ~Exists(figures.filter(series__synthetic=False)) & Exists(figures)
        visible = Indicator.objects.all() if self.internal else Indicator.objects.public()
        return visible.annotate(synthetic=only_made_up).prefetch_related("breaks__indicator")


class SeriesSerializer(serializers.ModelSerializer):
    indicator = serializers.CharField(source="indicator.code")
    area = serializers.CharField(source="area.code")
    breakdown = serializers.SerializerMethodField()
    unit = serializers.ChoiceField(Indicator.Unit.choices, source="indicator.unit")
    frequency = serializers.CharField(source="indicator.frequency")
    synthetic = serializers.BooleanField(help_text="Demotal: opdigtet for at vise portalen.")
    first = serializers.SerializerMethodField(help_text="Første periode med et tal eller en grund.")
    last = serializers.SerializerMethodField(help_text="Sidste periode.")
    observations = serializers.SerializerMethodField(help_text="Adressen på seriens tal.")
    urls = Addresses(indicator="/api/v1/indicators/{row.indicator.code}/", area="/api/v1/areas/{row.area.code}/")

    class Meta:
        model = Series
        fields = [
            "indicator", "area", "breakdown", "unit", "frequency", "synthetic", "first", "last", "observations",
            "urls",
        ]  # fmt: skip

    @extend_schema_field(BREAKDOWN_SCHEMA)
    def get_breakdown(self, series: Series) -> dict[str, str]:
        return breakdown_parts(series.breakdown)

    def get_first(self, series: Any) -> str | None:
        return _period(series, series.first)

    def get_last(self, series: Any) -> str | None:
        return _period(series, series.last)

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_observations(self, series: Series) -> str:
        key = {"indicator": series.indicator.code, "area": series.area.code, "breakdown": series.breakdown}
        return f"{reverse('api-observations-list', request=self.context['request'])}?{urlencode(key)}"


def _period(series: Series, month: int | None) -> str | None:
    return None if month is None else periods.iso(month, series.indicator.frequency)


class SeriesList(mixins.ListModelMixin, ReadOnlyViewSet):
    """Hvad der findes tal for: en indikator i et område, for én opdeling."""

    queryset = Series.objects.all()
    serializer_class = SeriesSerializer
    filters = (INDICATOR, AREA, BREAKDOWN)

    def rows(self, result: Any) -> Any:
        """With the breakdown as one asks for it."""
        return [result | {"breakdown": breakdown_text(result["breakdown"])}]

    def get_queryset(self) -> QuerySet[Any]:
        batch = newest_delivery(self.asked.get("as_of"))
        replaced = replaced_by_real(batch)
        chosen = [entry.id for entry in series_index(self.internal).chosen(self.asked) if entry.id not in replaced]
        known = Observation.objects.known_at(batch).filter(series=OuterRef("pk"))
        first, last = known.order_by("period"), known.order_by("-period")
        series = Series.objects.filter(id__in=chosen).select_related("indicator", "area")
        begun, ended = Subquery(first.values("period")[:1]), Subquery(last.values("period")[:1])
        return series.annotate(first=begun, last=ended).filter(first__isnull=False).order_by("id")


class ImportSerializer(serializers.ModelSerializer):
    batch = serializers.SerializerMethodField(help_text="Som »batch« på tallene.")
    name = serializers.SerializerMethodField(help_text="Tabel eller forespørgsel hos kilden; tom for filer.")
    undoes = serializers.SerializerMethodField(help_text="Leverancen, denne tog tilbage.")
    known_from = serializers.DateTimeField()
    unchanged = serializers.IntegerField(
        allow_null=True, help_text="null, hvor leverancen også rummer tal, der ikke vises."
    )

    class Meta:
        model = Batch
        fields = ["batch", "known_from", "source", "name", "new", "changed", "withdrawn", "unchanged", "undoes"]

    def to_representation(self, batch: Batch) -> dict[str, Any]:
        """With the counts of what the caller may see."""
        return super().to_representation(batch) | asdict(counts_of(batch, internal=self.context["view"].internal))

    def get_batch(self, batch: Batch) -> str:
        return f"b{batch.pk}"

    def get_name(self, batch: Batch) -> str:
        """What somebody called a file is not for the public."""
        return "" if batch.source in (Source.FILE, Source.API) else batch.name

    def get_undoes(self, batch: Batch) -> str | None:
        return f"b{batch.undoes_id}" if batch.undoes_id else None


class Imports(mixins.ListModelMixin, ReadOnlyViewSet):
    """Leverancer, der ændrede noget: hvornår tallene blev kendt, og hvor mange der var nye eller rettede."""

    queryset = Batch.objects.all()
    serializer_class = ImportSerializer

    def get_queryset(self) -> QuerySet[Any]:
        shown = shown_deliveries(self.internal)
        return Batch.objects.filter(id__in=shown, known_from__lte=self.moment).order_by("-id")
