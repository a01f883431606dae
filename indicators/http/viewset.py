"""What all parts of the API have in common: reading only, strict parameters, pages, and numbers as numbers."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.exceptions import NotAcceptable
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens import Holder
from indicators.as_of import show_rows_at
from indicators.http import parameters
from indicators.http.list_files import KINDS, as_file
from indicators.http.parameters import Parameter

DEFAULT_LIMIT, MAX_LIMIT = 200, 1000
JSON, PROBLEM = "application/json", "application/problem+json"
LARGEST_FILE = 100_000  # rows; there are more only in figures, whose files are made elsewhere
LIMIT = parameters.whole(
    "limit", f"Højst så mange i svaret; ellers {DEFAULT_LIMIT} i json og alle i filer.", least=1, most=MAX_LIMIT
)
OFFSET = parameters.whole("offset", "Spring så mange over.", least=0, most=1_000_000)


class Pages(LimitOffsetPagination):
    default_limit, max_limit = DEFAULT_LIMIT, MAX_LIMIT

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> Any:
        """A file is whole unless a limit was asked for."""
        self.default_limit = DEFAULT_LIMIT if getattr(view, "form", "json") == "json" else LARGEST_FILE
        return super().paginate_queryset(queryset, request, view)

    def get_paginated_response_schema(self, schema: dict) -> dict:
        """In the words of OpenAPI 3.1; the framework's own are those of 3.0."""
        address = {"type": ["string", "null"], "format": "uri"}
        properties = {"count": {"type": "integer"}, "next": address, "previous": address, "results": schema}
        return {"type": "object", "required": list(properties), "properties": properties}


class NothingAccepted(NotAcceptable):
    """Of a request whose `Accept` names no form there is; `allowed` are those."""

    def __init__(self, kinds: Iterable[str]) -> None:
        self.parameter, self.allowed = "Accept", list(kinds)
        super().__init__(f"Accept: der er kun {', '.join(self.allowed)}.")


class ProblemInBodySerializer(serializers.Serializer):
    """One thing that is wrong with what was sent."""

    pointer = serializers.CharField(help_text="JSON pointer til stedet, fx /observations/0/period.")
    detail = serializers.CharField()
    allowed = serializers.ListField(child=serializers.CharField(), required=False)


class ProblemSerializer(serializers.Serializer):
    """What every error is told as; see viborg_plan.api_errors."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    parameter = serializers.CharField(required=False)
    allowed = serializers.ListField(child=serializers.CharField(), required=False)
    errors = ProblemInBodySerializer(many=True, required=False)  # type: ignore[assignment]  # becomes a field


def problems_for(*codes: int) -> dict[tuple[int, str], Any]:
    """With the one that is the web server's own: a line of more than 4094 characters."""
    told = {(code, "application/problem+json"): ProblemSerializer for code in codes}
    return {**told, (414, "text/html"): OpenApiTypes.STR}


class ParameterSchema(AutoSchema):
    """Documents the parameters that the resource reads, so that the two cannot differ."""

    @property
    def resource(self) -> "ReadOnlyViewSet":
        if not isinstance(self.view, ReadOnlyViewSet):
            raise TypeError(f"{self.view} is no part of the API")
        return self.view

    def get_response_serializers(self) -> Any:
        told = getattr(self.view, "documented", None) or super().get_response_serializers()
        answers: dict[Any, Any] = {200: told, **problems_for(400, 401, 404, 429)}  # code, or code and media type
        if self.resource.action == "list":
            answers |= {(200, kind): OpenApiTypes.BINARY for kind in self.resource.media_types()}
        return answers

    def _is_list_view(self, serializer: Any = None) -> bool:
        if hasattr(self.view, "documented"):
            return False
        return super()._is_list_view(serializer or super().get_response_serializers())

    def get_override_parameters(self) -> list[Any]:
        return [_documented(parameter) for parameter in self.resource.parameters()]


def _documented(parameter: Parameter) -> OpenApiParameter:
    example = [OpenApiExample(parameter.example, value=parameter.example)] if parameter.example else []
    schema = parameter.schema_now()
    return OpenApiParameter(parameter.name, schema, description=parameter.description, examples=example)


