"""The desk of an expert: what waits, the invitation, the sheet beside the copy of the application, its files."""

from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.review_task import ReviewTaskState as T
from keqiao.core.programme.selection import Scorecard
from keqiao.web.access import SIGNED_IN, opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.files.kinds import media_type
from keqiao.web.files.queries import path_of
from keqiao.web.files.serving import NEVER_SHOWN
from keqiao.web.review import actions, queries
from keqiao.web.review.actions import SheetChanged, Typed
from keqiao.web.review.blind_copy import copy_for
from keqiao.web.review.permissions import may_read_application
from keqiao.web.review.round_forms import WhyForm, answers_in, base_in
from keqiao.web.review.sheets import EMPTY, faults_of
from keqiao.web.review.shown_rounds import most_points, plain_total, sheet_seen, task_words
from keqiao.web.ui.templatetags.shell import say
from keqiao.writers.cleaned import NotCleaned, cleaned

WRITING = (T.ACCEPTED, T.DRAFT)
OWN = "what the viewer was asked to judge"


@opens_to(SIGNED_IN, scope=OWN)
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer as an expert, the next to close first."""
    rows = list(queries.tasks_of_expert(request.user))
    marks = queries.marks_of(rows)
    shown = [(row, _title(row, marks[row.pk]), *task_words(row.state)) for row in rows]
    return render(request, "review/tasks.html", {"rows": shown})


def _title(task: Any, mark: str) -> str:
    """Before the invitation is accepted, and blind always, an application is a mark."""
    return mark if task.round.blind else task.application.title or task.application.number


@opens_to(SIGNED_IN, scope=OWN)
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One task: the invitation, the sheet with the copy, or what was sealed. Sent, it is accepted, saved or sealed."""
    found = queries.task_of_expert(request.user, pk)
    if request.method != "POST":
        return render(request, "review/task.html", _page(found))
    act = request.POST.get("act", "save")
    try:
        if act == "accept":
            return _accepted(request, found)
        return _saved(request, found, act)
    except SheetChanged as changed:
        warned = Finding("review.changed_elsewhere", Weight.WARN, {"version": changed.sheet.version})
        page = _page(found, _answers(request, found), (warned,)) | {"version": changed.sheet.version}
        return render(request, "review/task.html", page, status=409)
    except Refused as refused:
        found = queries.task_of_expert(request.user, pk)
        typed = _answers(request, found) if act != "accept" else None
        return render(request, "review/task.html", _page(found, typed, refused.findings), status=409)


def _accepted(request: HttpRequest, found: Any) -> HttpResponse:
    by: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    actions.accept_task(found.pk, pledged=request.POST.get("pledge") == "yes", **by)
    messages.success(request, _("已接受。请在截止前封存评分表。"))
    return redirect("review:task", found.pk)


def _answers(request: HttpRequest, found: Any) -> dict[str, Any]:
    return answers_in(request.POST, Scorecard.model_validate(found.round.card)) if found.round.card else {}


def _saved(request: HttpRequest, found: Any, act: str) -> HttpResponse:
    """Save what was typed; then seal it, or say everything that is still missing."""
    by: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    pledged = request.POST.get("pledge") == "yes"
    answers = _answers(request, found)
    sheet = actions.save_sheet(found.pk, Typed(base_in(request.POST), answers, pledged), **by)
    if act == "seal":
        actions.seal_sheet(found.pk, Typed(sheet.version, answers, pledged), **by)
        messages.success(request, _("评分表已封存，回执已发给您。"))
    elif act == "check":
        faults = faults_of(Scorecard.model_validate(found.round.card), answers)
        found = queries.task_of_expert(request.user, found.pk)
        return render(request, "review/task.html", _page(found, answers, faults) | {"is_checked": True})
    else:
        messages.success(request, _("已保存。"))
    return redirect("review:task", found.pk)


