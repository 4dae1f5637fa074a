"""The file of an application (卷宗): everything that was filed, and who did what when, on one page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keqiao.web.access import opens_to
from keqiao.web.applications import permissions
from keqiao.web.applications.permissions import IN_CHARGE, OF_A_UNIT
from keqiao.web.applications.queries.on_file import APPLICATION, application_on_file
from keqiao.web.filing.papers_owed import owed_in
from keqiao.web.ui.in_file import Case, file_of


@opens_to(
    *OF_A_UNIT,
    *IN_CHARGE,
    "endorser",
    "finance",
    scope="the unit, its endorsers, the association of the call",
)
@require_safe
def case_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One application with all that belongs to it, as far as the viewer's side may see it."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    application = application_on_file(request.user, pk, at)
    case = _case(request.user, application, at)
    page = {
        "application": application,
        "parts": file_of(case),
        "is_office": case.is_office,
        "is_own": case.is_own,
        "owed": owed_in(application.revision_id, application.node),
    }
    return render(request, "filing/file.html", page)


def _case(viewer: Any, application: Any, at: Any) -> Case:
    return Case(
        about=(APPLICATION, str(application.pk)),
        row=application,
        viewer=viewer,
        at=at,
        is_own=application.unit_id in permissions.own_units(viewer, at),
        is_office=application.association_id in permissions.associations_in_charge(viewer, at),
    )
