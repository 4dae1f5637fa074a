"""Undo, redo, and the saved versions of a draft with what each changed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.programmes import actions, queries
from keqiao.web.programmes.desk.history_page import steps_shown
from keqiao.web.programmes.forms.fields import VersionedForm
from keqiao.web.programmes.forms.history import RestoreForm
from keqiao.web.programmes.models import Draft
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.permissions import WORK_ON_CALLS, is_editable
from keqiao.web.programmes.proofreading.addresses import page_of
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.programmes.views.refusing import refused_page
from keqiao.web.programmes.views.saving import passed_by

STEPS_ON_A_PAGE = 10


@opens_to(*WORK_ON_CALLS, scope="the association of the call")
@require_safe
def history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The saved versions, newest first, each with what it changed."""
    call = queries.call_for(request.user, pk, request.arrived_at)
    draft = queries.draft_of(call)
    if draft is None:
        raise Http404
    page = Paginator(queries.steps_of(draft), STEPS_ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "steps": steps_shown(draft, page.object_list), "may_edit": is_editable(call.state)}
    return render(request, "programmes/steps.html", {"call": call, "draft": draft, **shown})


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the last change back."""
    return _step(request, pk, VersionedForm(request.POST), actions.undo)


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def redo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring the change again that was taken back last."""
    return _step(request, pk, VersionedForm(request.POST), actions.redo)


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go back to an older version, as a new one."""
    return _step(request, pk, RestoreForm(request.POST), actions.restore)


def _step(request: HttpRequest, pk: UUID, form: Any, act: Callable[..., Draft]) -> HttpResponse:
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    if not form.is_valid():
        raise Http404
    try:
        draft = act(call.pk, **form.cleaned_data, actor=request.user, at=request.arrived_at)
    except StaleDraft as stale:
        return passed_by(request, call, stale)
    except Refused as refused:
        return refused_page(request, call, refused)
    messages.success(request, _said(draft))
    part = Part(*queries.steps_of(draft)[0].part)
    if part == Part():
        return redirect("programmes:draft", pk)
    return redirect(page_of(pk, draft.definition, part))


def _said(draft: Draft) -> str:
    said = {"undone": _("已撤销。"), "redone": _("已重做。")}
    act = queries.steps_of(draft)[0].act
    return said.get(act) or _("已回到所选版本的内容，存为第 %(version)s 版。") % {"version": draft.version}
