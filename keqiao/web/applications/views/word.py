"""A form filled in Word comes back: what was read cell by cell, and whoever applies chooses what is taken over."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from keqiao.core.findings import Finding, Weight
from keqiao.core.forms.answers import Answers
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.written import written
from keqiao.core.programme.forms import AnyField
from keqiao.readers.forms.filled import CellRead, FormRead, State, read_filled_upload
from keqiao.readers.unreadable import Unreadable
from keqiao.web.access import opens_to
from keqiao.web.applications import actions, queries
from keqiao.web.applications.actions import Edit
from keqiao.web.applications.earlier_forms import Earlier, read_as_earlier
from keqiao.web.applications.forms import ReadForm
from keqiao.web.applications.models import Application
from keqiao.web.applications.office_document import NO_TEMPLATE, office_template
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.applications.refusals import Conflict, Refused
from keqiao.web.applications.views.attaching import PaperForm
from keqiao.web.applications.views.merging import merge_page
from keqiao.web.applications.views.pages import form_of, is_editable
from keqiao.web.applications.views.standing import not_done
from keqiao.web.files.queries import path_of
from keqiao.web.programmes.office_paper import TemplateGone
from keqiao.web.ui.faults import add_faults
from keqiao.web.ui.templatetags.shell import say

STATE_WORDS = {
    State.READ: (gettext_lazy("已读出"), "done"),
    State.DOUBTFUL: (gettext_lazy("有疑问"), "warn"),
    State.NOT_UNDERSTOOD: (gettext_lazy("未能识别"), "refuse"),
    State.ABSENT: (gettext_lazy("文件中没有"), ""),
}
HEAVIEST_FIRST = (State.NOT_UNDERSTOOD, State.DOUBTFUL, State.ABSENT, State.READ)


@dataclass(frozen=True, slots=True)
class FieldRead:
    """One field as the document has it: what stands in the application now, what was read, and what is doubtful.

    ``is_offered``: it can be taken over, because it says something else. ``is_proposed``: nothing about it is doubtful.
    """

    field: AnyField
    word: Any
    chip: str
    now: str
    read: str
    cells: tuple[CellRead, ...]
    is_offered: bool
    is_proposed: bool


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a filled Word form; show what was read of it. Nothing is saved yet."""
    application = _draft(request, pk)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            application = _in_the_form_in_force(request, application)
        except Refused as refused:
            return not_done(request, application, refused)
        read = _read(request, application, form)
        if read is not None:
            return _shown(request, application, read)
    page = {"application": application, "form": form}
    return render(request, "applications/word.html", page, status=422 if form.is_bound else 200)


def _draft(request: HttpRequest, pk: UUID) -> Application:
    application = queries.own_application(request.user, pk, request.arrived_at)  # type: ignore[attr-defined,arg-type]
    if not is_editable(application):
        raise Http404
    return application


def _in_the_form_in_force(request: HttpRequest, application: Application) -> Application:
    """A draft that still has the form of an earlier revision moves first: the document may be of either form."""
    at = request.arrived_at  # type: ignore[attr-defined]
    actions.migrate(application.pk, actor=request.user, at=at)  # type: ignore[arg-type]
    return queries.own_application(request.user, application.pk, at)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read, and which earlier form of the call it was, if it was one."""

    found: FormRead
    earlier: Earlier | None = None


def _read(request: HttpRequest, application: Application, form: PaperForm) -> _Read | None:
    """Store the document and read it; what is wrong stands in the form."""
    who: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    before = queries.answers_of(application)
    try:
        file = form.store(association_id=application.association_id, **who)
        form_asked = form_of(application)
        template = office_template(form_asked, application.association_id)
        path = path_of(file)
        found = read_filled_upload(path, form_asked, name=file.name, before=before, template=template)
        earlier = None if found.is_this_form else read_as_earlier(path, file.name, application, before)
        return _Read(earlier.read if earlier else found, earlier)
    except ValidationError as wrong:
        add_faults(form, wrong)
    except TemplateGone:
        form.add_error("file", NO_TEMPLATE)
    except Unreadable as refused:
        form.add_error("file", say(Finding(refused.code, Weight.REFUSE, refused.values)))
    return None


def _shown(request: HttpRequest, application: Application, read: _Read) -> HttpResponse:
    found = read.found
    specification, before = form_of(application), queries.answers_of(application)
    open_fields = queries.editable_fields(application)
    fields = list(_fields(specification, found, before))
    if open_fields is not None:
        fields = [each for each in fields if each.field.id in open_fields]
    page = {
        "application": application,
        "is_this_form": found.is_this_form,
        "earlier": read.earlier,
        "changed": [
            each for each in fields if each.is_offered or each.word is not STATE_WORDS[State.READ][0]
        ],
        "same": sum(not each.is_offered for each in fields),
        "left_over": found.left_over,
        "kept": json.dumps(
            {"version": application.version, "answers": dict(found.answers)}, ensure_ascii=False
        ),
    }
    return render(request, "applications/word_read.html", page)


def _fields(specification: Specification, found: FormRead, before: Answers) -> Iterator[FieldRead]:
    for each in specification.fields:
        cells = tuple(cell for cell in found.cells if cell.at[0] == each.id)
        if not cells:
            continue
        state = next(state for state in HEAVIEST_FIRST if any(cell.state is state for cell in cells))
        words, chip = STATE_WORDS[state]
        is_there = each.id in found.answers
        yield FieldRead(
            field=each,
            word=words,
            chip=chip,
            now=_said(each, before.get(each.id)),
            read=_said(each, found.answers.get(each.id)),
            cells=tuple(cell for cell in cells if cell.state is not State.READ),
            is_offered=is_there and found.answers[each.id] != before.get(each.id),
            is_proposed=state is State.READ,
        )


def _said(each: AnyField, value: Any) -> str:
    return "" if value is None else written(each, value)


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_POST
def take_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Save the fields that were chosen; everything else stays as it is."""
    application = _draft(request, pk)
    form = ReadForm(request.POST)
    if not form.is_valid():
        return redirect("applications:word", pk)
    kept = form.cleaned_data["kept"]
    chosen = [each for each in request.POST.getlist("take") if each in kept["answers"]]
    known = application.versions.filter(number=kept["version"]).exists()
    base = kept["version"] if known else application.version
    answers = queries.answers_of(application, base) | {each: kept["answers"][each] for each in chosen}
    edit = Edit(application.pk, base, answers, "read_from_word")
    try:
        actions.save(edit, actor=request.user, at=request.arrived_at)  # type: ignore[attr-defined,arg-type]
    except Conflict as conflict:
        return merge_page(request, application, conflict)
    except Refused as refused:
        return not_done(request, application, refused)
    messages.success(request, _("已从 Word 带入 %(n)s 个栏目。") % {"n": len(chosen)})
    return redirect("applications:fill", pk)
