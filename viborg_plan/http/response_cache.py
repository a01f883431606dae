"""Copies and 304: what everybody may read is made once, and costs no query until something is written.

An answer to somebody who shows a session or a key is theirs alone; so is a form, which carries its own secret.
"""

import hashlib
import re
import time
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from indicators import data_version
from indicators.data_version import unreachable
from viborg_plan.http.api_access import is_for_programs

LARGEST_COPY = 1 << 20  # bytes
COPY_SECONDS = 300
QUICK = 0.005  # seconds
PUBLIC = "public, max-age=5, must-revalidate"  # what is unpublished must be gone within five seconds
PAGE = "no-cache"  # who comes back asks whether it still holds: as somebody else, too, who then gets their own
PRIVATE = "private, no-store"
KEPT = ("Content-Type", "Content-Disposition", "Content-Encoding", "Content-Length", "Link", "Vary")
NEAR_COPIES, NEAR_BYTES = 64, 1 << 17
TAG = re.compile(r'"[^"]*"')
HEALTH = "/__"  # said anew each time, and without asking the cache, which may be what is ill
Copy = tuple[bytes, dict[str, str]]

_near: dict[str, Copy] = {}


class SharedAnswers:
    """Stands before compression, sessions and views: an unchanged or copied answer passes none of them."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or request.path.startswith(HEALTH):
            return self._own(request)  # a writer has to see its own change
        with data_version.pinned() as version:
            if version is None or _is_known(request):
                return self._own(request)
            return self._shared(request, version)

    def _own(self, request: HttpRequest) -> HttpResponseBase:
        """For the one who asks alone: never copied; what programs read is kept by nobody on its way either."""
        response = self.get_response(request)
        if is_for_programs(request):
            response.headers["Cache-Control"] = PRIVATE
        return response

    def _shared(self, request: HttpRequest, version: str) -> HttpResponseBase:
        tag = _tag(request, version)
        if _has(request, tag):
            return _unchanged(request, tag)
        key = f"{tag}{'gzip' in request.headers.get('Accept-Encoding', '')}{request.method}"
        kept = _copy(key)
        if kept:
            if _has_any(request):
                return _unchanged(request, tag)
            return _marked(HttpResponse(kept[0], headers=kept[1]), request, tag)
        return self._made(request, key, tag)

    def _made(self, request: HttpRequest, key: str, tag: str) -> HttpResponseBase:
        begun = time.perf_counter()
        response = self.get_response(request)
        if not _is_for_everybody(response):
            return response
        if isinstance(response, HttpResponse) and len(response.content) <= LARGEST_COPY:
            slow = time.perf_counter() - begun > QUICK
            _keep(key, response, shared=slow and _is_counted(request))
        if _has_any(request):
            return _unchanged(request, tag)
        return _marked(response, request, tag)


def _is_known(request: HttpRequest) -> bool:
    """Whether the request tells who asks, or brings the secret of a form."""
    ours = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    return "Authorization" in request.headers or not ours.isdisjoint(request.COOKIES)


def _is_for_everybody(response: HttpResponseBase) -> bool:
    """A view that says itself how its answer may be kept has the last word."""
    return response.status_code == 200 and not response.cookies and "Cache-Control" not in response.headers


def _is_counted(request: HttpRequest) -> bool:
    """Nobody may fill the shared cache by asking pages ever new questions; programs are counted."""
    return is_for_programs(request) or not request.META.get("QUERY_STRING")


def _tag(request: HttpRequest, version: str) -> str:
    """Weak, since compressed and plain answers share it. A page is the same whatever its reader accepts."""
    address = (request.scheme, request.get_host(), request.path, request.META.get("QUERY_STRING", ""))
    accepted = request.headers.get("Accept", "") if is_for_programs(request) else ""
    asked = (version, settings.VERSION, *address, accepted)
    return f'W/"{hashlib.sha256(repr(asked).encode()).hexdigest()[:24]}"'


def _has(request: HttpRequest, tag: str) -> bool:
    """Whether one of the tags the reader has is this one: compared weakly (RFC 9110, 13.1.2)."""
    return tag.removeprefix("W/") in TAG.findall(request.headers.get("If-None-Match", ""))


def _has_any(request: HttpRequest) -> bool:
    """Of any answer there is, which is known when it has been made."""
    return request.headers.get("If-None-Match", "").strip() == "*"


def _unchanged(request: HttpRequest, tag: str) -> HttpResponseBase:
    return _marked(HttpResponse(status=304), request, tag)


def _marked(response: HttpResponseBase, request: HttpRequest, tag: str) -> HttpResponseBase:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = PUBLIC if is_for_programs(request) else PAGE
    patch_vary_headers(response, ["Accept", "Accept-Encoding", "Authorization"])
    return response


def _copy(key: str) -> Copy | None:
    try:
        kept = _near.get(key) or cache.get(key)
    except unreachable():
        return None
    if kept and key not in _near:
        _keep_near(key, kept)
    return kept


def _keep(key: str, response: HttpResponse, *, shared: bool) -> None:
    """What is made as quickly as it is stored is kept in this process alone."""
    kept = response.content, {name: response.headers[name] for name in KEPT if name in response.headers}
    _keep_near(key, kept)
    if shared:
        with suppress(*unreachable()):
            cache.set(key, kept, COPY_SECONDS)


def _keep_near(key: str, kept: Copy) -> None:
    """In this process too, where it costs no way to the cache; few and small, the oldest goes first."""
    if len(kept[0]) > NEAR_BYTES:
        return
    for old in list(reversed(_near))[NEAR_COPIES - 1 :]:  # a list, since other threads keep copies too
        _near.pop(old, None)
    _near[key] = kept
