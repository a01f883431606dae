"""The API's part on what is measured: areas, indicators and observations."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import mixins, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from indicators import periods
from indicators.listing import Place, listing
from indicators.models import Area, AreaMembership, Break, Indicator, Missing, Observation, Series
from indicators.parameters import Parameter, choice, first_period, last_period, one_of, whole
from indicators.reading import version
from indicators.resources import NumberField, Resource


def public_indicators() -> Any:
    return Indicator.objects.public().values_list("code", flat=True)


def areas() -> Any:
    return Area.objects.values_list("code", flat=True)


def public_breakdowns() -> Any:
    public = Series.objects.filter(indicator__visibility=Indicator.Visibility.PUBLIC)
    return public.values_list("breakdown", flat=True).distinct()


INDICATOR = one_of("indicator", "En indikators kode.", public_indicators, example="ledige-pct-befolkning")
AREA = one_of("area", "Et områdes kode: 791 er Viborg, 000 hele landet.", areas, example="791")
BREAKDOWN = one_of(
    "breakdown",
    "Opdeling som »alder=18-29;koen=k«; tom for tal, der ikke er opdelt. Uden: alle.",
    public_breakdowns,
)
CURSOR = Parameter("cursor", "Hvor næste side begynder; står i »next«.", Place.of_cursor)
PAGE, LARGEST_PAGE = 1000, 5000


class AreaSerializer(serializers.ModelSerializer):
    groups = serializers.SerializerMethodField(help_text="Regioner og grupper, området hører til på dagen.")

    class Meta:
        model = Area
        fields = ["code", "name", "kind", "groups"]

    def get_groups(self, area: Area) -> list[str]:
        return self.context["groups"].get(area.pk, [])


class Areas(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Lande, regioner, kommuner og kommunegrupper."""

    queryset = Area.objects.all()
    serializer_class = AreaSerializer
    lookup_field = "code"
    filters = (choice("kind", "Områdets art.", Area.Kind.values),)

    def get_queryset(self):
        chosen = {"kind": self.asked["kind"]} if "kind" in self.asked else {}
        return Area.objects.filter(**chosen)

    def get_serializer_context(self):
        return super().get_serializer_context() | {"groups": groups_on(self.day)}


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

    class Meta:
        model = Indicator
        fields = [
            "code", "name", "definition", "population", "unit", "unit_name", "decimals", "direction",
            "accumulation", "frequency", "publisher", "source", "table", "newest_is_provisional",
            "publication_lag", "trend_threshold", "min_count", "breaks", "synthetic",
        ]  # fmt: skip


class Indicators(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Det, der måles: definition, enhed, retning og kilde."""

    queryset = Indicator.objects.public()
    serializer_class = IndicatorSerializer
    lookup_field = "code"

    def get_queryset(self):
        figures = Observation.objects.known_at(version(self.asked.get("as_of")))
        figures = figures.filter(series__indicator=OuterRef("pk"))
        only_made_up = ~Exists(figures.filter(series__synthetic=False)) & Exists(figures)
        return Indicator.objects.public().annotate(synthetic=only_made_up).prefetch_related("breaks__indicator")


class ObservationSerializer(serializers.Serializer):
    """The shape of an observation, for the documentation: the rows are written by `listing`, which is faster."""

    indicator = serializers.CharField()
    area = serializers.CharField()
    breakdown = serializers.DictField(child=serializers.CharField())
    period = serializers.CharField(help_text="2020-07, 2020-Q3, 2020 eller 2020-QMAT3 (fire kvartaler).")
    value = NumberField(allow_null=True)
    missing = serializers.ChoiceField(
        [(reason.name.lower(), reason.label) for reason in Missing if reason],
        allow_null=True,
        help_text="Hvorfor der ikke er et tal.",
    )
    provisional = serializers.BooleanField(help_text="Tallet ventes at stige ved næste udgivelse.")
    synthetic = serializers.BooleanField(help_text="Demotal: opdigtet for at vise portalen.")
    known_from = serializers.DateTimeField()
    known_to = serializers.DateTimeField(
        allow_null=True, help_text="Hvornår et andet tal trådte i stedet; null, så længe det står."
    )
    source = serializers.CharField()
    batch = serializers.CharField(help_text="Leverancen, tallet kom med.")


@extend_schema_serializer(many=False)
class ObservationPageSerializer(serializers.Serializer):
    results = ObservationSerializer(many=True)
    next = serializers.URLField(allow_null=True, help_text="Næste side; null på den sidste.")


class Observations(Resource):
    """Tallene. Alle sider i en gennemgang viser samme viden, også når der kommer nye tal imens."""

    queryset = Observation.objects.all()
    serializer_class = ObservationPageSerializer
    pagination_class = None
    paging = (whole("limit", f"Højst så mange i svaret; ellers {PAGE}.", least=1, most=LARGEST_PAGE), CURSOR)
    filters = (
        INDICATOR,
        AREA,
        BREAKDOWN,
        first_period("from", "Første periode.", example="2020-01"),
        last_period("to", "Sidste periode, inklusive.", example="2020-12"),
    )

    def list(self, request: Request) -> Response:
        page = listing(self.asked, self.asked.get("limit", PAGE))
        address = request.build_absolute_uri()
        further = replace_query_param(address, "cursor", page.next.cursor) if page.next else None
        return Response({"results": page.results, "next": further})
