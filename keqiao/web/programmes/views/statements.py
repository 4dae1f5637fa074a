"""Correct one part of a draft in the form of its statement, add one to a list, take one away."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.programmes import actions, labels, parts, queries
from keqiao.web.programmes.addresses import anchor_of, part_address, removal_address
from keqiao.web.programmes.forms import RemoveForm
from keqiao.web.programmes.forms.fields import VersionedForm
from keqiao.web.programmes.forms.statements import StatementForm, form_saying, statement_form, statement_of
from keqiao.web.programmes.library import choosing_address
from keqiao.web.programmes.models import Call, Draft
from keqiao.web.programmes.node_page import node_page
from keqiao.web.programmes.part_words import PartWords
from keqiao.web.programmes.parts import NEW, Part
from keqiao.web.programmes.preview import preview_of
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.programmes.selections import NoSuchWords, Selection, corrected, proposal_of, selection_at
from keqiao.web.programmes.statements.shapes import is_list
from keqiao.web.programmes.views.refusing import refused_page
from keqiao.web.programmes.views.saving import conflicting, is_autosave, saved, unfit

FORM = ["GET", "HEAD", "POST"]
SAVE, PREVIEW = "save", "preview"
RULES = "rules"
SETTLED_BY_WORDS = ("needs_answer", "invented")
"""Marks that do not hold for what an officer takes from the words of the document."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a request is about: the call, its draft, the part, and the words that were picked out for it."""

    call: Call
    draft: Draft
    part: Part
    words: Selection | None


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def part(request: HttpRequest, pk: UUID, slot: str) -> HttpResponse:
    """The form of one part: a statement, an entry of a list, or the head of a node."""
    at = Part(request.GET.get("node", ""), slot, request.GET.get("entry", ""))
    return _form_page(request, _work(request, pk, at))


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def part_new(request: HttpRequest, pk: UUID, slot: str) -> HttpResponse:
    """The form of a new entry of a list; of a rule after its kind was chosen."""
    work = _work(request, pk, Part(request.GET.get("node", ""), slot, NEW))
    if not is_list(parts.kind_of_node(work.draft.definition, work.part.node), slot):
        raise Http404
    if slot == RULES and request.method != "POST" and not _proposed(request, work).get("type"):
        return render(request, _template(request, "kinds"), _page(work) | {"kinds": _kinds()})
    return _form_page(request, work)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def part_remove(request: HttpRequest, pk: UUID, slot: str) -> HttpResponse:
    """Take a statement or an entry away, with a reason; a page of its own, for browsers without scripts."""
    at = Part(request.GET.get("node", ""), slot, request.GET.get("entry", ""))
    work = _work(request, pk, at)
    if _standing(work) is None:
        raise Http404
    form = RemoveForm(request.POST or None, initial={"version": work.draft.version})
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "programmes/part_remove.html", _page(work) | {"form": form}, status=status)
    change = actions.PartChange(form.cleaned_data["version"], at, None, form.cleaned_data["reason"])
    try:
        draft = actions.change_part(work.call.pk, change, actor=request.user, at=request.arrived_at)
    except StaleDraft as stale:
        return conflicting(request, work.call, stale)
    except Refused as refused:
        return refused_page(request, work.call, refused)
    return saved(request, draft, change.version, _place_on_draft(work.call, Part(at.node, parts.HEAD)))


