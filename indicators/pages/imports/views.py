"""Importing by hand: hand in a file, look at what it would do, confirm it, follow it, take it back."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StaffRequest, requires
from accounts.roles import Permission
from indicators.files.xlsx_stream import MEDIA_TYPE
from indicators.ingest import actions
from indicators.ingest.preview import Preview
from indicators.models import SOURCE_NAMES, ImportRun, Source
from indicators.pages.imports import preview_rows, sentences
from indicators.pages.imports.forms import UploadForm
from indicators.pages.imports.template_file import template_xlsx
from indicators.translation import DANISH

State = ImportRun.State
ENDED = {State.DONE, State.UNCHANGED, State.HELD, State.FAILED}
LOOKED_AT = {State.DRAFT, State.HELD, State.FAILED}  # for these it is worth reading the file again
WAITING = {State.QUEUED, State.RUNNING, State.INTERRUPTED}  # there is nothing to count yet
LISTED = 10
UNPROCESSABLE = 422

officer = requires(Permission.IMPORT_FIGURES)
officer_or_approver = requires(Permission.IMPORT_FIGURES, Permission.APPROVE)


@officer
@require_http_methods(["GET", "POST"])
def upload(request: StaffRequest) -> HttpResponse:
    if request.method != "POST":
        return _upload_page(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, form, errors=True)
    file = form.cleaned_data["file"]
    with override(DANISH):  # what is found in a file is kept in Danish, whoever handed it in
        run = actions.request_run(Source.FILE, payload=file.read(), name=file.name, actor=request.user)
    if run.state == State.FAILED:
        return _upload_page(
            request, form, errors=True, problems=actions.preview_of(run).problems, rejected=run.rejected
        )
    return redirect("indlaesning", run.pk)


@officer
@require_safe
def template(request: StaffRequest) -> HttpResponse:
    """The spreadsheet to fill in, with the codes that the portal knows today."""
    response = HttpResponse(template_xlsx(), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = 'attachment; filename="skabelon-tal.xlsx"'
    return response


@officer_or_approver
@require_safe
def run_page(request: StaffRequest, number: int) -> HttpResponse:
    return _run_page(request, _visible(request, number))


@officer_or_approver
@require_safe
def run_state(request: StaffRequest, number: int) -> JsonResponse:
    """What the page's script asks while it waits."""
    run = _visible(request, number)
    return JsonResponse({"state": run.state, "ended": run.state in ENDED, "text": sentences.progress(run)})


@officer
@require_POST
def confirm(request: StaffRequest, number: int) -> HttpResponse:
    run = _visible(request, number)
    given, shown = preview_rows.reasons(request.POST), request.POST.get("vist")
    return _then_show(request, run, lambda: actions.confirm(run, given, request.user, shown))


@officer_or_approver
@require_POST
def discard(request: StaffRequest, number: int) -> HttpResponse:
    """A draft leaves nothing to look at; a held delivery leaves the run that says who refused it."""
    run = _visible(request, number)
    was_draft = run.state == State.DRAFT
    shown = _then_show(request, run, lambda: actions.discard(run, request.user))
    return redirect("indlaes") if was_draft else shown


@officer
@require_POST
def undo(request: StaffRequest, number: int) -> HttpResponse:
    run = _visible(request, number)
    return _then_show(request, run, lambda: actions.undo(run, request.user))


@requires(Permission.APPROVE)
@require_POST
def approve(request: StaffRequest, number: int) -> HttpResponse:
    run = _visible(request, number)
    return _then_show(request, run, lambda: actions.approve_run(run, request.user))


def _visible(request: StaffRequest, number: int) -> ImportRun:
    """A draft is its owner's alone: until it is confirmed it is nobody else's business."""
    run = get_object_or_404(ImportRun.objects.select_related("batch__undone_by"), pk=number)
    if run.state == State.DRAFT and run.actor != request.user.email:
        raise Http404
    return run


def _then_show(request: StaffRequest, run: ImportRun, action: Callable[[], object]) -> HttpResponse:
    """To the run's page by a new request, so that loading it again does nothing again."""
    try:
        action()
    except ValueError as error:
        run.refresh_from_db()
        return _run_page(request, run, refused=str(error))
    return redirect("indlaesning", run.pk)


def _upload_page(request: StaffRequest, form: UploadForm, errors: bool = False, **found: Any) -> HttpResponse:
    others_drafts = Q(state=State.DRAFT) & ~Q(actor=request.user.email)
    runs_of_files = ImportRun.objects.filter(source=Source.FILE).select_related("batch__undone_by")
    recent = runs_of_files.exclude(others_drafts)[:LISTED]
    context = {"form": form, "errors": errors, "recent": recent, **found}
    return render(request, "indicators/import.html", context, status=UNPROCESSABLE if errors else 200)


def _run_page(request: StaffRequest, run: ImportRun, refused: str = "") -> HttpResponse:
    with override(DANISH):
        seen = actions.preview_of(run) if run.state in LOOKED_AT else Preview()
    context = {
        "run": run,
        "source": SOURCE_NAMES.get(run.source, run.source),
        "preview": seen,
        "headline": sentences.headline(run, seen),
        "explanation": sentences.explanation(run),
        "counts": [] if run.state in WAITING else sentences.counts(run, seen),
        "left_out": sentences.left_out(run),
        "changes": preview_rows.change_rows(seen.changes),
        "more": seen.changed - len(seen.changes),
        "first_new": preview_rows.change_rows(seen.first_new),
        "jumps": preview_rows.questions(seen.jumps, request.POST),
        "refused": refused,
        "may_import": request.user.may(Permission.IMPORT_FIGURES),
        "may_approve": request.user.may(Permission.APPROVE),
    }
    return render(request, "indicators/run.html", context, status=UNPROCESSABLE if refused else 200)
