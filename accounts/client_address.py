"""Whose machine is asking."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest | None) -> str:
    """Behind the proxy of production the one it saw, which is the last it wrote."""
    if request is None:
        return ""
    seen = request.headers.get("X-Forwarded-For", "") if settings.PRODUCTION else ""
    return (seen.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")).replace(" ", "")[:60]
