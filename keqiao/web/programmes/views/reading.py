"""Watch a document being read, and take another one where it could not be."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.programmes import actions, queries
from keqiao.web.programmes.forms import DocumentForm
from keqiao.web.programmes.models import Call, ReadingState
from keqiao.web.programmes.refusals import Refused

KINDS_IN_WORDS = ".docx .doc .wps .pdf .txt .html .xlsx"


@opens_to(OFFICER, scope="the association of the call")
@require_safe
def reading(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the reading has come; leads to the draft when it is there."""
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    page = _reading_page(call)
    if page["source"] is None or page["source"].state == ReadingState.READ:
        return redirect("programmes:draft", pk)
    associations = queries.associations_for_new_calls(request.user, request.arrived_at)
    form = DocumentForm(associations=associations.filter(pk=call.association_id))
    return render(request, "programmes/reading.html", {**page, "form": form, "kinds": KINDS_IN_WORDS})


@opens_to(OFFICER, scope="the association of the call")
@require_safe
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The part of the reading page that asks again; moves on by itself when the reading has ended."""
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    page = _reading_page(call)
    answer = render(request, "programmes/reading.html#progress", page)
    if not page["is_under_way"]:
        answer.headers["HX-Refresh"] = "true"
    return answer


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def read_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take another document in place of one that could not be read."""
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    associations = queries.associations_for_new_calls(request.user, request.arrived_at)
    form = DocumentForm(request.POST, request.FILES, associations=associations.filter(pk=call.association_id))
    if form.is_valid():
        try:
            file = form.store(actor=request.user, association_id=call.association_id, at=request.arrived_at)
        except ValidationError as refused:
            form.add_error("file", refused)
        else:
            return _read_again(request, call, actions.Original(file.pk, file.name))
    page = {**_reading_page(call), "form": form, "kinds": KINDS_IN_WORDS}
    return render(request, "programmes/reading.html", page, status=422)


def _read_again(request: HttpRequest, call: Call, original: actions.Original) -> HttpResponse:
    try:
        actions.read_again(call, original, actor=request.user, at=request.arrived_at)
    except Refused as refused:
        page = {"call": call, "findings": refused.findings}
        return render(request, "programmes/refused.html", page, status=409)
    return redirect("programmes:reading", call.pk)


def _reading_page(call: Call) -> dict:
    source = queries.source_of(call)
    failure = None
    if source is not None and source.state == ReadingState.FAILED:
        failure = Finding(source.failure, Weight.REFUSE, source.failure_values)
    under_way = source is not None and source.state in (ReadingState.QUEUED, ReadingState.READING)
    return {"call": call, "source": source, "failure": failure, "is_under_way": under_way}
