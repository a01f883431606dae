"""How long a login lasts: so long without a sign of life, and so long in all. Pages for everybody never ask."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

BEGAN, SEEN = "began", "seen"
SEEN_EVERY = 60  # seconds; noting each request would be a write a request


class SessionLimits:
    """Looks only where a page asks who is logged in, so that public pages stay free of cookies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user: Any = SimpleLazyObject(partial(_still_logged_in, request, request.user))  # the user, once it is asked
        request.user = user
        return self.get_response(request)


def begin(request: HttpRequest) -> None:
    """Call it when somebody has just logged in."""
    request.session[BEGAN] = request.session[SEEN] = time.time()


def _still_logged_in(request: HttpRequest, user: Any) -> Any:
    """A session that does not say when it began, as from the admin's own log-in page, began at the last login."""
    if not user.is_authenticated:
        return user
    now = time.time()
    began = request.session.get(BEGAN) or (user.last_login.timestamp() if user.last_login else 0)
    seen = request.session.get(SEEN, began)
    if now - seen > settings.SESSION_IDLE_MINUTES * 60 or now - began > settings.SESSION_COOKIE_AGE:
        request.session.flush()
        return AnonymousUser()
    if now - seen > SEEN_EVERY:
        request.session[BEGAN], request.session[SEEN] = began, now
    return user
