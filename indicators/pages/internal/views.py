"""Pages of the municipality's own measures: for staff, by role and team, after saying what for."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StaffRequest, requires
from accounts.civil_numbers import refuse_civil_number
from accounts.roles import Permission
from indicators.as_of import as_of
from indicators.csv_rows import internal_rows
from indicators.http.csv_file import csv_response
from indicators.models import Indicator
from indicators.pages.internal import measures as internal_measures

PURPOSE = "purpose"  # in the session: said once a login


class PurposeForm(forms.Form):
    purpose = forms.CharField(min_length=10, max_length=200, validators=[refuse_civil_number])


@requires(Permission.READ_INTERNAL)
@require_safe
def measures(request: StaffRequest) -> HttpResponse:
    context = {"measures": internal_measures.measures(request.user), "purpose": request.session.get(PURPOSE)}
    return render(request, "indicators/internal_measures.html", context)


@requires(Permission.READ_INTERNAL)
@require_POST
def purpose(request: StaffRequest) -> HttpResponse:
    form = PurposeForm(request.POST)
    if form.is_valid():
        request.session[PURPOSE] = form.cleaned_data["purpose"]
        return redirect("interne-tal")
    context = {"form": form, "measures": internal_measures.measures(request.user)}
    return render(request, "indicators/internal_measures.html", context, status=400)


@requires(Permission.READ_INTERNAL)
@require_safe
def measure(request: StaffRequest, code: str) -> HttpResponse:
    if PURPOSE not in request.session:
        return redirect("interne-tal")
    found = _found(request, code)
    return render(request, "indicators/internal_measure.html", {"found": found, "purpose": request.session[PURPOSE]})


@requires(Permission.READ_INTERNAL)
@require_safe
def measure_csv(request: StaffRequest, code: str) -> HttpResponse:
    if PURPOSE not in request.session:
        return redirect("interne-tal")
    found = _found(request, code)
    name = f"{code}-{found.level.code}.csv"
    return csv_response(name, internal_rows(found.indicator, found.histories))


def _found(request: StaffRequest, code: str) -> internal_measures.MeasureTable:
    """What the address asks for, as far as the reader sees it, written down. Another's team is not there."""
    indicator = get_object_or_404(Indicator, code=code, visibility=Indicator.Visibility.INTERNAL)
    level, team = request.GET.get("niveau", "i-alt"), request.GET.get("team", "").strip()
    found = internal_measures.table(request.user, indicator, level, team, as_of(request).moment)
    if found is None:
        raise Http404
    internal_measures.write_down(user=request.user, found=found, purpose=request.session[PURPOSE])
    return found
