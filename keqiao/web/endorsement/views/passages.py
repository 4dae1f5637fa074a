"""One application before its endorser: read, decided, or returned to its unit for correction."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from keqiao.core.lifecycle.endorsement import ENDORSER
from keqiao.web.access import opens_to
from keqiao.web.applications.actions import Correction
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.filling.fields import made
from keqiao.web.applications.filling.shown import Page, Situation, parts_of_page
from keqiao.web.applications.queries import last_submission, submitted_answers
from keqiao.web.applications.refusals import Refused
from keqiao.web.applications.returnable import reasons_in, returnable
from keqiao.web.endorsement import actions, queries
from keqiao.web.endorsement.forms import OpinionForm, ReturnForm
from keqiao.web.endorsement.permissions import OPENS_TO, TAKES
from keqiao.web.endorsement.phrases import phrases_for
from keqiao.web.endorsement.views.shown import Seen, head_of, row_of
from keqiao.web.endorsement.ways import stages_shown

DONE = {
    "recommend": gettext_lazy("已推荐。"),
    "decline": gettext_lazy("已列为不推荐。"),
    "reconsider": gettext_lazy("已恢复为待审核。"),
}


@opens_to(*OPENS_TO, scope="the unit that takes the queue; its co-signer; the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def passage(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One application as it was submitted, what the system found, and the decision on it."""
    page = _page(request, pk)
    form = OpinionForm(request.POST or None)
    refused: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        if page["role"] != ENDORSER:
            raise Http404
        try:
            _decide(request, pk, form.cleaned_data)
        except Refused as stops:
            refused = stops.findings
        else:
            return redirect("endorsement:queue", page["page"].pk)
    groups = [(_("推荐"), phrases_for("recommend")), (_("不推荐"), phrases_for("decline"))]
    page |= {"decision": form, "refused": refused, "phrases": groups}
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "endorsement/passage.html", page, status=status)


def _decide(request: HttpRequest, pk: UUID, said: dict[str, str]) -> None:
    by: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    if said["act"] == "recommend":
        actions.recommend(pk, said["opinion"], **by)
    elif said["act"] == "decline":
        actions.decline(pk, said["opinion"], **by)
    else:
        actions.reconsider(pk, **by)
    messages.success(request, DONE[said["act"]])


def _page(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    row = queries.passage_for(request.user, pk, at)
    if row.queue is None:
        raise Http404
    queue = queries.queue_for(request.user, row.queue_id, at)
    role = queries.role_in(queue, request.user, at)  # type: ignore[arg-type]
    seen = Seen(queue, role, queries.findings_of_many([row]))
    lines = queries.lines_of(queue)
    line = next((each for each in lines if each.passage.pk == row.pk), None)
    if line is None:
        raise Http404
    submission = last_submission(row.application)
    specification = (
        asked_at(submission.revision_id, row.application.node).specification if submission else None
    )
    answers = submitted_answers(submission) if submission else {}
    parts = ()
    if specification is not None:
        parts = parts_of_page(Page(specification, answers, Situation(is_editable=False)), made)
    return {
        "page": head_of(queue, at),
        "role": role,
        "passage": row,
        "row": row_of(line, seen),
        "findings": seen.findings.get(row.pk, ()),
        "specification": specification,
        "answers": answers,
        "parts": parts,
        "way": stages_shown(queries.way_of(row.application_id, at)),
        "stamped_page": _stamped_page(row.application_id),
    }


def _stamped_page(application_id: UUID) -> str:
    """Where stamped pages are filed; empty where that room has not come."""
    try:
        return reverse("filing:stamped", args=[application_id])
    except NoReverseMatch:
        return ""


@opens_to(*TAKES, scope="the unit that takes the queue")
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return an application to its unit: which fields, why each, until when. It keeps its place."""
    page = _page(request, pk)
    if page["role"] != ENDORSER:
        raise Http404
    form, reasons = ReturnForm(request.POST or None), reasons_in(request.POST)
    findings: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        correction = Correction(reasons, form.cleaned_data["until"], form.cleaned_data["note"])
        try:
            actions.give_back(pk, correction, actor=request.user, at=request.arrived_at)  # type: ignore[arg-type, attr-defined]
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已退回修改，并通知申报单位。"))
            return redirect("endorsement:queue", page["page"].pk)
    page |= {
        "form": form,
        "findings": findings,
        "phrases": phrases_for("return"),
        "fields": list(returnable(page["specification"], page["answers"], reasons)),
    }
    return render(
        request, "endorsement/give_back.html", page, status=422 if request.method == "POST" else 200
    )