class ReadOnlyViewSet(viewsets.GenericViewSet):
    """A part of the API. A list takes its own `filters` besides what all take."""

    http_method_names = ["get", "head", "options"]
    serializer_class: type[serializers.Serializer]
    schema = ParameterSchema()
    pagination_class: Any = Pages
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    filters: tuple[Parameter, ...] = ()
    paging: tuple[Parameter, ...] = (LIMIT, OFFSET)
    formats: tuple[str, ...] = ("json", "csv", "xlsx")
    asked: dict[str, Any] = {}
    preferred = "json"

    def parameters(self) -> list[Parameter]:
        if self.action not in ("list", "retrieve"):
            return []
        listed = self.action == "list"
        listing = [*self.filters, *self.paging] if listed else []
        return [*listing, parameters.AS_OF, parameters.formats(self.formats if listed else ("json",))]

    @classmethod
    def media_types(cls) -> list[str]:
        """Of a list, besides JSON."""
        return [kind for form, kind in KINDS.items() if form in cls.formats]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who asks is found out first, since it decides which codes there are."""
        super().initial(request, *args, **kwargs)
        if self.action is None or request.method == "OPTIONS":
            return
        self.asked = parameters.read(request.query_params, self.parameters(), internal=self.internal)
        show_rows_at(self.asked.get("as_of"))

    def options(self, request: HttpRequest | Request, *args: Any, **kwargs: Any) -> Response:
        return Response(status=204)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """JSON or, of a list, the file that `Accept` prefers; `format` counts for more."""
        renderer = JSONRenderer()
        kinds = {JSON: "json", PROBLEM: "json"}
        if getattr(self, "action", None) == "list":
            kinds |= {KINDS[form].partition(";")[0]: form for form in self.formats if form in KINDS}
        preferred = request._request.get_preferred_type(list(kinds))
        self.preferred = kinds.get(preferred or "", "json")
        if preferred is None and "format" not in request.query_params and not force:
            raise NothingAccepted(kinds)
        return renderer, renderer.media_type

    @property
    def form(self) -> str:
        return self.asked.get("format", self.preferred)

    @property
    def internal(self) -> bool:
        """May the caller see figures that are not for the public?"""
        return isinstance(self.request.auth, Holder) and self.request.auth.may_read_internal

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        pages = answer.data if isinstance(getattr(answer, "data", None), dict) else {}
        if links := link_header(pages.get("next"), pages.get("previous")):
            answer["Link"] = links
        if self.form == "json" or "results" not in pages:
            return answer
        return self._as_file(pages["results"], links)

    def _as_file(self, results: list[dict[str, Any]], links: str) -> HttpResponseBase:
        names = self.columns()
        rows = [{name: row[name] for name in names} for result in results for row in self.rows(result)]
        answer = as_file(self.basename.removeprefix("api-"), self.form, names, rows)
        if links:
            answer["Link"] = links
        return answer

    def columns(self) -> list[str]:
        """Of a file: the fields of a result, its addresses left out."""
        serializer = self.get_serializer()
        fields = serializer.fields if isinstance(serializer, serializers.Serializer) else {}
        return [name for name, field in fields.items() if not isinstance(field, Addresses)]

    def rows(self, result: dict[str, Any]) -> Iterable[dict[str, Any]]:
        """Of a file: one for a result, unless its parts are what a reader counts."""
        return [result]

    @property
    def moment(self) -> datetime:
        return self.asked.get("as_of") or timezone.now()

    @property
    def day(self) -> date:
        return timezone.localtime(self.moment).date()


def link_header(further: str | None, back: str | None = None) -> str:
    """Where the pages around this one are (RFC 8288)."""
    links = {"next": further, "prev": back}
    return ", ".join(f'<{address}>; rel="{relation}"' for relation, address in links.items() if address)


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string", "format": "uri-reference"}})
class Addresses(serializers.Field):
    """Name → address of what a row belongs to; what it does not have is left out.

    Each is written with the row's own parts: "/planer/{row.plan.slug}/".
    """

    def __init__(self, **places: str) -> None:
        super().__init__(source="*", read_only=True, help_text="Adresser på det, den hører sammen med.")
        self.places = places

    def to_representation(self, row: Any) -> dict[str, str]:
        request = self.context.get("request")
        root = request.build_absolute_uri("/").rstrip("/") if request else ""
        found = {name: _filled(place, row) for name, place in self.places.items()}
        return {name: root + address for name, address in found.items() if address}


def _filled(place: str, row: Any) -> str | None:
    try:
        return place.format(row=row)
    except AttributeError:  # a part of it is None
        return None


class NumberField(serializers.FloatField):
    """An exact decimal as a JSON number; one with at most 14 digits survives as a float unchanged."""

    def to_representation(self, value: Any) -> Any:
        return number(value)


def number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def instant(moment: datetime) -> str:
    """With Copenhagen's zone: "2020-09-01T06:00:00+02:00"."""
    return timezone.localtime(moment).isoformat()
