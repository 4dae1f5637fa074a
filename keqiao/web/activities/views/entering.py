"""Entering a record on one screen, and changing it; without scripts, with the camera of a telephone."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.lifecycle.activity import TABLE, ActivityState
from keqiao.core.lifecycle.roles import APPLICANT
from keqiao.readers.fact_kinds import fact_kinds
from keqiao.web.access import opens_to
from keqiao.web.activities import actions, queries
from keqiao.web.activities.actions import Begun
from keqiao.web.activities.forms import EvidenceForm, RecordForm
from keqiao.web.activities.forms.records import initial_of
from keqiao.web.activities.forms.sending import LINKS
from keqiao.web.activities.models import Activity
from keqiao.web.activities.papers import FAMILIES
from keqiao.web.activities.permissions import OF_A_UNIT, may_record
from keqiao.web.activities.projects import Project
from keqiao.web.activities.refusals import Refused
from keqiao.web.activities.shown import kind_choices, kind_words, language
from keqiao.web.files.kinds import in_words
from keqiao.web.parties.queries import local_day

BEGINNINGS = {"plan": Begun("planned"), "save": Begun(), "report": Begun(report=True)}


@opens_to(*OF_A_UNIT, scope="the unit of the project")
@require_safe
def choose(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Which kind of record; those that targets of the project ask for stand first."""
    project = _project(request, kind, pk)
    asked = [each for each in kind_choices() if each[0] in project.asked]
    page = {
        "project": project,
        "asked": asked,
        "others": [each for each in kind_choices() if each not in asked],
    }
    return render(request, "activities/choose.html", page)


@opens_to(*OF_A_UNIT, scope="the unit of the project")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str, pk: UUID, fact: str) -> HttpResponse:
    """Enter one record with its evidence, and report it at once if it is whole."""
    who: Any = request
    project = _project(request, kind, pk)
    if fact not in fact_kinds():
        raise Http404
    form = _form(request, project, fact)
    evidence = _evidence(request)
    files, findings = _sent(request, evidence, project), ()
    if request.method == "POST" and form.is_valid() and evidence.is_valid():
        begun = BEGINNINGS.get(request.POST.get("begin", ""), BEGINNINGS["save"])
        sent = {"files": [each.pk for each in files], "links": evidence.cleaned_data[LINKS]}
        begun = replace(begun, key=_key(request), **sent)
        try:
            row = actions.enter(project, form.content(), begun, actor=who.user, at=who.arrived_at)
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已登记，序号 %(number)s。") % {"number": row.number})
            return redirect(f"{reverse('activities:project', args=[kind, pk])}")
    page = {"project": project, "fact": fact, "title": kind_words(fact), "is_new": True}
    return _page(request, page, form, evidence, {"files": files, "findings": findings})


@opens_to(*OF_A_UNIT, scope="the unit of the project")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what a record says, and add evidence."""
    who: Any = request
    row, project = _editable(request, pk)
    form = _form(request, project, row.kind, row)
    evidence = _evidence(request)
    files, findings = _sent(request, evidence, project), ()
    if request.method == "POST" and form.is_valid() and evidence.is_valid():
        by: dict[str, Any] = {"actor": who.user, "at": who.arrived_at}
        try:
            actions.edit(pk, _version(request), form.content(), **by)
            actions.attach(pk, [each.pk for each in files], evidence.cleaned_data[LINKS], **by)
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已保存。"))
            return redirect("activities:record", pk)
    page = {"project": project, "record": row, "fact": row.kind, "title": row.title, "is_new": False}
    return _page(request, page, form, evidence, {"files": files, "findings": findings})


def _page(
    request: HttpRequest, page: dict[str, Any], form: RecordForm, evidence: EvidenceForm, came: dict[str, Any]
) -> HttpResponse:
    """The page of the form; what came is on it again, with every fault."""
    is_wrong = form.is_bound and bool(form.errors or evidence.errors)
    status = 409 if came["findings"] else 422 if is_wrong else 200
    names = ("title", "start", "end", "region")
    page |= came | {
        "form": form,
        "evidence_form": evidence,
        "first": [form[name] for name in names],
        "fields": [field for field in form if field.name not in names],
        "offers": form.offers(),
        "kinds": in_words(*FAMILIES),
        "key": _key(request) or uuid4(),
        "version": _version(request) if form.is_bound else getattr(page.get("record"), "version", 0),
    }
    return render(request, "activities/form.html", page, status=status)


def _form(request: HttpRequest, project: Project, fact: str, row: Activity | None = None) -> RecordForm:
    who: Any = request
    today = local_day(who.arrived_at)
    return RecordForm(
        request.POST if request.method == "POST" else None,
        kind=fact,
        today=today,
        language=language(),
        offered=queries.words_used(project, fact),
        initial=initial_of(row) if row else {"start": today},
    )


def _evidence(request: HttpRequest) -> EvidenceForm:
    return EvidenceForm(request.POST, request.FILES) if request.method == "POST" else EvidenceForm()


def _sent(request: HttpRequest, evidence: EvidenceForm, project: Project) -> list[Any]:
    """The files that came, now or with an earlier try; they stay whatever else is wrong."""
    who: Any = request
    if request.method != "POST":
        return []
    evidence.is_valid()
    return evidence.store(actor=who.user, association_id=project.association_id, at=who.arrived_at)


def _project(request: HttpRequest, kind: str, pk: UUID) -> Project:
    """A project for which the viewer records now; otherwise 404."""
    who: Any = request
    project = queries.project_for(who.user, kind, pk, who.arrived_at)
    if not project.is_open or not may_record(who.user, project, who.arrived_at):
        raise Http404
    return project


def _editable(request: HttpRequest, pk: UUID) -> tuple[Activity, Project]:
    """A record that the viewer may change where it stands; otherwise 404."""
    who: Any = request
    row, project = queries.record_for(who.user, pk, who.arrived_at)
    is_open = "edit" in TABLE.acts_in(ActivityState(row.state), {APPLICANT})
    if not (is_open and project.is_open and may_record(who.user, project, who.arrived_at)):
        raise Http404
    return row, project


def _key(request: HttpRequest) -> UUID | None:
    """What the page has drawn to know the form again if it is sent twice; nothing without it."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _version(request: HttpRequest) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
