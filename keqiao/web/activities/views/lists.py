"""Records of one project, and those that wait to be verified."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from keqiao.core.lifecycle.activity import ActivityState
from keqiao.readers.fact_kinds import fact_kinds
from keqiao.web.access import opens_to
from keqiao.web.activities import queries
from keqiao.web.activities.permissions import (
    EVERYBODY,
    IN_CHARGE,
    associations_in_charge,
    is_officer,
    may_record,
)
from keqiao.web.activities.projects import projects_with
from keqiao.web.activities.shown import STATE_KINDS, in_short, kind_words, state_words
from keqiao.web.audit.exports import exported
from keqiao.web.ui.lists import Column, Filter, ListKind, list_page

_lazy_kind, _lazy_state = lazy(kind_words, str), lazy(state_words, str)
KINDS = [(code, _lazy_kind(code)) for code in fact_kinds()]
STATES = [(state.value, _lazy_state(state.value)) for state in ActivityState]
BY_KIND = Filter("kind", _("种类"), KINDS, lambda kind: Q(kind=kind))


@opens_to(*EVERYBODY, scope="the unit of the project, or its association")
@require_safe
def project(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """The records of one project."""
    who: Any = request
    found = queries.project_for(who.user, kind, pk, who.arrived_at)
    shown = list_page(queries.records_of_project(who.user, found, who.arrived_at), OF_PROJECT, request.GET)
    if (file := exported(shown, request)) is not None:
        return file
    page = {
        "project": found,
        "of": f"{kind}:{pk}",
        "list": shown,
        "rows": [_shown(row) for row in shown.page],
        "may_record": found.is_open and may_record(who.user, found, who.arrived_at),
        "may_act": is_officer(who.user, found.association_id, who.arrived_at),
        "is_office": found.association_id in associations_in_charge(who.user, who.arrived_at),
    }
    return render(request, "activities/project.html", page)


@opens_to(*IN_CHARGE, scope="the associations of the viewer")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What was reported and waits to be verified, of all projects."""
    who: Any = request
    shown = list_page(queries.records_to_verify(who.user, who.arrived_at), QUEUE, request.GET)
    if (file := exported(shown, request)) is not None:
        return file
    projects = projects_with(row.project for row in shown.page)
    page = {
        "list": shown,
        "rows": [_shown(row) | {"project": projects.get(row.project)} for row in shown.page],
        "may_act": any(is_officer(who.user, row.association_id, who.arrived_at) for row in shown.page),
    }
    return render(request, "activities/queue.html", page)


def _shown(row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "kind": kind_words(row.kind),
        "state": state_words(row.state),
        "state_kind": STATE_KINDS[ActivityState(row.state)],
        "short": in_short(row),
    }


def _search(word: str) -> Q:
    number = Q(number=int(word)) if word.isascii() and word.isdigit() and len(word) < 9 else Q()
    return Q(title__icontains=word) | Q(region__name__icontains=word) | number


COMMON = (
    Column("number", _("序号"), ("number",), number=True, value=lambda row: str(row.number)),
    Column("title", _("名称"), ("title",), value=lambda row: row.title),
    Column("kind", _("种类"), ("kind",), value=lambda row: kind_words(row.kind)),
    Column("start", _("日期"), ("start",), value=lambda row: row.start),
    Column("region", _("地区"), ("region__code",), value=lambda row: row.region.name if row.region else ""),
    Column("short", _("内容"), value=in_short),
    Column("pieces", _("证明材料"), ("pieces",), number=True, value=lambda row: str(row.pieces)),
)
OF_PROJECT = ListKind(
    columns=(*COMMON, Column("state", _("状态"), ("state",), value=lambda row: state_words(row.state))),
    default_sort="-number",
    search=_search,
    filters=(BY_KIND, Filter("state", _("状态"), STATES, lambda state: Q(state=state))),
    hint=_("名称、地区或序号"),
    code="activities.of_project",
    file_name=_("活动登记表"),
)
QUEUE = ListKind(
    columns=(
        *COMMON,
        Column("owner", _("承担单位"), ("owner__name",), value=lambda row: row.owner.name),
        Column("at", _("报送时间"), ("reported_at",), value=lambda row: row.reported_at),
    ),
    default_sort="at",
    search=lambda word: _search(word) | Q(owner__name__icontains=word),
    filters=(BY_KIND,),
    hint=_("名称、地区、序号或单位"),
    code="activities.to_verify",
    file_name=_("待核实的活动登记"),
)
