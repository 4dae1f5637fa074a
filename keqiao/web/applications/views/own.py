"""The applications of one's own unit: the list, and one of them with its state, receipts and next step."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from keqiao.core.lifecycle.application import EDITABLE, ApplicationState
from keqiao.core.query import Field, Kind
from keqiao.web.access import opens_to
from keqiao.web.applications import queries
from keqiao.web.applications.bundles import bundles_shown, faults_of_bundle
from keqiao.web.applications.filling.fields import made
from keqiao.web.applications.filling.shown import Page, Situation, parts_of_page
from keqiao.web.applications.models import STATE_WORDS, Application
from keqiao.web.applications.panels import panels_of, panels_of_all
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.applications.views.beside import work_left
from keqiao.web.audit.exports import exported
from keqiao.web.programmes.queries import offer_of
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, column_condition, list_page

CHIPS = {
    ApplicationState.DRAFT: "",
    ApplicationState.SUBMITTED: "done",
    ApplicationState.RETURNED: "warn",
    ApplicationState.WITHDRAWN: "",
}


def state_filter() -> Filter:
    """Return the choice of a state, for lists of applications."""
    states = [(state.value, STATE_WORDS[state]) for state in CHIPS]
    return Filter("state", _("状态"), states, lambda value: Q(state=value))


def chip_of(application: Application) -> str:
    """Return the kind of chip for the state of an application."""
    return CHIPS.get(ApplicationState(application.state), "")


LIST = ListKind(
    columns=(
        Column("title", _("项目名称"), ("title",), value=lambda row: row.title),
        Column("call", _("通知"), ("call__title",), value=lambda row: row.call.title),
        Column("unit", _("申报单位"), ("unit__name",), value=lambda row: row.unit.name),
        Column("state", _("状态"), ("state",), value=lambda row: str(row.get_state_display())),
        Column("number", _("受理编号"), ("number",), value=lambda row: row.number),
        Column("edited", _("最近修改"), ("edited_at",), value=lambda row: row.edited_at),
    ),
    default_sort="-edited",
    search=lambda word: (
        Q(title__icontains=word)
        | Q(number__icontains=word)
        | Q(call__title__icontains=word)
        | Q(unit__name__icontains=word)
    ),
    filters=(state_filter(),),
    keys=(
        Key(Field("call", ("通知", "Call")), column_condition("call__title")),
        Key(
            Field("edited", ("修改日期", "修改", "Edited"), Kind.DAY, optional=True),
            column_condition("edited_at", is_moment=True),
        ),
    ),
    hint=_("项目名称、编号或通知"),
    code="applications.own",
    file_name=_("我的申报"),
)


@opens_to(*OF_A_UNIT, scope="the units of the viewer")
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """All applications of the viewer's units."""
    rows = queries.own_applications(request.user, request.arrived_at)  # type: ignore[attr-defined,arg-type]
    shown = list_page(rows, LIST, request.GET)
    if (file := exported(shown, request)) is not None:
        return file
    invited = queries.joinings_waiting(request.user, request.arrived_at)  # type: ignore[attr-defined,arg-type]
    page = {
        "list": shown,
        "invited": invited,
        "rows": [(row, chip_of(row)) for row in shown.page],
        "panels": panels_of_all(request),
    }
    return render(request, "applications/own.html", page)


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One application: its state, what is to be done next, receipts, and what it says."""
    application = queries.own_application(request.user, pk, request.arrived_at)  # type: ignore[attr-defined,arg-type]
    page = {**page_about(request, application), "panels": panels_of(application, request)}
    return render(request, "applications/detail.html", page)


def page_about(request: HttpRequest, application: Application) -> dict[str, Any]:
    """Return what a page about an application of one's own shows, its content to be read."""
    specification = queries.specification_of(application)
    answers = queries.answers_of(application)
    parts = ()
    if specification is not None:
        parts = parts_of_page(Page(specification, answers, Situation(is_editable=False)), made)
    return {
        "application": application,
        "chip": chip_of(application),
        "is_editable": ApplicationState(application.state) in EDITABLE,
        "receipts": queries.receipts_of(application),
        "returned": queries.open_return(application),
        "offer": offer_of(application.call_id, application.node),
        "work_left": work_left(application, request.arrived_at),  # type: ignore[attr-defined]
        "parts": parts,
        "specification": specification,
        "bundles": bundles_shown(application),
        "bundle_faults": faults_of_bundle(application, request.arrived_at),  # type: ignore[attr-defined]
        "partners": (partners := queries.partners_shown(application)),
        "applicant_leads": not any(each.leads for each in partners),
        "to_ask": application.pk if _may_ask(application, partners) else None,
    }


def _may_ask(application: Application, partners: list[queries.PartnerShown]) -> bool:
    """Is there a unit to be asked whether it joins, while the application is in hand?"""
    over = application.state in (ApplicationState.WITHDRAWN.value, ApplicationState.DISCARDED.value)
    return not over and any(each.is_to_ask for each in partners)
