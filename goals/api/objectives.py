"""The API's part on how plans are built: themes and objectives; and the numbers a plan's measures read."""

from typing import Any

from rest_framework import mixins, serializers

from goals.api.as_known import AsKnown
from goals.api.plans import PLAN_WITH_OBJECTIVES
from goals.as_known import as_known, made_later
from goals.models import Measure, Objective, ObjectiveTarget, Priority, Theme
from indicators.api.observations import Observations
from indicators.data_version import cached_per_version
from indicators.http.parameters import Parameter
from indicators.http.viewset import Addresses, NumberField, ReadOnlyViewSet
from indicators.queries.series_index import PUBLIC


class ThemeSerializer(serializers.ModelSerializer):
    plan = serializers.CharField(source="plan.slug")
    urls = Addresses(plan="/api/v1/plans/{row.plan.slug}/", objectives="/api/v1/objectives/?plan={row.plan.slug}")

    class Meta:
        model = Theme
        fields = ["plan", "number", "name", "vision", "note", "urls"]


class Themes(AsKnown, mixins.ListModelMixin, ReadOnlyViewSet):
    """Temaerne, som målsætningerne er samlet under."""

    queryset = Theme.objects.all()
    serializer_class = ThemeSerializer
    filters = (PLAN_WITH_OBJECTIVES,)

    def get_queryset(self):
        chosen = {"plan__slug": self.asked["plan"]} if "plan" in self.asked else {}
        known = Theme.objects.filter(plan__known_from__lte=self.day, **chosen).select_related("plan")
        there = known.exclude(made_later(Theme, "pk", self.moment))
        return there.order_by("plan__year", "plan__slug", "number")


class ObjectiveTargetSerializer(serializers.ModelSerializer):
    value = NumberField()

    class Meta:
        model = ObjectiveTarget
        fields = ["value", "unit", "year", "what", "better", "note"]


class PrioritySerializer(serializers.ModelSerializer):
    prioritised = serializers.BooleanField(allow_null=True, help_text="null: ikke oplyst.")

    class Meta:
        model = Priority
        fields = ["year", "prioritised", "confidence"]


class ObjectiveSerializer(serializers.ModelSerializer):
    plan = serializers.CharField(source="theme.plan.slug")
    theme = serializers.IntegerField(source="theme.number")
    valid_from = serializers.DateField(allow_null=True, help_text="Ordlyden gælder fra; null: ikke oplyst.")
    valid_to = serializers.DateField(allow_null=True, help_text="Til og med; null: indtil videre.")
    targets = ObjectiveTargetSerializer(many=True, help_text="Tal, som teksten selv nævner.")
    priorities = PrioritySerializer(many=True)
    urls = Addresses(plan="/api/v1/plans/{row.theme.plan.slug}/", page="/planer/{row.theme.plan.slug}/")

    class Meta:
        model = Objective
        fields = ["plan", "theme", "number", "name", "valid_from", "valid_to", "targets", "priorities", "urls"]


class Objectives(mixins.ListModelMixin, ReadOnlyViewSet):
    """Målsætningerne i den ordlyd, der gjaldt på dagen."""

    queryset = Objective.objects.all()
    serializer_class = ObjectiveSerializer
    filters = (PLAN_WITH_OBJECTIVES,)

    def get_queryset(self):
        chosen = {"theme__plan__slug": self.asked["plan"]} if "plan" in self.asked else {}
        known = Objective.objects.valid_on(self.day).filter(theme__plan__known_from__lte=self.day, **chosen)
        whole = known.select_related("theme__plan").prefetch_related("targets", "priorities")
        return whole.order_by("theme__plan__year", "theme__plan__slug", "theme__number", "number", "id")

    def paginate_queryset(self, queryset):
        """Wordings follow each other and are never changed; what is known of their priority is."""
        found = super().paginate_queryset(queryset)
        as_known([p for objective in found for p in objective.priorities.all()], self.asked.get("as_of"))
        return found


@cached_per_version
def measured(internal: bool = False) -> dict[str, frozenset[tuple[str, str, str]]]:
    """Measure → the series it reads; plans that use the same code may read different ones."""
    visible = {} if internal else {"indicator__visibility": PUBLIC}
    found = Measure.objects.filter(indicator__isnull=False, area__isnull=False, **visible)
    found = found.filter(goal__plan__known_from__isnull=False)
    keys: dict[str, set[Any]] = {}
    for code, *key in found.values_list("code", "indicator__code", "area__code", "breakdown"):
        keys.setdefault(code, set()).add(tuple(key))
    return {code: frozenset(series) for code, series in keys.items()}


class MeasureParameter(Parameter):
    """Names a measure, means its series."""

    def value_of(self, text: str, *, internal: bool = False) -> Any:
        return measured(internal)[super().value_of(text, internal=internal)]


MEASURE = MeasureParameter(
    "measure", "Et målepunkts kode: tallene, det bedømmes på.", str, codes=lambda i: measured(i).keys()
)


class MeasuredObservations(Observations):
    filters = (*Observations.filters, MEASURE)


MeasuredObservations.__doc__ = Observations.__doc__
