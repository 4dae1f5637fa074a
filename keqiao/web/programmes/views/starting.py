"""Start a call: upload its document and watch it being read, or take a definition."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.programmes import actions, queries
from keqiao.web.programmes.forms import DefinitionForm, DocumentForm
from keqiao.web.programmes.models import Call, ReadingState
from keqiao.web.programmes.refusals import Refused

KINDS_IN_WORDS = ".docx .doc .wps .pdf .txt .html .xlsx"


@opens_to(OFFICER, scope="the associations of the officer")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Upload the notice of a call."""
    associations = queries.associations_for_new_calls(request.user, request.arrived_at)
    form = DocumentForm(request.POST or None, request.FILES or None, associations=associations)
    if request.method == "POST" and form.is_valid():
        association = form.cleaned_data["association"]
        try:
            file = form.store(actor=request.user, association_id=association.pk, at=request.arrived_at)
        except ValidationError as refused:
            form.add_error("file", refused)
        else:
            original = actions.Original(file.pk, file.name)
            call = actions.start_from_document(
                association.pk, original, actor=request.user, at=request.arrived_at
            )
            return redirect("programmes:reading", call.pk)
    return _start_page(request, form, DefinitionForm(associations=associations))


@opens_to(OFFICER, scope="the associations of the officer")
@require_POST
def from_definition(request: HttpRequest) -> HttpResponse:
    """Start from a definition that ships with the product, or from one's own file."""
    associations = queries.associations_for_new_calls(request.user, request.arrived_at)
    form = DefinitionForm(request.POST, request.FILES, associations=associations)
    if form.is_valid():
        call = actions.start_from_definition(
            form.cleaned_data["association"].pk, form.programme(), actor=request.user, at=request.arrived_at
        )
        return redirect("programmes:draft", call.pk)
    return _start_page(request, DocumentForm(associations=associations), form)


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


def _start_page(request: HttpRequest, document: DocumentForm, definition: DefinitionForm) -> HttpResponse:
    page = {"form": document, "definition": definition, "kinds": KINDS_IN_WORDS}
    return render(
        request, "programmes/new.html", page, status=422 if document.errors or definition.errors else 200
    )


def _reading_page(call: Call) -> dict:
    source = queries.source_of(call)
    failure = None
    if source is not None and source.state == ReadingState.FAILED:
        failure = Finding(source.failure, Weight.REFUSE, source.failure_values)
    under_way = source is not None and source.state in (ReadingState.QUEUED, ReadingState.READING)
    return {"call": call, "source": source, "failure": failure, "is_under_way": under_way}
