"""One's own API tokens: make one and see it once, revoke one."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.access import StaffRequest
from accounts.form_fields import field_of
from accounts.models import ApiToken, User
from accounts.tokens import LONGEST_DAYS, TokenRefused, create_token, revoke_token, scopes_of


class TokenForm(forms.Form):
    name = forms.CharField(label=_("Hvad skal nøglen bruges til?"), max_length=60)
    days = forms.IntegerField(label=_("Gælder i (dage)"), min_value=1, max_value=LONGEST_DAYS, initial=90)
    scopes = forms.MultipleChoiceField(label=_("Nøglen må"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(scope.value, scope.label) for scope in scopes_of(user)]
        field_of(self, "scopes", forms.MultipleChoiceField).choices = offered


@never_cache
@login_required
def tokens(request: StaffRequest) -> HttpResponse:
    form, made = TokenForm(request.POST or None, user=request.user), ""
    if request.method == "POST" and form.is_valid():
        try:
            made = create_token(**form.cleaned_data, by=request.user)[1]
            form = TokenForm(user=request.user)
        except TokenRefused as refused:
            form = TokenForm(user=request.user)
            form.errors[NON_FIELD_ERRORS] = form.error_class([str(refused)])
    context = {"form": form, "made": made, "tokens": request.user.api_tokens.all(), "now": timezone.now()}
    return render(request, "accounts/tokens.html", context)


@login_required
@require_POST
def revoke(request: StaffRequest, prefix: str) -> HttpResponse:
    """Another's token is not there."""
    revoke_token(token=get_object_or_404(ApiToken, user=request.user, prefix=prefix), by=request.user)
    return redirect("api-noegler")
