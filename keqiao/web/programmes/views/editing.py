"""Correct one part of a draft on a page of its own, with the words of the document beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.programmes import actions, editing, parts, queries
from keqiao.web.programmes.definitions import Values, programme_of
from keqiao.web.programmes.facts import office_text
from keqiao.web.programmes.forms import (
    HeadForm,
    NewTargetForm,
    OfficeForm,
    RemoveForm,
    RuleForm,
    TargetForm,
    TermsForm,
)
from keqiao.web.programmes.models import Call, Draft
from keqiao.web.programmes.refusals import Refused, StaleDraft

FORM = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Part:
    """One part of a draft as its page shows it. ``keys`` are those of the words beside the form."""

    title: str
    anchor: str
    keys: tuple[str, ...] = ()
    removable: str = ""


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def head(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Title, issuers, number, day, region, year."""
    call, draft = _draft(request, pk)
    form = HeadForm(
        request.POST or None, initial=HeadForm.initial_of(draft.definition) | {"version": draft.version}
    )
    part = Part(_("通知基本信息"), "whole")
    if request.method == "POST" and form.is_valid():
        edit = partial(editing.with_statements, node="", changes=form.changes())
        return _correct(
            request, (call, draft), (form, part), actions.Change(_version(form), edit, "", ("head",))
        )
    return _page(request, (call, draft), (form, part))


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def terms(request: HttpRequest, pk: UUID, node: str = "") -> HttpResponse:
    """Who, money, places, days and offices of a category, or of the whole call."""
    call, draft = _draft(request, pk)
    before = _found(parts.node_at, draft.definition, node)
    offices = [(o.id, office_text(o)) for o in programme_of(draft.definition).office_list]
    initial = TermsForm.initial_of(before) | {"version": draft.version}
    form = TermsForm(request.POST or None, initial=initial, node=node, offices=offices)
    keys = (
        node,
        *(
            f"{node}:{name}"
            for name in (
                "applicants",
                "funding",
                "places",
                "per_unit_limit",
                "deadline",
                "completion",
                "term",
            )
        ),
    )
    part = Part(before.get("name") or _("整个通知"), node or "whole", keys)
    if request.method == "POST" and form.is_valid():
        changes = form.changes(before)
        edit = partial(editing.with_statements, node=node, changes=changes)
        return _correct(
            request, (call, draft), (form, part), actions.Change(_version(form), edit, node, tuple(changes))
        )
    return _page(request, (call, draft), (form, part))


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def target(request: HttpRequest, pk: UUID, entry: str = "", node: str = "") -> HttpResponse:
    """One target; without an id a new one of a category."""
    return _entry(
        request, pk, (entry, node), ("targets", TargetForm if entry else NewTargetForm, _("绩效指标"))
    )


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def rule(request: HttpRequest, pk: UUID, entry: str) -> HttpResponse:
    """One rule."""
    _call, draft = _draft(request, pk)
    values = _found(editing.entry_at, draft.definition, entry).values
    return _entry(request, pk, (entry, ""), ("rules", partial(RuleForm, rule=values), _("规则")))


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def office(request: HttpRequest, pk: UUID, entry: str = "") -> HttpResponse:
    """One office that applicants can ask; without an id a new one."""
    return _entry(request, pk, (entry, ""), ("office_list", OfficeForm, _("咨询部门")))


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(FORM)
def remove(request: HttpRequest, pk: UUID, entry: str) -> HttpResponse:
    """Take a wrong target, rule or office away; a page of its own, for browsers without scripts."""
    call, draft = _draft(request, pk)
    found = _found(editing.entry_at, draft.definition, entry)
    form = RemoveForm(request.POST or None, initial={"version": draft.version})
    title = (
        found.values.get("metric") or found.values.get("summary") or found.values.get("department") or entry
    )
    part = Part(_("删除“%(title)s”") % {"title": title}, found.node or "whole", (entry,))
    if request.method == "POST" and form.is_valid():
        edit = partial(editing.without_entry, identifier=entry)
        change = actions.Change(_version(form), edit, entry, ("removed",), form.cleaned_data["reason"])
        return _correct(request, (call, draft), (form, part), change)
    return _page(request, (call, draft), (form, part))


def _entry(
    request: HttpRequest, pk: UUID, at: tuple[str, str], kind: tuple[str, Callable[..., Any], str]
) -> HttpResponse:
    (entry, node), (list_name, form_class, title) = at, kind
    call, draft = _draft(request, pk)
    values = _found(editing.entry_at, draft.definition, entry).values if entry else {}
    where = _found(editing.entry_at, draft.definition, entry).node if entry else node
    initial = getattr(form_class, "func", form_class).initial_of(values) | {"version": draft.version}
    form = form_class(request.POST or None, initial=initial)
    part = Part(title, "offices" if list_name == "office_list" else where or "whole", (entry,), entry)
    if request.method == "POST" and form.is_valid():
        edit = _entry_edit(entry, (where, list_name), form.changes())
        change = actions.Change(_version(form), edit, entry or where, (list_name,))
        return _correct(request, (call, draft), (form, part), change)
    return _page(request, (call, draft), (form, part))


def _entry_edit(entry: str, place: tuple[str, str], changes: Values) -> Callable[[Values], Values]:
    if entry:
        return partial(editing.with_entry, identifier=entry, changes=changes)
    node, list_name = place
    return lambda values: editing.with_new_entry(values, node, list_name, changes)[0]


def _draft(request: HttpRequest, pk: UUID) -> tuple[Call, Draft]:
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    draft = queries.draft_of(call)
    if draft is None:
        raise Http404
    return call, draft


def _found(find: Callable[[Values, str], Any], values: Values, identifier: str) -> Any:
    try:
        return find(values, identifier)
    except parts.NotThere as gone:
        raise Http404 from gone


def _version(form: Any) -> int:
    return form.cleaned_data["version"]


def _correct(
    request: HttpRequest, about: tuple[Call, Draft], shown: tuple[Any, Part], change: actions.Change
) -> HttpResponse:
    call, _draft_seen = about
    _form, part = shown
    try:
        actions.correct(call.pk, change, actor=request.user, at=request.arrived_at)
    except StaleDraft as stale:
        return _page(request, about, shown, stale=stale)
    except Refused as refused:
        return _page(request, about, shown, findings=refused.findings)
    messages.success(request, _("已保存。"))
    answer = redirect("programmes:draft", call.pk)
    answer["Location"] += f"#{part.anchor}"
    return answer


def _page(
    request: HttpRequest, about: tuple[Call, Draft], shown: tuple[Any, Part], **trouble: Any
) -> HttpResponse:
    (call, draft), (form, part) = about, shown
    words = [draft.words[key] for key in part.keys if key in draft.words]
    page = {"call": call, "draft": draft, "form": form, "part": part, "words": words, **trouble}
    if "stale" in trouble:
        form.data = form.data.copy()
        form.data["version"] = trouble["stale"].version
    status = 409 if trouble else 422 if form.errors else 200
    return render(request, "programmes/edit.html", page, status=status)
