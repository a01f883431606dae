"""Errors of the API as application/problem+json (RFC 9457), whatever went wrong."""

import logging
from typing import Any

from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

log = logging.getLogger(__name__)
CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: "Forespørgslen kan ikke bruges",
    401: "Nøglen mangler eller gælder ikke",
    403: "Det må nøglen ikke",
    404: "Findes ikke",
    405: "Metoden er ikke tilladt",
    406: "Formatet findes ikke",
    413: "Der er sendt for meget",
    415: "Indholdet skal være JSON",
    422: "Nøglen til gentagelser er brugt",
    429: "For mange forespørgsler",
    500: "Der er sket en fejl hos os",
    503: "Tallene kan ikke nås lige nu",
}


def problem(error: Exception, context: dict) -> Response:
    """What the REST framework answers an exception with."""
    response = exception_handler(error, context) or _unexpected(error, context)
    response.data = body(response.status_code, _detail(response, context["request"]))
    response.data |= {name: getattr(error, name) for name in ("parameter", "allowed", "errors") if hasattr(error, name)}
    response.content_type = CONTENT_TYPE
    return response


@csrf_exempt  # a program shows a key, and no form of ours leads here
def elsewhere(request: HttpRequest, path: str) -> HttpResponse:
    """For addresses under the API that are none: some only lack their last slash, which a writer is told."""
    if not request.path.endswith("/") and request.method in ("GET", "HEAD"):
        return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    return JsonResponse(body(404, _nothing_at(request)), status=404, content_type=CONTENT_TYPE)


def body(status: int, detail: str) -> dict:
    return {"type": "about:blank", "title": TITLES.get(status, TITLES[400]), "status": status, "detail": detail}


def _detail(response: Response, request: Request) -> str:
    if response.status_code == 404:
        return _nothing_at(request)
    return _told(response.data or {"detail": "Prøv igen om lidt."})


def _told(data: Any) -> str:
    """A message, or a serializer's: field → messages, one level or more."""
    if isinstance(data, dict):
        return " ".join(f"{'' if name == 'detail' else f'{name}: '}{_told(part)}" for name, part in data.items())
    return " ".join(map(_told, data)) if isinstance(data, list) else str(data)


def _nothing_at(request: HttpRequest | Request) -> str:
    if not request.path.endswith("/"):
        return f"Der er intet på {request.path}; adresser her ender med en skråstreg: {request.path}/"
    return f"Der er intet på {request.path}, eller det var ikke kendt på det tidspunkt, der spørges til."


def _unexpected(error: Exception, context: dict) -> Response:
    """Logged, and told to whoever listens for crashes, but answered in the API's own form."""
    request = context["request"]._request
    log.error("%s failed", request.path, exc_info=error)
    if isinstance(error, OperationalError):
        return Response(status=503, headers={"Retry-After": "5"})
    got_request_exception.send(sender=None, request=request)
    return Response(status=500)