@opens_to(SIGNED_IN, scope=OWN)
@require_POST
def task_save(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Save while somebody types. 409: another window saved meanwhile, or it is closed; then nothing was saved."""
    found = queries.task_of_expert(request.user, pk)
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    pledged = request.POST.get("pledge") == "yes"
    typed = Typed(base_in(request.POST), _answers(request, found), pledged)
    try:
        sheet = actions.save_sheet(pk, typed, actor=request.user, at=at)
    except SheetChanged as changed:
        warned = Finding("review.changed_elsewhere", Weight.WARN, {"version": changed.sheet.version})
        return JsonResponse({"says": [say(warned)]}, status=409)
    except Refused as refused:
        return JsonResponse({"says": [say(each) for each in refused.findings]}, status=409)
    seen = sheet_seen(Scorecard.model_validate(found.round.card), sheet.answers)
    said = {"version": sheet.version, "at": f"{timezone.localtime(at):%H:%M:%S}"}
    return JsonResponse(said | {"total": plain_total(seen.total)})


@opens_to(SIGNED_IN, scope=OWN)
@require_http_methods(["GET", "HEAD", "POST"])
def task_leave(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Decline, or stand back for a conflict, with a reason."""
    found = queries.task_of_expert(request.user, pk)
    form, findings = WhyForm(request.POST or None), ()
    if request.method == "POST" and form.is_valid():
        by: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
        try:
            actions.leave_task(pk, act, form.cleaned_data["reason"], **by)
        except Refused as refused:
            findings = refused.findings  # type: ignore[assignment]
        else:
            messages.success(request, _("已告知主办单位，谢谢。"))
            return redirect("review:tasks")
    page = _page(found) | {"form": form, "findings": findings, "act": act}
    return render(request, "review/task_leave.html", page, status=409 if findings else 200)


@opens_to(SIGNED_IN, scope=OWN)
@require_safe
def task_file(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """A file of the application without what it tells of whoever made it; one that cannot be cleaned is not sent."""
    found = queries.task_of_expert(request.user, pk)
    if not may_read_application(found):
        raise Http404
    copy = copy_for(queries.entry_of(found), blind=found.round.blind)
    wanted = next((each for each in copy.files if each.id == str(file) and each.is_shown), None)
    if wanted is None:
        raise Http404
    try:
        content = cleaned(path_of(wanted.file), wanted.file.kind)
    except NotCleaned:
        values = {"title": copy.title, "name": wanted.name, "kind": wanted.file.kind}
        told = Finding("review.file_not_shown", Weight.WARN, values)
        return render(request, "review/task.html", _page(found, None, (told,)), status=409)
    kind = media_type(wanted.file.kind)
    answer = HttpResponse(content, content_type=kind, headers=dict(NEVER_SHOWN))
    name = wanted.name if PurePath(wanted.name).suffix else f"{wanted.name}.{wanted.file.kind}"
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return answer


def _page(found: Any, typed: Any = None, findings: Any = ()) -> dict[str, Any]:
    state = T(found.state)
    entry = queries.entry_of(found)
    sheet = queries.sheet_of(found)
    card = Scorecard.model_validate(found.round.card) if found.round.card else None
    answers = typed if typed is not None else (sheet.answers if sheet else EMPTY)
    placed = [each for each in findings if each.at]
    may_read = may_read_application(found)
    copy = copy_for(entry, blind=found.round.blind) if may_read else None
    mark, word = task_words(found.state)
    return {
        "task": found,
        "round": found.round,
        "title": entry.mark if found.round.blind else found.application.title or entry.mark,
        "mark": mark,
        "word": word,
        "sheet": sheet,
        "version": sheet.version if sheet else 0,
        "card": card,
        "seen": sheet_seen(card, answers, placed) if card else None,
        "total": plain_total(sheet_seen(card, answers).total) if card else "—",
        "most": most_points(card) if card else 0,
        "copy": copy,
        "parts": copy.parts if copy else (),
        "findings": [each for each in findings if not each.at],
        "faults": placed,
        "is_invited": state is T.INVITED and found.round.state in ("planned", "open"),
        "is_writing": state in WRITING and found.round.state == "open",
        "is_sealed": state is T.SEALED,
        "may_leave": state in (T.INVITED, *WRITING) and found.round.state in ("planned", "open"),
        "needs_pledge": found.pledged_at is None,
    }
