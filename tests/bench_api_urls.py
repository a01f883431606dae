"""For `make bench`: the portal's addresses, and beside them what the REST framework makes without further thought."""

from django.urls import path
from rest_framework import serializers, viewsets

from indicators.models import Observation
from viborg_plan.urls import urlpatterns as portal


class PlainSerializer(serializers.ModelSerializer):
    indicator = serializers.CharField(source="series.indicator.code")
    area = serializers.CharField(source="series.area.code")
    breakdown = serializers.CharField(source="series.breakdown")
    synthetic = serializers.BooleanField(source="series.synthetic")
    known_from = serializers.DateTimeField(source="batch_from.known_from")
    source = serializers.CharField(source="batch_from.source")

    class Meta:
        model = Observation
        fields = [
            "indicator", "area", "breakdown", "period", "value", "missing",
            "provisional", "synthetic", "known_from", "source",
        ]  # fmt: skip


class Plain(viewsets.ModelViewSet):
    serializer_class = PlainSerializer

    def get_queryset(self):
        found = Observation.objects.current().select_related("series__indicator", "series__area", "batch_from")
        return found.filter(series__indicator__code="bench", series__breakdown=self.request.GET["breakdown"])


# Of an address that is never copied.
urlpatterns = [path("__plain/", Plain.as_view({"get": "list"})), *portal]
