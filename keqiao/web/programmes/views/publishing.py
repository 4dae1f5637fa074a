"""Publish a call: everything that stands against it at once, and the act; or ask a second person to agree."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.core.findings import Weight
from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.approvals.queries import approvers_of
from keqiao.web.approvals.refusals import AlreadyProposed
from keqiao.web.programmes import actions, queries
from keqiao.web.programmes.amendments.queries import note_on_notices
from keqiao.web.programmes.changes.revisions import changes_of_draft
from keqiao.web.programmes.desk.draft_page import Desk, desk_for
from keqiao.web.programmes.forms import PublishForm
from keqiao.web.programmes.models import Call
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.ui.templatetags.shell import say

NOTHING_CHANGED = "call.nothing_changed"


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Check a draft as a whole and publish it, or ask a second person where the association wants one."""
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    desk = desk_for(call)
    if desk is None:
        return redirect("programmes:reading", pk)
    form = PublishForm(
        request.POST or None, initial={"version": desk.draft.version, "note": note_on_notices(call)}
    )
    if request.method != "POST" or not form.is_valid():
        return _page(request, desk, form)
    act = _ask if call.association.second_person_publishes else _publish
    try:
        return act(request, call, form)
    except StaleDraft:
        messages.warning(request, _("草稿刚被他人修改，没有发布。请重新查看后再发布。"))
    except Refused as refused:
        if [finding.code for finding in refused.findings] == [NOTHING_CHANGED]:  # a second click
            messages.info(request, say(refused.findings[0]))
            return redirect("programmes:draft", call.pk)
        _tell(request, form, refused)
    return _page(request, desk_for(call) or desk, form, status=409)


def _publish(request: HttpRequest, call: Call, form: PublishForm) -> HttpResponse:
    said = form.cleaned_data
    actions.publish(call.pk, said["version"], actor=request.user, at=request.arrived_at, note=said["note"])
    messages.success(request, _("已发布。"))
    return redirect("programmes:draft", call.pk)


def _ask(request: HttpRequest, call: Call, form: PublishForm) -> HttpResponse:
    version, note = form.cleaned_data["version"], form.cleaned_data["note"]
    try:
        approval = actions.ask_to_publish(
            call.pk, version, actor=request.user, at=request.arrived_at, note=note
        )
    except AlreadyProposed as proposed:
        messages.warning(request, _("这份通知已有一次发布在等待审批，没有再次提交。"))
        return redirect("approvals:detail", proposed.approval_id)
    messages.success(request, _("已提交审批。另一位人员批准后即发布。"))
    if not approvers_of(approval, request.arrived_at):
        messages.warning(request, _("目前没有其他人可以审批：请管理员为另一位工作人员或科协领导开通账号。"))
    return redirect("approvals:detail", approval.pk)


def _tell(request: HttpRequest, form: PublishForm, refused: Refused) -> None:
    if all(finding.weight is Weight.WARN for finding in refused.findings):
        form.add_error("note", _("还有提醒事项，请写明为何仍可发布。"))
    for finding in refused.findings:
        if finding.code.startswith("call."):
            form.add_error(None, say(finding))
    messages.error(request, _("没有发布：下列事项须先处理。"))


def _page(request: HttpRequest, desk: Desk, form: PublishForm, status: int = 200) -> HttpResponse:
    objections = desk.objections()
    page = {
        "desk": desk,
        "call": desk.call,
        "form": form,
        "changes": changes_of_draft(desk.draft),
        "is_waiting": queries.publication_waiting(desk.call, request.arrived_at) is not None,
        "refusals": [o for o in objections if o.finding.weight is Weight.REFUSE],
        "warnings": [o for o in objections if o.finding.weight is Weight.WARN],
        "questions": [o for o in objections if o.finding.weight is Weight.ASK],
    }
    return render(request, "programmes/publish.html", page, status=status)
