"""Correct one part of a draft in the form of its statement, or add one to a list."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from keqiao.core.lifecycle.call import OFFICER
from keqiao.readers.messages import say
from keqiao.web.access import opens_to
from keqiao.web.programmes import actions, parts
from keqiao.web.programmes.desk.preview import preview_of
from keqiao.web.programmes.forms.fields import VersionedForm
from keqiao.web.programmes.forms.statements import StatementForm, form_saying, kind_at, statement_form
from keqiao.web.programmes.parts import NEW, Part
from keqiao.web.programmes.proofreading.selections import corrected
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.programmes.statements.slots import is_list
from keqiao.web.programmes.views.saving import conflicting, is_autosave, saved, unfit
from keqiao.web.programmes.views.work import (
    FORMS,
    RULES,
    Work,
    page_about,
    part_asked_for,
    work_on,
)
from keqiao.web.programmes.wording.labels import language_now
from keqiao.web.programmes.wording.rule_kinds import kinds_offered

FORM = ["GET", "HEAD", "POST"]
SAVE, PREVIEW = "save", "preview"
SETTLED_BY_WORDS = ("needs_answer", "invented")
"""Marks that do not hold for what an officer takes from the words of the document."""


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def part(request: HttpRequest, pk: UUID, slot: str) -> HttpResponse:
    """The form of one part: a statement, an entry of a list, a whole list, or the head of a node."""
    work = work_on(request, pk, part_asked_for(request, slot))
    if slot == FORMS and work.part.entry and request.method != "POST":
        return redirect(work.back(work.part))
    return _form_page(request, work)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def part_new(request: HttpRequest, pk: UUID, slot: str) -> HttpResponse:
    """The form of a new entry of a list; of a rule after its kind was chosen."""
    work = work_on(request, pk, Part(request.GET.get("node", ""), slot, NEW))
    if not is_list(kind_at(work.part, work.draft.definition), slot):
        raise Http404
    if slot == FORMS and request.method != "POST":
        return redirect("programmes:form_new", pk)
    if slot == RULES and request.method != "POST" and not _proposed(request, work).get("type"):
        template = "programmes/rule_kinds.html#kinds" if request.htmx else "programmes/rule_kinds.html"
        return render(request, template, page_about(work) | {"kinds": kinds_offered()})
    return _form_page(request, work)


def _form_page(request: HttpRequest, work: Work) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, work, _first_form(request, work))
    form = statement_form(work.part, work.draft.definition, request.POST)
    act = request.POST.get("act", SAVE)
    if act != SAVE:
        return _shown(request, work, form.after(act) or form.as_typed(), act)
    version = VersionedForm(request.POST)
    if not version.is_valid() or not form.is_valid():
        return unfit(request, form.lacks) if is_autosave(request) else _shown(request, work, form, status=422)
    return _saved(request, work, form, version.cleaned_data["version"])


def _first_form(request: HttpRequest, work: Work) -> StatementForm:
    """The form with what the part says, or with what the words were read as on top of it."""
    try:
        if proposed := _proposed(request, work):
            value = corrected(work.standing, proposed, work.part.slot)
            kept = {name: each for name, each in value.items() if name not in SETTLED_BY_WORDS}
            return form_saying(work.part, work.draft.definition, kept)
        return statement_form(work.part, work.draft.definition)
    except parts.NotThere as gone:
        raise Http404 from gone


def _proposed(request: HttpRequest, work: Work) -> dict[str, Any]:
    return work.proposed(request.GET.get("type", ""))


def _saved(request: HttpRequest, work: Work, form: StatementForm, version: int) -> HttpResponse:
    who = {"actor": request.user, "at": request.arrived_at}
    tied = work.words.tied() if work.words else None
    try:
        if work.part.entry == NEW:
            behind = request.GET.get("behind", "")
            entry = actions.NewEntry(version, replace(work.part, entry=""), form.value(), tied, behind)
            draft, at = actions.add_entry(work.call.pk, entry, **who)
        else:
            at, by_itself = work.part, is_autosave(request)
            change = actions.PartChange(version, at, form.value(), words=tied, autosaved=by_itself)
            draft = actions.change_part(work.call.pk, change, **who)
    except StaleDraft as stale:
        return conflicting(request, work.call, stale)
    except Refused as refused:
        return _refused(request, work, form, refused)
    return saved(request, draft, version, work.back(at))


def _refused(request: HttpRequest, work: Work, form: StatementForm, refused: Refused) -> HttpResponse:
    if is_autosave(request):
        return unfit(request, (say(finding, language_now()) for finding in refused.findings))
    return _shown(request, work, form, status=409, findings=refused.findings)


def _shown(
    request: HttpRequest, work: Work, form: StatementForm, act: str = "", *, status: int = 200, **trouble: Any
) -> HttpResponse:
    page = page_about(work) | {"form": form, "preview": _preview(work, form, act), **trouble}
    if request.method == "POST":
        page["version"] = request.POST.get("version", page["version"])
    template = "programmes/part.html"
    if request.htmx:
        template += "#said" if act == PREVIEW else "#statement"
    return render(request, template, page, status=status)


def _preview(work: Work, form: StatementForm, act: str) -> Any:
    whole = StatementForm(work.part, work.draft.definition, form.typed, is_submitted=True)
    if not whole.is_valid() or whole.value() is None:
        return {"lacks": whole.lacks} if act == PREVIEW else None
    try:
        return preview_of(work.part, work.draft.definition, whole.value())
    except parts.NotThere:  # somebody has taken it away; saving will say so
        return None
