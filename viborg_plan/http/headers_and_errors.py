"""Security headers on every answer, errors included; and a clear answer to what cannot be shown."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from indicators.as_of import UnusableDate
from indicators.http.parameters import Refused

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


class SecurityHeaders:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class NoStoreForStaff:
    """An answer that was made knowing who asked may hold what is not for everybody, and is kept nowhere on its way.

    Public answers stay as they are: without a session's cookie nobody is looked up, and none is set.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.accessed:
            add_never_cache_headers(response)
        return response


class ReadableErrors:
    """A day or a choice that cannot be used is answered with what to write instead."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, UnusableDate):
            context = {"title": _("Datoen kan ikke bruges"), "text": str(exception), "ask_for_date": True}
        elif isinstance(exception, Refused):
            context = {
                "title": _("Valget kan ikke bruges"),
                "text": str(exception.detail),
                "allowed": exception.allowed,
                "start_over": request.path,
            }
        else:
            return None
        return render(request, "portal/error.html", context, status=400)
