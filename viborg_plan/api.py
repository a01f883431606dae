"""The JSON API's addresses, its OpenAPI schema, and the page that explains it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, re_path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.plumbing import get_doc
from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import DefaultRouter

from goals.api.measured_observations import MeasuredObservations
from goals.api.objectives import Objectives, Themes
from goals.api.plans import Goals, Plans, Targets
from hearings.api import Hearings
from indicators.api.indicators import Areas, Imports, Indicators, SeriesList
from indicators.data_version import cached_per_version
from indicators.http.parameters import NAMED_IN_THE_TEXT
from indicators.http.viewset import ReadOnlyViewSet
from initiatives.api import Initiatives, Partners, StatusUpdates
from reports.api import Reports
from viborg_plan.api_errors import elsewhere

EVERYWHERE = ("as_of", "format")  # the page explains them once

router = DefaultRouter()
router.include_format_suffixes = False
router.register("plans", Plans, basename="api-plans")
router.register("goals", Goals, basename="api-goals")
router.register("targets", Targets, basename="api-targets")
router.register("indicators", Indicators, basename="api-indicators")
router.register("areas", Areas, basename="api-areas")
router.register("series", SeriesList, basename="api-series")
router.register("observations", MeasuredObservations, basename="api-observations")
router.register("imports", Imports, basename="api-imports")
router.register("themes", Themes, basename="api-themes")
router.register("objectives", Objectives, basename="api-objectives")
router.register("initiatives", Initiatives, basename="api-initiatives")
router.register("partners", Partners, basename="api-partners")
router.register("status-updates", StatusUpdates, basename="api-status-updates")
router.register("hearings", Hearings, basename="api-hearings")
router.register("reports", Reports, basename="api-reports")


class SchemaView(SpectacularAPIView):
    """JSON for whoever does not ask for YAML."""

    renderer_classes = [OpenApiJsonRenderer2, OpenApiYamlRenderer]


def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/api.html", {"endpoints": endpoints()})


@cached_per_version
def endpoints() -> list[dict[str, Any]]:
    """The schema's operations as the page lists them."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return [_endpoint(schema, address, operations["get"]) for address, operations in schema["paths"].items()]


def descriptions() -> Iterator[str]:
    """The schema's texts that the page shows. The schema says them in Danish, the page in its reader's language."""
    for _, resource, _ in router.registry:
        if not issubclass(resource, ReadOnlyViewSet):
            continue
        fields = resource.serializer_class().fields.values()
        yield get_doc(resource)
        yield from (parameter.description for parameter in (*resource.filters, *resource.paging))
        yield from (_first_line(str(field.help_text)) for field in fields if field.help_text)


def _endpoint(schema: dict, address: str, operation: dict) -> dict[str, Any]:
    own = [p for p in operation["parameters"] if p["in"] == "query" and p["name"] not in EVERYWHERE]
    of_one = "{" in address  # told as in the list
    return {
        "path": address,
        "text": operation["description"],
        "parameters": [{"name": p["name"], "text": p["description"], "words": _few(p)} for p in own],
        "example": "" if of_one else _example(address, own),
        "fields": [] if of_one else _fields(schema, operation),
    }


def _few(parameter: dict) -> list[str]:
    """The words allowed, where they can be read: a longer list is in the schema and in each refusal."""
    words = parameter["schema"].get("enum", [])
    return words if len(words) <= NAMED_IN_THE_TEXT else []


def _example(address: str, parameters: list[dict]) -> str:
    """An address to try, made of the parameters' own examples, as known now."""
    chosen = {p["name"]: next(iter(p["examples"].values()))["value"] for p in parameters if "examples" in p}
    return f"{address}?{urlencode(chosen)}".rstrip("?")


def _fields(schema: dict, operation: dict) -> list[dict[str, Any]]:
    """The names and explanations of what one result holds."""
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    answer = _resolved(schema, answer)
    properties = _resolved(schema, answer["oneOf"][0] if "oneOf" in answer else answer)["properties"]
    if "results" in properties:
        properties = _resolved(schema, properties["results"]["items"])["properties"]
    return [{"name": name, "text": _first_line(field.get("description", ""))} for name, field in properties.items()]


def _first_line(description: str) -> str:
    """Without the list of words that the schema adds below."""
    return description.partition("\n")[0]


def _resolved(schema: dict, part: dict) -> dict:
    return schema["components"]["schemas"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part


urlpatterns = [
    path("schema/", SchemaView.as_view(), name="api-schema"),
    *router.urls,
    re_path(r"^(?P<path>[\s\S]+)$", elsewhere),
]
