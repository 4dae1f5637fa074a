"""Pages on which an officer gives the office's own Word form and confirms what was recognised in it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.call import OFFICER
from keqiao.readers.forms.office import recognise
from keqiao.readers.forms.pieces import Pieces
from keqiao.readers.forms.uploaded import pieces_of_upload
from keqiao.readers.messages import say
from keqiao.readers.unreadable import Unreadable
from keqiao.web.access import opens_to
from keqiao.web.files.queries import path_of, received_file
from keqiao.web.programmes import actions
from keqiao.web.programmes.documents import PURPOSE
from keqiao.web.programmes.form_desk.office import shown, with_paper
from keqiao.web.programmes.form_desk.office_forms import ConfirmingForm, PaperForm
from keqiao.web.programmes.form_desk.views import answered, drafted
from keqiao.web.programmes.office_paper import check_fillable
from keqiao.web.programmes.parts import NotThere, Part, value_at
from keqiao.web.programmes.proofreading.addresses import form_address
from keqiao.web.programmes.wording.labels import language_now

PAGE = ["GET", "HEAD", "POST"]


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(PAGE)
def form_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the office's own document of a form. It is read behind the gate; what is refused is said."""
    call, draft = drafted(request, pk)
    part = _part(request, draft.definition)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = form.store(actor=request.user, association_id=call.association_id, at=request.arrived_at)
            _read(file)
        except ValidationError as refused:
            form.add_error("file", refused)
        except Unreadable as refused:
            form.add_error("file", _sentence(refused))
        else:
            asked = urlencode({"node": part.entry, "file": file.pk})
            return redirect(f"{reverse('programmes:form_paper_confirm', args=[pk])}?{asked}")
    page = {"call": call, "form": form, "of": value_at(draft.definition, part)}
    return render(request, "programmes/form_desk/office.html", page, status=422 if form.errors else 200)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(PAGE)
def form_paper_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The document as it stands, each recognised blank tinted; beside it what it is taken for, to be confirmed."""
    call, draft = drafted(request, pk)
    part = _part(request, draft.definition)
    file = _file(request)
    document = _pieces(file)
    found = recognise(document)
    form = ConfirmingForm(request.POST or None, found, draft.version)
    if request.method == "POST" and form.is_valid():
        value = with_paper(value_at(draft.definition, part), file.sha256, form.confirmed(), found)

        def act(**who: Any) -> str:
            change = actions.PartChange(form.cleaned_data["version"], part, value)
            actions.change_part(call.pk, change, **who)
            return form_address(call.pk, part.entry)

        return answered(request, call, act, _("已确认。表格按本单位的文件打印，栏目可以继续修改。"))
    page = {
        "call": call,
        "form": form,
        "file": file,
        "of": value_at(draft.definition, part),
        "blocks": shown(document, found),
        "found": found,
    }
    return render(
        request, "programmes/form_desk/office_confirm.html", page, status=422 if form.errors else 200
    )


def _part(request: HttpRequest, definition: dict[str, Any]) -> Part:
    part = Part("", "forms", request.GET.get("node", ""))
    try:
        value_at(definition, part)
    except NotThere as gone:
        raise Http404 from gone
    if not part.entry:
        raise Http404
    return part


def _file(request: HttpRequest) -> Any:
    try:
        wanted = UUID(request.GET.get("file", ""))
    except ValueError as wrong:
        raise Http404 from wrong
    file = received_file(request.user, wanted, PURPOSE)
    if file is None:
        raise Http404
    return file


def _read(file: Any) -> Pieces:
    """What stands in the document, which can be filled in as well."""
    path = path_of(file)
    pieces = pieces_of_upload(path, name=file.name)
    check_fillable(path, file.name)
    return pieces


def _pieces(file: Any) -> Pieces:
    try:
        return _read(file)
    except Unreadable as refused:
        raise Http404 from refused


def _sentence(refused: Unreadable) -> str:
    return say(Finding(refused.code, Weight.REFUSE, refused.values), language_now())
