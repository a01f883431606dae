"""One's own choice: reminders by e-mail or none."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import StaffRequest, requires
from accounts.roles import Permission
from initiatives.models import ReminderChoice
from initiatives.status.reminders import choose_reminders


@requires(Permission.WRITE_STATUS)
@require_http_methods(["GET", "POST"])
def reminders(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        choose_reminders(wanted="wanted" in request.POST, by=request.user)
        messages.success(request, _("Dit valg er gemt."))
        return redirect("paamindelser")
    wanted = not ReminderChoice.objects.filter(user=request.user, wanted=False).exists()
    return render(request, "initiatives/reminders.html", {"wanted": wanted})
