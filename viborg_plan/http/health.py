"""Is the portal alive, does it reach its database, which version is it? For load balancers and people on call."""

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.urls import path


def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:  # DatabaseError does not cover a connection that was lost
        return JsonResponse({"status": "database unreachable"}, status=503, headers={"Retry-After": "5"})
    return JsonResponse({"status": "ok"})


def version(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"version": settings.VERSION})


urlpatterns = [
    path("__lbheartbeat__", alive, name="alive"),
    path("__heartbeat__", ready, name="ready"),
    path("__version__", version, name="version"),
]
