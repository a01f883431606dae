"""What HTTP asks of the API: copies and 304 without a query, who may read from where, and how often."""

import hashlib
import math
import time
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from accounts.addresses import address_of
from indicators import data_version
from indicators.data_version import unreachable
from viborg_plan.api_errors import CONTENT_TYPE, body

OURS = ("/api/", "/data/")
LARGEST_COPY = 1 << 20  # bytes
COPY_SECONDS = 300
QUICK = 0.005  # seconds
MINUTE = 60
PUBLIC = "public, max-age=5, must-revalidate"  # what is unpublished must be gone within five seconds
PRIVATE = "private, no-store"
READABLE = "ETag, Link, Retry-After"
KEPT = ("Content-Type", "Content-Disposition", "Content-Encoding", "Content-Length", "Link", "Vary")
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
NEAR_COPIES, NEAR_BYTES = 64, 1 << 17
MOST_COUNTED = 10_000  # addresses and minutes a process remembers
Copy = tuple[bytes, dict[str, str]]

_near: dict[str, Copy] = {}
_asked: dict[str, tuple[int, int]] = {}


class ApiAnswers:
    """Stands before compression, sessions and views: an unchanged or copied answer passes none of them."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(OURS):
            return self.get_response(request)
        response = self._answer(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = READABLE
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return HttpResponse(status=204, headers=PREFLIGHT)
        if request.method not in ("GET", "HEAD"):
            return self._own(request)  # a writer has to see its own change
        with data_version.held() as version:
            if "Authorization" in request.headers:
                return self._own(request)
            return self._shared(request, version) if version else self._fresh(request)

    def _own(self, request: HttpRequest) -> HttpResponseBase:
        """For the one who asks alone: never copied, never kept by anybody."""
        response = _too_often(request) or self.get_response(request)
        response.headers["Cache-Control"] = PRIVATE
        return response

    def _shared(self, request: HttpRequest, version: str) -> HttpResponseBase:
        tag = _tag(request, version)
        if tag in request.headers.get("If-None-Match", ""):
            return _marked(HttpResponse(status=304), tag)
        refused = _too_often(request)
        if refused:
            return refused
        key = f"{tag}{'gzip' in request.headers.get('Accept-Encoding', '')}{request.method}"
        return _copy(key, tag) or self._made(request, key, tag)

    def _made(self, request: HttpRequest, key: str, tag: str) -> HttpResponseBase:
        """What is made as quickly as it is stored is kept in this process alone."""
        begun = time.perf_counter()
        response = self._fresh(request)
        return _keep(response, key, tag, shared=time.perf_counter() - begun > QUICK)

    def _fresh(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)


def _tag(request: HttpRequest, version: str) -> str:
    """Weak, since compressed and plain answers share it."""
    address = (request.scheme, request.get_host(), request.path, request.META.get("QUERY_STRING", ""))
    asked = (version, settings.VERSION, *address, request.headers.get("Accept", ""))
    return f'W/"{hashlib.sha256(repr(asked).encode()).hexdigest()[:24]}"'


def _marked(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = PUBLIC
    patch_vary_headers(response, ["Accept", "Accept-Encoding", "Authorization"])
    return response


def _copy(key: str, tag: str) -> HttpResponseBase | None:
    try:
        kept = _near.get(key) or cache.get(key)
    except unreachable():
        return None
    if kept and key not in _near:
        _keep_near(key, kept)
    return _marked(HttpResponse(kept[0], headers=kept[1]), tag) if kept else None


def _keep(response: HttpResponseBase, key: str, tag: str, *, shared: bool) -> HttpResponseBase:
    """Pages for people are not kept: they may say who is logged in."""
    if response.status_code != 200 or response.headers.get("Content-Type", "").startswith("text/html"):
        return response
    if isinstance(response, HttpResponse) and len(response.content) <= LARGEST_COPY:
        headers = {name: response.headers[name] for name in KEPT if name in response.headers}
        _keep_near(key, (response.content, headers))
        if shared:
            with suppress(*unreachable()):
                cache.set(key, (response.content, headers), COPY_SECONDS)
    return _marked(response, tag)


def _keep_near(key: str, kept: Copy) -> None:
    """In this process too, where it costs no way to the cache; few and small, the oldest goes first."""
    if len(kept[0]) > NEAR_BYTES:
        return
    while len(_near) >= NEAR_COPIES:
        _near.pop(next(iter(_near)), None)
    _near[key] = kept


def _too_often(request: HttpRequest) -> HttpResponseBase | None:
    """At most so many in a minute by the clock. Without a cache nobody counts, and everybody is answered."""
    minute, second = divmod(time.time(), MINUTE)
    key = f"asked:{address_of(request)}:{minute:.0f}"
    try:
        asked = _counted(key)
    except (*unreachable(), ValueError):
        return None
    return _refusal(math.ceil(MINUTE - second)) if asked > settings.API_REQUESTS_PER_MINUTE else None


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


def _refusal(wait: int) -> HttpResponseBase:
    text = f"Der er spurgt mere end {settings.API_REQUESTS_PER_MINUTE} gange på et minut. Prøv igen om {wait} sekunder."
    headers = {"Retry-After": str(wait), "Cache-Control": "no-store"}
    return JsonResponse(body(429, text), status=429, content_type=CONTENT_TYPE, headers=headers)
