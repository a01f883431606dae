"""Logging in and out by way of the municipality's own login."""

from typing import Any

from authlib.common.errors import AuthlibBaseError
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from joserfc.errors import JoseError
from requests import RequestException

from accounts import oidc, sessions

NEXT, ID_TOKEN = "oidc_next", "oidc_id_token"


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    if not oidc.enabled():
        raise Http404
    request.session[NEXT] = request.GET.get("next", "")
    try:
        return oidc.provider().authorize_redirect(request, request.build_absolute_uri(reverse("faelles-login-svar")))
    except (RequestException, RuntimeError):
        return _refused(request, _("Kommunens login svarer ikke. Prøv igen om lidt."), status=503)


@never_cache
@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """Where the provider sends the reader back to, with a code or with a reason why not."""
    if not oidc.enabled():
        raise Http404
    try:
        token = oidc.token_of(request)
        user = oidc.user_of(token["userinfo"])
    except oidc.LoginRefused as refused:
        return _refused(request, str(refused))
    except (AuthlibBaseError, JoseError, KeyError):
        return _refused(request, _("Svaret fra kommunens login kunne ikke bruges eller var for gammelt. Prøv igen."))
    except (RequestException, RuntimeError):
        return _refused(request, _("Kommunens login svarer ikke. Prøv igen om lidt."), status=503)
    wanted = request.session.pop(NEXT, "")
    login(request, user)
    sessions.begin(request)
    request.session[ID_TOKEN] = token["id_token"]
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if own else settings.LOGIN_REDIRECT_URL)


def _refused(request: HttpRequest, reason: str, status: int = 403) -> HttpResponse:
    return render(request, "accounts/refused.html", {"reason": reason}, status=status)


class Logout(LogoutView):
    """Ends the login here, and offers to end it at the provider too: the next at this machine is somebody else."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        id_token = request.session.get(ID_TOKEN)
        done = super().post(request, *args, **kwargs)
        if not id_token or not oidc.enabled():
            return done
        return render(request, "accounts/logged_out.html", {"everywhere": _end_session(request, id_token)})


def _end_session(request: HttpRequest, id_token: str) -> str:
    """A link and no redirect: the page's security policy lets no form lead to another site."""
    back = request.build_absolute_uri(reverse("forside"))
    try:
        return oidc.provider().create_logout_url(post_logout_redirect_uri=back, id_token_hint=id_token)["url"]
    except (RequestException, RuntimeError):
        return ""
