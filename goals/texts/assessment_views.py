"""Writing an assessment of a measure, with the calculated verdict beside it."""

from dataclasses import fields
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.access import StaffRequest, requires
from accounts.actions import keep_title
from accounts.civil_numbers import masked
from accounts.roles import Permission
from goals.judging import Verdict
from goals.models import Assessment, Measure
from goals.pages import goal_table
from goals.texts.assessments import LONGEST, Assessed, status_of, write_assessment
from goals.texts.team_measures import TeamMeasure, with_assessments
from goals.texts.versions import Stale, TextRefused, parties
from goals.workflow import MoveRefused, Party, State

SAID = [Verdict.MET, Verdict.NEAR, Verdict.MISSED, Verdict.NO_DATA]
LABELS = {
    "headline": gettext_lazy("Kort hvorfor (står på forsiden)"),
    "why": gettext_lazy("Hvorfor"),
    "doing": gettext_lazy("Hvad gør vi"),
    "outlook": gettext_lazy("Hvad venter vi"),
    "undecided": gettext_lazy("Hvad mangler vi beslutning om"),
    "reason": gettext_lazy("Hvorfor afviger vurderingen fra den beregnede"),
}
REFUSED, CONFLICT = 422, 409


class AssessmentForm(forms.Form):
    """What may be empty is for the action to say, so that a draft can be saved half written."""

    verdict = forms.CharField(required=False)
    confidence = forms.CharField(required=False)
    author_role = forms.CharField(required=False)
    seen = forms.IntegerField(min_value=0)
    client_id = forms.UUIDField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            self.fields[name] = forms.CharField(required=False, label=label)


@requires(Permission.WRITE_STATUS)
@require_http_methods(["GET", "POST"])
def assess(request: StaffRequest, slug: str, number: int, code: str) -> HttpResponse:
    found = Measure.objects.select_related("goal__plan", "indicator", "area", "team")
    measure = get_object_or_404(found, goal__plan__slug=slug, goal__number=number, code=code)
    status = status_of(measure)
    if status is None or Party.WRITER not in parties(request.user, measure.team_id):
        raise Http404
    (mine,) = with_assessments([status])
    return _save(request, mine) if request.method == "POST" else _page(request, mine)


def _save(request: StaffRequest, mine: TeamMeasure) -> HttpResponse:
    form = AssessmentForm(request.POST)
    if not form.is_valid():
        return _page(request, mine, form, REFUSED)
    facts = form.cleaned_data
    words = Assessed(**{field.name: facts[field.name] for field in fields(Assessed)})
    sent = {"seen": facts["seen"], "client_id": facts["client_id"], "draft": "draft" in request.POST}
    try:
        made = write_assessment(measure=mine.measure, words=words, by=request.user, **sent)
    except (TextRefused, MoveRefused) as refused:
        field = getattr(refused, "field", None)
        form.add_error(field if field in form.fields else None, getattr(refused, "reason", str(refused)))
        return _page(request, mine, form, REFUSED)
    except Stale:
        (mine,) = with_assessments([mine.status])
        return _page(request, mine, form, CONFLICT)
    keep_title(title=made.author_role, by=request.user)
    told = {"number": mine.measure.number, "state": State(made.state).label}
    messages.success(request, _("Vurderingen af mål %(number)s er gemt: %(state)s.") % told)
    return redirect("mine")


def _page(
    request: StaffRequest, mine: TeamMeasure, form: AssessmentForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "mine": mine,
        "measure": mine.measure,
        "row": goal_table.row_of(mine.status, bool(mine.status.revised.target)),
        "entry": _entry(request, mine, form, conflict=status == CONFLICT),
        "approval": settings.STATUS_APPROVAL,
    }
    return render(request, "goals/assess.html", context, status=status)


def _entry(request: StaffRequest, mine: TeamMeasure, form: AssessmentForm | None, *, conflict: bool) -> dict[str, Any]:
    """What was typed, else what was said last; the calculated verdict stands chosen in an empty form."""
    errors = form.errors if form else {}
    said = form.data if form else _said_last(mine)
    texts = [(n, label, masked(said.get(n, "")), LONGEST[n], errors.get(n)) for n, label in LABELS.items()]
    return {
        "verdicts": [(verdict, verdict.label) for verdict in SAID],
        "verdict": said.get("verdict", mine.status.standing),
        "confidences": Assessment.Confidence.choices,
        "confidence": said.get("confidence", ""),
        "texts": texts,
        "author_role": masked(form.data.get("author_role", "") if form else request.user.signature),
        "seen": said.get("seen", "") if form and not conflict else mine.seen,
        "client_id": uuid4(),
        "errors": errors,
        "conflict": mine.current if conflict else None,
        "own": mine.is_own(request.user),
    }


def _said_last(mine: TeamMeasure) -> dict[str, str]:
    return {name: getattr(mine.start, name) for name in Assessment.CONTENT} if mine.start else {}
