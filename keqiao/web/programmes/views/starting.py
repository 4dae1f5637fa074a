"""Start a call, in one of five ways: its document, last year's call, an empty sheet, a definition, a shipped one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keqiao.core.lifecycle.call import OFFICER
from keqiao.core.programme.types import Programme
from keqiao.web.access import opens_to
from keqiao.web.programmes import actions, queries
from keqiao.web.programmes.foreign import foreign_in
from keqiao.web.programmes.forms import DefinitionForm, DocumentForm, EarlierCallForm, SheetForm, ShippedForm
from keqiao.web.programmes.refusals import Refused
from keqiao.web.programmes.views.reading import KINDS_IN_WORDS
from keqiao.web.ui.templatetags.shell import say

OWN = "the associations of the officer"


@opens_to(OFFICER, scope=OWN)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The five ways to start a call; sent, its document is read."""
    if request.method != "POST":
        return _page(request)
    form = DocumentForm(request.POST, request.FILES, associations=_associations(request))
    if form.is_valid():
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
    return _page(request, document=form)


@opens_to(OFFICER, scope=OWN)
@require_POST
def from_call(request: HttpRequest) -> HttpResponse:
    """Start next year's call from an earlier one: what must be new is asked in the draft."""
    form = EarlierCallForm(request.POST, calls=_calls(request), auto_id="earlier_%s")
    if not form.is_valid():
        return _page(request, earlier=form)
    try:
        call = actions.start_from_call(
            form.cleaned_data["call"].pk, actor=request.user, at=request.arrived_at
        )
    except Refused as refused:
        form.add_error("call", [say(finding) for finding in refused.findings])
        return _page(request, earlier=form)
    messages.success(request, _("已沿用往年内容。日期和带年份的名称须逐项核定，经费和名额请核对。"))
    return redirect("programmes:draft", call.pk)


@opens_to(OFFICER, scope=OWN)
@require_POST
def from_nothing(request: HttpRequest) -> HttpResponse:
    """Start from an empty sheet with one category."""
    form = SheetForm(request.POST, associations=_associations(request), auto_id="sheet_%s")
    if not form.is_valid():
        return _page(request, sheet=form)
    association = form.cleaned_data["association"]
    call = actions.start_from_nothing(association.pk, form.sheet(), actor=request.user, at=request.arrived_at)
    return redirect("programmes:draft", call.pk)


@opens_to(OFFICER, scope=OWN)
@require_POST
def from_shipped(request: HttpRequest) -> HttpResponse:
    """Start from a definition that ships with the product."""
    form = ShippedForm(request.POST, associations=_associations(request), auto_id="shipped_%s")
    return _start(request, form, form.programme()) if form.is_valid() else _page(request, shipped=form)


@opens_to(OFFICER, scope=OWN)
@require_POST
def from_definition(request: HttpRequest) -> HttpResponse:
    """Start from a file: one's own, or another installation's."""
    form = DefinitionForm(
        request.POST, request.FILES, associations=_associations(request), auto_id="definition_%s"
    )
    return _start(request, form, form.programme()) if form.is_valid() else _page(request, definition=form)


def _start(request: HttpRequest, form: Form, programme: Programme) -> HttpResponse:
    association = form.cleaned_data["association"]
    call = actions.start_from_definition(association.pk, programme, actor=request.user, at=request.arrived_at)
    for finding in foreign_in(programme, call):
        messages.warning(request, say(finding))
    return redirect("programmes:draft", call.pk)


def _associations(request: HttpRequest):
    return queries.associations_for_new_calls(request.user, request.arrived_at)


def _calls(request: HttpRequest):
    return queries.calls_to_copy(request.user, request.arrived_at)


def _page(request: HttpRequest, **sent: Form) -> HttpResponse:
    associations = _associations(request)
    copied = request.GET.get("copy", "")
    empty = {
        "document": DocumentForm(associations=associations),
        "earlier": EarlierCallForm(calls=_calls(request), initial={"call": copied}, auto_id="earlier_%s"),
        "sheet": SheetForm(
            associations=associations, initial={"year": request.arrived_at.year}, auto_id="sheet_%s"
        ),
        "shipped": ShippedForm(associations=associations, auto_id="shipped_%s"),
        "definition": DefinitionForm(associations=associations, auto_id="definition_%s"),
    }
    page = {**empty, **sent, "kinds": KINDS_IN_WORDS}
    page["is_copy"] = bool(copied) or request.GET.get("way") == "earlier"
    status = 422 if any(form.errors for form in sent.values()) else 200
    return render(request, "programmes/new.html", page, status=status)
