"""The API's part on how plans are built: themes and objectives."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers

from goals.api.plans import PLAN_WITH_OBJECTIVES
from goals.models import Objective, ObjectiveTarget, Priority, Theme
from indicators.api.as_known import AsKnown
from indicators.as_known import made_later, put_back
from indicators.http.viewset import Addresses, NumberField, ReadOnlyViewSet


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

    def get_queryset(self) -> QuerySet[Any]:
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

    def get_queryset(self) -> QuerySet[Any]:
        chosen = {"theme__plan__slug": self.asked["plan"]} if "plan" in self.asked else {}
        known = Objective.objects.valid_on(self.day).filter(theme__plan__known_from__lte=self.day, **chosen)
        whole = known.select_related("theme__plan").prefetch_related("targets", "priorities")
        return whole.order_by("theme__plan__year", "theme__plan__slug", "theme__number", "number", "id")

    def paginate_queryset(self, queryset: Any) -> Any:
        """Wordings follow each other; what is known of their priority, and what a file says of them, may change."""
        found = super().paginate_queryset(queryset) or []
        put_back(found, self.asked.get("as_of"))
        return found
