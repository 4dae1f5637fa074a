"""The library and one regulation for those who work with it; one version for everybody."""

from datetime import date
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page, require_safe

from keqiao.core.query import Field, Kind
from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.audit.exports import exported
from keqiao.web.files.serving import to_be_saved
from keqiao.web.parties.queries import local_day
from keqiao.web.regulations import permissions, queries
from keqiao.web.regulations.permissions import READ_LIBRARY
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, column_condition, list_page

IN_FORCE = "in_force"


def library_list(day: date) -> ListKind:
    """Return what the list offers; what is in force is judged on ``day``."""
    return ListKind(
        columns=(
            Column("title", _("名称"), ("title",), value=str),
            Column("number", _("文号"), ("document_number",), value=lambda row: row.document_number),
            Column("version", _("最新版本"), value=lambda row: row.label),
            Column("since", _("施行日期"), ("in_force_from",), value=lambda row: row.in_force_from),
            Column(
                "association", _("科协"), ("association__site_name",), value=lambda row: str(row.association)
            ),
        ),
        default_sort="title",
        search=queries.named,
        filters=(Filter("state", _("状态"), [(IN_FORCE, _("现行"))], lambda _state: queries.in_force(day)),),
        keys=(
            Key(
                Field("since", ("施行日期", "施行", "Since"), Kind.DAY, optional=True),
                column_condition("in_force_from"),
            ),
            Key(Field("number", ("文号", "Number"), optional=True), column_condition("document_number")),
        ),
        hint=_("名称或文号"),
        code="regulations.library",
        file_name=_("规章库"),
    )


@opens_to(*READ_LIBRARY)
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """All regulations of one's associations."""
    rows = queries.regulations_for(request.user, request.arrived_at)
    keeps = queries.associations_for_new_regulations(request.user, request.arrived_at).exists()
    listed = list_page(rows, library_list(local_day(request.arrived_at)), request.GET)
    page = {"list": listed, "keeps": keeps}
    return exported(listed, request) or render(request, "regulations/library.html", page)


@opens_to(*READ_LIBRARY, scope="the association of the regulation")
@require_safe
def regulation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One regulation with its versions, and which calls refer to which."""
    found = queries.regulation_for(request.user, pk, request.arrived_at)
    uses = queries.uses_of(found)
    used = {use.reference for use in uses}
    page = {
        "regulation": found,
        "versions": [(version, version.reference in used) for version in queries.versions_of(found)],
        "uses": uses,
        "keeps": permissions.keeps(request.user, found.association_id, request.arrived_at),
        "today": local_day(request.arrived_at),
    }
    return render(request, "regulations/regulation.html", page)


@opens_to(PUBLIC)
@require_safe
@conditional_page
def public(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One version that a public call refers to."""
    return render(request, "regulations/public.html", {"version": queries.public_version(pk, number)})


@opens_to(PUBLIC)
@require_safe
def public_file(request: HttpRequest, pk: UUID, number: int) -> FileResponse:  # noqa: ARG001
    """The text of a version that a public call refers to, to be saved, never shown by the browser."""
    file = queries.public_version(pk, number).file
    if file is None:
        raise Http404
    return to_be_saved(file)
