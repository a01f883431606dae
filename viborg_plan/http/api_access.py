"""What HTTP asks of the API besides its answers: who may read from where, and how often."""

import math
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from accounts.client_address import address_of
from indicators.data_version import unreachable
from viborg_plan.api_errors import CONTENT_TYPE, body

FOR_PROGRAMS = ("/api/", "/data/")
MINUTE = 60
READABLE = "ETag, Link, Retry-After"
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
MOST_COUNTED = 10_000  # addresses and minutes a process remembers

_asked: dict[str, tuple[int, int]] = {}


def is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith(FOR_PROGRAMS)


class Cors:
    """Any page on the web may read what anybody may read."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_for_programs(request):
            return self.get_response(request)
        preflight = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = HttpResponse(status=204, headers=PREFLIGHT) if preflight else self.get_response(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = READABLE
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


class RateLimit:
    """At most so many in a minute by the clock. Answers that need not be made do not come this far."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return (is_for_programs(request) and _refusal(request)) or self.get_response(request)


def _refusal(request: HttpRequest) -> HttpResponseBase | None:
    """Without a cache nobody counts, and everybody is answered."""
    minute, second = divmod(time.time(), MINUTE)
    try:
        asked = _counted(f"asked:{address_of(request)}:{minute:.0f}")
    except (*unreachable(), ValueError):  # type: ignore[misc]  # a tuple of errors, which is not followed here
        return None
    return _wait(math.ceil(MINUTE - second)) if asked > settings.API_REQUESTS_PER_MINUTE else None


def _counted(key: str) -> int:
    """How often in all processes. Each tells the others of some requests at a time, so the count is a little late."""
    if len(_asked) > MOST_COUNTED:
        _asked.clear()
    own, all_told = _asked.get(key, (0, 0))
    own += 1
    if own >= max(1, settings.API_REQUESTS_PER_MINUTE // 60):
        cache.add(key, 0, 2 * MINUTE)
        own, all_told = 0, cache.incr(key, own)
    _asked[key] = (own, all_told)
    return all_told + own


def _wait(seconds: int) -> HttpResponseBase:
    text = (
        f"Der er spurgt mere end {settings.API_REQUESTS_PER_MINUTE} gange på et minut. Prøv igen om {seconds} sekunder."
    )
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    return JsonResponse(body(429, text), status=429, content_type=CONTENT_TYPE, headers=headers)
