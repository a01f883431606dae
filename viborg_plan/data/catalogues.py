"""What there is to fetch, told to people, to data portals (DCAT as JSON-LD) and to programs (datapackage.json)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from indicators.api.synthetic import Kind, kinds_now, notes, source_of
from indicators.files.xlsx_stream import MEDIA_TYPE
from indicators.models import Indicator
from indicators.queries.deliveries import deliveries, newest_delivery
from viborg_plan.api_errors import CONTENT_TYPE, body
from viborg_plan.data.changelog import CHANGES

PUBLISHER = "Viborg Kommune"
LD_JSON = "application/ld+json"
MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonstat": "application/json",
    "xlsx": MEDIA_TYPE,
}
FORMS = ("dcat", "datapackage")
FREQUENCIES = {"M": "MONTHLY", "Q": "QUARTERLY", "H": "ANNUAL_2", "Y": "ANNUAL", "QMAT": "QUARTERLY"}
EUROPE = "http://publications.europa.eu/resource/authority"
FIELDS = [
    ("indicator", "string", "Indikatorens kode."),
    ("area", "string", "Områdets kode; 791 er Viborg, 000 hele landet."),
    ("breakdown", "string", "Opdeling som »alder=18-29«; tom for det hele."),
    ("period", "string", "2020-07, 2020-Q3, 2020 eller 2020-QMAT3."),
    ("value", "number", "Tallet, med decimalkomma."),
    ("missing", "string", "Hvorfor der ikke er et tal."),
    ("provisional", "boolean", "Foreløbigt."),
    ("synthetic", "boolean", "Demotal: opdigtet for at vise portalen."),
    ("known_from", "datetime", "Hvornår tallet blev kendt."),
    ("known_to", "datetime", "Hvornår et andet trådte i stedet; tom, så længe det står."),
    ("source", "string", "Hvor det kom fra."),
    ("batch", "string", "Leverancen, det kom med."),
]


def data(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {"host": request.build_absolute_uri("/").rstrip("/"), "licence": settings.DATA_LICENCE}
    context |= {"limit": settings.API_REQUESTS_PER_MINUTE, "changes": CHANGES}
    return render(request, "portal/data.html", context)


def catalog(request: HttpRequest) -> JsonResponse:
    """DCAT; `format=datapackage` for Frictionless."""
    form = request.GET.get("format", FORMS[0])
    if form not in FORMS or set(request.GET) - {"format"}:
        problem = body(400, f"Tilladt: format={', format='.join(FORMS)}.") | {"parameter": "format", "allowed": FORMS}
        return JsonResponse(problem, status=400, content_type=CONTENT_TYPE)
    return datapackage(request) if form == "datapackage" else dcat(request)


def dcat(request: HttpRequest) -> JsonResponse:
    at = request.build_absolute_uri
    told = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        },
        "@id": at(reverse("data-katalog")),
        "@type": "dcat:Catalog",
        "dct:title": "Tal i Viborg Kommunes beskæftigelsesplan",
        "dct:language": {"@id": f"{EUROPE}/language/DAN"},
        "dct:publisher": _publisher(),
        "dct:license": {"@id": settings.DATA_LICENCE},
        "dct:modified": _modified(),
        "dcat:dataset": [_dataset(indicator, kind, at) for indicator, kind in _published()],
    }
    return JsonResponse(told, content_type=LD_JSON)


def _published() -> list[tuple[Indicator, Kind]]:
    """The indicators that all may see, and whether their figures are made up."""
    kinds = kinds_now()
    return [(indicator, kinds.get(indicator.code, False)) for indicator in Indicator.objects.public()]


def _title(indicator: Indicator, kind: Kind) -> str:
    endings: dict[Kind, str] = {True: " (demotal)", "mixed": " (delvis demotal)"}
    return f"{indicator.name}{endings.get(kind, '')}"


def _description(indicator: Indicator, kind: Kind) -> str:
    return " ".join([indicator.definition, *notes(kind)])


def _origin(indicator: Indicator, kind: Kind) -> dict[str, Any]:
    """Who made the figures; what is made up is laid to nobody."""
    if kind is False:
        return {"dct:creator": {"@type": "foaf:Organization", "foaf:name": indicator.publisher}}
    return {"dct:provenance": {"@type": "dct:ProvenanceStatement", "rdfs:label": source_of(indicator, kind)}}


def _dataset(indicator: Indicator, kind: Kind, at: Any) -> dict[str, Any]:
    return {
        "@id": at(reverse("indikator", args=[indicator.code])),
        "@type": "dcat:Dataset",
        "dct:identifier": indicator.code,
        "dct:title": _title(indicator, kind),
        "dct:description": _description(indicator, kind),
        **_origin(indicator, kind),
        "dct:publisher": _publisher(),
        "dct:license": {"@id": settings.DATA_LICENCE},
        "dct:accrualPeriodicity": {"@id": f"{EUROPE}/frequency/{FREQUENCIES[indicator.frequency]}"},
        "dcat:landingPage": {"@id": at(reverse("indikator", args=[indicator.code]))},
        "dcat:distribution": [_distribution(indicator, form, at) for form in MEDIA],
    }


def _distribution(indicator: Indicator, form: str, at: Any) -> dict[str, Any]:
    address = at(_address(indicator, form))
    return {
        "@type": "dcat:Distribution",
        "dct:title": form,
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": MEDIA[form],
        "dct:license": {"@id": settings.DATA_LICENCE},
    }


def datapackage(request: HttpRequest) -> JsonResponse:
    told = {
        "profile": "tabular-data-package",
        "name": "viborg-beskaeftigelsesplan",
        "title": "Tal i Viborg Kommunes beskæftigelsesplan",
        "licenses": [{"path": settings.DATA_LICENCE, "title": "Licens"}],
        "sources": [{"title": name} for name in sorted({source_of(*published) for published in _published()})],
        "resources": [_resource(indicator, kind, request) for indicator, kind in _published()],
    }
    return JsonResponse(told)


def _resource(indicator: Indicator, kind: Kind, request: HttpRequest) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": indicator.code,
        "title": _title(indicator, kind),
        "description": _description(indicator, kind),
        "sources": [{"title": source_of(indicator, kind)}],
        "synthetic": kind,
        "path": request.build_absolute_uri(_address(indicator, "csv")),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ";"},
        "schema": {"fields": _fields(), "primaryKey": ["indicator", "area", "breakdown", "period"]},
    }


def _fields() -> list[dict[str, str]]:
    fields = [{"name": name, "type": kind, "description": text} for name, kind, text in FIELDS]
    return [field | ({"decimalChar": ","} if field["type"] == "number" else {}) for field in fields]


def _address(indicator: Indicator, form: str) -> str:
    return f"{reverse('api-observations-list')}?indicator={indicator.code}&format={form}"


def _publisher() -> dict[str, str]:
    return {"@type": "foaf:Organization", "foaf:name": PUBLISHER}


def _modified() -> str | None:
    newest = deliveries().get(newest_delivery())
    return timezone.localtime(newest.known_from).date().isoformat() if newest else None
