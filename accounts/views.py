"""One's own account: who am I here, and what may I do."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from accounts.access import StaffRequest
from accounts.roles import PERMISSIONS, Permission


@never_cache
@login_required
def account(request: StaffRequest) -> HttpResponse:
    roles = [(role, sorted(PERMISSIONS[role], key=lambda permission: permission.label)) for role in request.user.roles]
    may = {permission.value for permission in Permission if request.user.may(permission)}
    return render(request, "accounts/account.html", {"roles": roles, "may": may})
