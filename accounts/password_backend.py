"""Checking a password: as often as the limits allow, with the same work for known, unknown and inactive users."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts import login_limits
from accounts.client_address import address_of
from accounts.models import User


class LimitedLogin(ModelBackend):
    """Every way to log in with a password passes here: the portal's page, the admin's, and tests."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        if username is None or password is None:
            return None
        attempt = login_limits.begin(username, address_of(request))
        if attempt.wait:
            if request is not None:
                request.login_wait = attempt.wait  # type: ignore[attr-defined]  # read by the log-in page, by its name
            raise PermissionDenied
        user = super().authenticate(request, username=username, password=password)
        if user:
            attempt.succeeded()
        return user