@opens_to(OFFICER, scope="the association of the call")
@require_safe
def node(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything that can be stated at a node, stated or not."""
    work = _work(request, pk, Part(request.GET.get("node", ""), parts.HEAD))
    page = _page(work) | {"node": node_page(pk, work.draft.definition, work.part.node)}
    return render(request, "programmes/node_page.html", page)


def _work(request: HttpRequest, pk: UUID, at: Part) -> Work:
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    draft = queries.draft_of(call)
    if draft is None:
        raise Http404
    try:
        statement_of(at, draft.definition)
    except KeyError as unknown:
        raise Http404 from unknown
    except parts.NotThere as gone:
        if request.method != "POST":  # what was typed for a category that is gone is shown again
            raise Http404 from gone
    return Work(call, draft, at, _picked_out(request, call))


def _picked_out(request: HttpRequest, call: Call) -> Selection | None:
    address = request.GET.get("words", "")
    if not address:
        return None
    source = queries.source_of(call, whole=True)
    if source is None:
        raise Http404
    try:
        return selection_at(source, address)
    except NoSuchWords as gone:
        raise Http404 from gone


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
    definition = work.draft.definition
    try:
        if proposed := _proposed(request, work):
            present = None if work.part.entry == NEW else parts.value_at(definition, work.part)
            value = corrected(present, proposed, work.part.slot)
            kept = {name: each for name, each in value.items() if name not in SETTLED_BY_WORDS}
            return form_saying(work.part, definition, kept)
        return statement_form(work.part, definition)
    except parts.NotThere as gone:
        raise Http404 from gone


def _proposed(request: HttpRequest, work: Work) -> dict[str, Any]:
    """What the words that were picked out say, and the kind of rule that was chosen."""
    proposed: dict[str, Any] = {}
    if work.words is not None:
        source = queries.source_of(work.call)
        proposed = dict(proposal_of(work.words, work.part.slot, source).values)
    chosen = request.GET.get("type", "")
    if work.part.slot == RULES and chosen:
        proposed = {**(proposed if proposed.get("type") == chosen else _worded(proposed)), "type": chosen}
    return proposed


def _worded(proposed: dict[str, Any]) -> dict[str, Any]:
    """What holds of a rule whatever its kind."""
    return {name: proposed[name] for name in ("summary", "hedge", "source") if name in proposed}


def _saved(request: HttpRequest, work: Work, form: StatementForm, version: int) -> HttpResponse:
    who = {"actor": request.user, "at": request.arrived_at}
    tied = work.words.tied() if work.words else None
    try:
        if work.part.entry == NEW:
            entry = actions.NewEntry(version, replace(work.part, entry=""), form.value(), tied)
            draft, at = actions.add_entry(work.call.pk, entry, **who)
        else:
            at, by_itself = work.part, is_autosave(request)
            change = actions.PartChange(version, at, form.value(), words=tied, autosaved=by_itself)
            draft = actions.change_part(work.call.pk, change, **who)
    except StaleDraft as stale:
        return conflicting(request, work.call, stale)
    except Refused as refused:
        return _shown(request, work, form, status=409, findings=refused.findings)
    return saved(request, draft, version, _place_on_draft(work.call, at))


def _place_on_draft(call: Call, at: Part) -> str:
    return f"{reverse('programmes:draft', args=[call.pk])}#{anchor_of(at)}"


def _shown(
    request: HttpRequest, work: Work, form: StatementForm, act: str = "", *, status: int = 200, **trouble: Any
) -> HttpResponse:
    page = _page(work) | {"form": form, "preview": _preview(work, form, act), **trouble}
    if request.method == "POST":
        page["version"] = request.POST.get("version", page["version"])
    name = "said" if act == PREVIEW and request.htmx else "statement"
    return render(request, _template(request, name), page, status=status)


def _preview(work: Work, form: StatementForm, act: str) -> Any:
    whole = StatementForm(work.part, work.draft.definition, form.typed, is_submitted=True)
    if not whole.is_valid() or whole.value() is None:
        return {"lacks": whole.lacks} if act == PREVIEW else None
    return preview_of(work.part, work.draft.definition, whole.value())


def _page(work: Work) -> dict[str, Any]:
    words = PartWords(work.draft.definition)
    at = work.part if work.part.entry != NEW else replace(work.part, entry="")
    tied = work.draft.words.get(work.part.key)
    return {
        "call": work.call,
        "draft": work.draft,
        "part": work.part,
        "version": work.draft.version,
        "title": words.title(at),
        "is_new": work.part.entry == NEW,
        "is_stated": _standing(work) is not None,
        "tied": work.words.tied() if work.words else tied,
        "form_page": part_address(work.call.pk, work.part),
        "removal": removal_address(work.call.pk, work.part),
        "library": choosing_address(work.call.pk, work.part.slot, _standing(work)),
    }


def _standing(work: Work) -> Any:
    """What the part says in the draft as it stands; None where it says nothing or is not there."""
    if work.part.entry == NEW:
        return None
    try:
        return parts.value_at(work.draft.definition, work.part)
    except parts.NotThere:
        return None


def _kinds() -> list[tuple[str, list[dict[str, str]]]]:
    return [
        (
            group,
            [
                {
                    "code": kind,
                    "name": labels.rule_type_label(kind),
                    "help": labels.rule_type_help(kind),
                    "example": labels.rule_type_example(kind),
                }
                for kind in kinds
            ],
        )
        for group, kinds in labels.rule_types_by_group()
    ]


def _template(request: HttpRequest, name: str) -> str:
    page = "programmes/rule_kinds.html" if name == "kinds" else "programmes/part.html"
    return f"{page}#{name}" if request.htmx else page
