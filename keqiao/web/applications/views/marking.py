"""Mark which of several applications of one child category goes into a pilot."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keqiao.web.access import opens_to
from keqiao.web.applications import actions, queries
from keqiao.web.applications.forms import MarkForm
from keqiao.web.applications.models import Application
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.applications.refusals import Refused
from keqiao.web.applications.views.standing import not_done


@opens_to(*OF_A_UNIT, scope="the unit of the application")
@require_POST
def mark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark one application of a child category for the pilot ``pk``, or take its mark off."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    pilot = queries.own_application(request.user, pk, at)  # type: ignore[arg-type]
    form = MarkForm(request.POST)
    if not form.is_valid():
        raise Http404
    act = actions.mark if form.cleaned_data["act"] == "mark" else actions.unmark
    try:
        act(pk, form.cleaned_data["application"], actor=request.user, at=at)  # type: ignore[arg-type]
    except Application.DoesNotExist as nothing:
        raise Http404 from nothing
    except Refused as refused:
        return not_done(request, pilot, refused)
    messages.success(request, _("已标注。") if act is actions.mark else _("已取消标注。"))
    back = form.cleaned_data["back"] or pk
    return redirect("applications:detail", back)
