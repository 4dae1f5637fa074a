"""What is done with records: by their unit, by the office, one by one and several at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from keqiao.core.lifecycle.activity import TABLE
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.activities import actions, queries
from keqiao.web.activities.actions.standing import UNIT_ACTS
from keqiao.web.activities.forms import ReasonForm, SeveralForm
from keqiao.web.activities.models import Activity
from keqiao.web.activities.permissions import EVERYBODY, OF_A_UNIT, is_officer, roles_towards
from keqiao.web.activities.refusals import Refused
from keqiao.web.activities.second_person import propose_unlock
from keqiao.web.activities.shown import act_words
from keqiao.web.activities.views.records import acts_of, page_of
from keqiao.web.approvals.refusals import AlreadyProposed
from keqiao.web.ui.templatetags.shell import say


@opens_to(*EVERYBODY, scope="the unit of the project, or its association")
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Do one act on one record, with its reason where it needs one."""
    who: Any = request
    row, project = queries.record_for(who.user, pk, who.arrived_at)
    if act not in TABLE.events or act in ("edit", "lock"):
        raise Http404
    open_acts = acts_of(row, project, roles_towards(who.user, project, who.arrived_at), who.user)
    if request.method != "POST" and act not in open_acts:
        raise Http404
    form, findings = ReasonForm(request.POST if request.method == "POST" else None), ()
    if request.method == "POST" and form.is_valid():
        try:
            _do(request, row, act, form.cleaned_data["reason"])
        except Activity.DoesNotExist as hidden:
            raise Http404 from hidden
        except Refused as refused:
            findings = refused.findings
        else:
            return redirect("activities:record", pk)
    page = page_of(request, row, project) | {
        "act": act,
        "act_words": act_words(act),
        "needs_reason": act in TABLE.reasons,
        "needs_second": act in TABLE.two_people,
        "form": form,
        "findings": findings,
    }
    status = 409 if findings else 422 if form.errors else 200
    return render(request, "activities/act.html", page, status=status)


def _do(request: HttpRequest, row: Activity, act: str, reason: str) -> None:
    who: Any = request
    by: dict[str, Any] = {"actor": who.user, "at": who.arrived_at}
    if act in TABLE.two_people:
        try:
            propose_unlock(row, reason, **by)
        except AlreadyProposed:
            messages.info(request, _("已有人提出，等待另一人审批。"))
            return
        messages.success(request, _("已提交，由另一人审批后解锁。"))
        return
    if act in UNIT_ACTS:
        actions.move(row.pk, act, reason, **by)
    elif act == "verify":
        actions.verify([row.pk], **by)
    elif act == "return":
        actions.send_back([row.pk], reason, **by)
    elif act == "disallow":
        actions.disallow(row.pk, reason, **by)
    else:
        actions.look_again(row.pk, reason, **by)
    messages.success(request, _("已办理：%(act)s。") % {"act": act_words(act)})


@opens_to(OFFICER, scope="the association of the records")
@require_POST
def several(request: HttpRequest) -> HttpResponse:
    """Verify or return the ticked records of a list, all of them or none."""
    who: Any = request
    form = SeveralForm(request.POST)
    back = redirect(_back(request))
    if not form.is_valid():
        for faults in form.errors.values():
            messages.error(request, " ".join(faults))
        return back
    ids, by = form.cleaned_data["row"], {"actor": who.user, "at": who.arrived_at}
    rows = queries.several_for(who.user, ids, who.arrived_at)
    if not all(is_officer(who.user, row.association_id, who.arrived_at) for row in rows):
        raise Http404
    try:
        if form.cleaned_data["act"] == "verify":
            count = actions.verify(ids, **by)
            said = ngettext("已核实 %(n)s 条。", "已核实 %(n)s 条。", count)
        else:
            count = actions.send_back(ids, form.cleaned_data["reason"], **by)
            said = ngettext("已退回 %(n)s 条，并告知承担单位。", "已退回 %(n)s 条，并告知承担单位。", count)
    except Refused as refused:
        messages.error(request, _("一条也没有办理。") + " ".join(say(each) for each in refused.findings))
        return back
    messages.success(request, said % {"n": count})
    return back


@opens_to(*OF_A_UNIT, scope="the unit of the record")
@require_POST
def take_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one piece of evidence away."""
    who: Any = request
    use = queries.evidence_for(who.user, pk, who.arrived_at)
    try:
        actions.take_away(pk, actor=who.user, at=who.arrived_at)
    except Activity.DoesNotExist as hidden:
        raise Http404 from hidden
    except Refused as refused:
        messages.error(request, " ".join(say(each) for each in refused.findings))
    else:
        messages.success(request, _("已移除。"))
    return redirect("activities:record", use.activity_id)


def _back(request: HttpRequest) -> str:
    """The list from which the rows came: that of a project, or of all that waits."""
    kind, _colon, pk = request.POST.get("of", "").partition(":")
    try:
        return (
            reverse("activities:project", args=[kind, UUID(pk)])
            if kind.isalnum()
            else reverse("activities:queue")
        )
    except ValueError:
        return reverse("activities:queue")
