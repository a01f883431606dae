"""Guards of pages for staff: who is not logged in is asked to, who may not is told that nothing is there."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeGuard

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from accounts.roles import Permission

if TYPE_CHECKING:
    from accounts.models import User

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request of somebody who is logged in. It exists for the types alone."""

    user: "User"


def is_staff(request: HttpRequest) -> TypeGuard[StaffRequest]:
    """Whether somebody is logged in, asked without touching the session of those who have none."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user is not None and request.user.is_authenticated  # the API knows no user but a token's


def user_of(request: HttpRequest) -> "User":
    """Who is logged in, on pages that let in nobody else."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Any one of the permissions opens the page. What it answers is stored nowhere on its way."""

    def guard(view: View) -> View:
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            prefetch_related_objects([request.user], "assignments")  # the page asks what the user may, more than once
            if not any(request.user.may(permission) for permission in permissions):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return guard
