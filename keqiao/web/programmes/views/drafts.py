"""The page of a draft: what is in doubt first, then everything it says; and the document as it was read."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.programmes import actions, queries
from keqiao.web.programmes.desk.draft_page import desk_for
from keqiao.web.programmes.desk.rows import LISTED
from keqiao.web.programmes.forms import AnswerForm
from keqiao.web.programmes.permissions import WORK_ON_CALLS, associations_as_officer, is_cancellable
from keqiao.web.programmes.refusals import Refused, StaleDraft


@opens_to(*WORK_ON_CALLS, scope="the association of the call")
@require_safe
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The desk: the document as written beside the draft with its doubts, tree, numbers left over and drawings."""
    call = queries.call_for(request.user, pk, request.arrived_at)
    desk = desk_for(call, whole=True)
    if desk is None:
        return redirect("programmes:reading", pk)
    is_officer = call.association_id in associations_as_officer(request.user, request.arrived_at)
    page = {
        "desk": desk,
        "call": call,
        "may_edit": desk.may_edit and is_officer,
        "may_cancel": is_cancellable(call.state),
        "lists": LISTED,
        "only_open": "open" in request.GET,
        "events": queries.happened(call)[: queries.CHANGES_SHOWN],
    }
    return render(request, "programmes/draft.html", page)


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Settle one doubt."""
    return _settle(request, pk, actions.answer_doubt, "doubts")


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def leftover(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Settle one number that nothing used."""
    return _settle(request, pk, actions.settle_leftover, "leftovers")


def _settle(request: HttpRequest, pk: UUID, act, anchor: str) -> HttpResponse:
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        for faults in form.errors.values():
            messages.error(request, faults[0])
    else:
        try:
            act(call.pk, form.answer(), actor=request.user, at=request.arrived_at)
        except StaleDraft:
            messages.warning(request, _("草稿刚被他人修改，本次处理没有保存。请核对后再点一次。"))
        except Refused as refused:
            return render(
                request, "programmes/refused.html", {"call": call, "findings": refused.findings}, status=409
            )
    following = request.POST.get("next", "")  # the doubt that now has the number of the settled one
    address = redirect("programmes:draft", pk)
    address["Location"] += (
        f"#doubt-{following}" if following.isascii() and following.isdecimal() else f"#{anchor}"
    )
    return address
