"""What all parts of the API have in common: reading only, strict parameters, pages, and numbers as numbers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers, viewsets
from rest_framework.pagination import LimitOffsetPagination

from indicators import parameters
from indicators.parameters import Parameter

DEFAULT_LIMIT, MAX_LIMIT = 200, 1000
LIMIT = parameters.whole(
    "limit", f"Højst så mange i svaret; {DEFAULT_LIMIT}, hvis intet er skrevet.", least=1, most=MAX_LIMIT
)
OFFSET = parameters.whole("offset", "Spring så mange over.", least=0, most=1_000_000)


class Pages(LimitOffsetPagination):
    default_limit, max_limit = DEFAULT_LIMIT, MAX_LIMIT

    def get_paginated_response_schema(self, schema: dict) -> dict:
        """In the words of OpenAPI 3.1; the framework's own are those of 3.0."""
        address = {"type": ["string", "null"], "format": "uri"}
        properties = {"count": {"type": "integer"}, "next": address, "previous": address, "results": schema}
        return {"type": "object", "required": list(properties), "properties": properties}


class ProblemSerializer(serializers.Serializer):
    """What every error is told as; see viborg_plan.api_errors."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    parameter = serializers.CharField(required=False)
    allowed = serializers.ListField(child=serializers.CharField(), required=False)


class ParameterSchema(AutoSchema):
    """Documents the parameters that the resource reads, so that the two cannot differ."""

    def get_response_serializers(self):
        problems = {(code, "application/problem+json"): ProblemSerializer for code in (400, 404)}
        return {200: super().get_response_serializers(), **problems}

    def get_override_parameters(self):
        return [_documented(parameter) for parameter in self.view.parameters()]


def _documented(parameter: Parameter) -> OpenApiParameter:
    example = [OpenApiExample(parameter.example, value=parameter.example)] if parameter.example else []
    return OpenApiParameter(parameter.name, parameter.schema, description=parameter.description, examples=example)


class Resource(viewsets.GenericViewSet):
    """A part of the API. A list takes its own `filters` besides what all take."""

    http_method_names = ["get", "head", "options"]
    schema = ParameterSchema()
    pagination_class: Any = Pages
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    filters: tuple[Parameter, ...] = ()
    paging: tuple[Parameter, ...] = (LIMIT, OFFSET)
    asked: dict[str, Any] = {}

    def parameters(self) -> list[Parameter]:
        listing = [*self.filters, *self.paging] if self.action == "list" else []
        return [*listing, parameters.AS_OF, parameters.FORMAT]

    def initial(self, request, *args, **kwargs):
        """Refuses before anything else looks at the parameters."""
        if request.method in ("GET", "HEAD"):
            self.asked = parameters.read(request.query_params, self.parameters())
        super().initial(request, *args, **kwargs)

    @property
    def moment(self) -> datetime:
        return self.asked.get("as_of") or timezone.now()

    @property
    def day(self) -> date:
        return timezone.localtime(self.moment).date()


class NumberField(serializers.FloatField):
    """An exact decimal as a JSON number; one with at most 14 digits survives as a float unchanged."""

    def to_representation(self, value: Decimal) -> int | float:
        return number(value)


def number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def instant(moment: datetime) -> str:
    """With Copenhagen's zone: "2020-09-01T06:00:00+02:00"."""
    return timezone.localtime(moment).isoformat()
