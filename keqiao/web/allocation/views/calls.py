"""Calls of which something may be decided; beginning a decision."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from keqiao.web.access import opens_to
from keqiao.web.allocation import actions, queries
from keqiao.web.allocation.permissions import IN_CHARGE, OFFICER, associations_as
from keqiao.web.applications.refusals import Refused


@opens_to(*IN_CHARGE, scope="the associations of the viewer")
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The calls of which something passed the formal check, with their decisions."""
    return _page(request)


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin the decision about a call."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    call = queries.call_to_decide(request.user, pk, at)  # type: ignore[arg-type]
    try:
        decision = actions.begin(call.pk, actor=request.user, at=at)  # type: ignore[arg-type]
    except Refused as refused:
        return _page(request, refused)
    return redirect("allocation:decision", decision.pk)


def _page(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    page = {
        "rows": queries.calls_to_decide(request.user, at),  # type: ignore[arg-type]
        "mine": associations_as(OFFICER, request.user, at),  # type: ignore[arg-type]
        "findings": refused.findings if refused else (),
    }
    return render(request, "allocation/calls.html", page, status=409 if refused else 200)
