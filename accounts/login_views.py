"""Logging in with a password."""

import math
from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import HttpResponse

from accounts import sessions


class Login(LoginView):
    template_name = "accounts/login.html"

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        sessions.begin(self.request)
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        wait = getattr(self.request, "login_wait", None)
        if wait is None:
            return super().form_invalid(form)
        context = self.get_context_data(form=form, wait_minutes=math.ceil(wait.total_seconds() / 60))
        headers = {"Retry-After": str(math.ceil(wait.total_seconds()))}
        return self.render_to_response(context, status=429, headers=headers)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        limits = {"idle_minutes": settings.SESSION_IDLE_MINUTES, "hours": settings.SESSION_COOKIE_AGE // 3600}
        return super().get_context_data(**kwargs) | limits | {"sign_on": settings.OIDC_ISSUER and settings.OIDC_NAME}
