"""A decision is approved by the leader, and after that by the finance bureau where the call wants its word."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from keqiao.web.accounts.queries import holders_of, user_with_id
from keqiao.web.allocation.actions.approving import approve
from keqiao.web.allocation.actions.writing import rows_of
from keqiao.web.allocation.approving import BY_FINANCE, BY_LEADER, digest_of
from keqiao.web.allocation.described import changes_of
from keqiao.web.allocation.models import Decision
from keqiao.web.allocation.permissions import FINANCE, LEADER, OFFICER, associations_as
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.actions import Proposal, propose
from keqiao.web.approvals.acts import Act, Arguments, Description, Done, NotExecuted, Subject, Viewer
from keqiao.web.approvals.frozen import Plain
from keqiao.web.approvals.queries import approvers_of
from keqiao.web.audit.log import By
from keqiao.web.ui.templatetags.shell import say

VALID_FOR = timedelta(days=30)
"""Time to decide, in natural days: a leading group meets once a month."""
LONGEST_TITLE = 280


def current(subject: Subject, _arguments: Arguments) -> Mapping[str, Plain]:
    """Return, under lock, what an approval rests on: the version of the decision and everything decided in it."""
    decision = Decision.objects.select_for_update().get(pk=subject.id)
    rows = rows_of(decision)
    states = sorted(f"{row.application_id}:{row.state}" for row in rows)
    return {
        "version": decision.version,
        "content": digest_of(decision, rows),
        "states": ",".join(states),
    }


def describe(subject: Subject, _arguments: Arguments) -> Description:
    """Say in plain words who gets what, what stays in reserve, and where it departs from the proposal and why."""
    decision = Decision.objects.select_related("call").get(pk=subject.id)
    with override("zh-hans"):  # frozen texts are Chinese, whoever asks
        title = _("审定“%(title)s”遴选方案") % {"title": decision.call.title[:LONGEST_TITLE]}
        return Description(title, tuple(changes_of(decision)))


def by_leader(subject: Subject, arguments: Arguments, done: Done) -> Mapping[str, Any]:
    """Approve for the leader: done at once, or laid before the finance bureau in the name of who proposed it.

    Raises:
        NotExecuted: the rules refuse it now, or the proposer's account is gone.
    """
    decision = Decision.objects.select_for_update().get(pk=subject.id)
    if not decision.by_finance:
        return _approved(decision, done, LEADER)
    proposer = user_with_id(done.proposed_by_id)
    if proposer is None:
        raise NotExecuted(_("提交人的账号已不存在。"))
    reason = _("科协领导已审定，按通知须会同财政部门审定。")
    waits = propose(Proposal(BY_FINANCE, subject, arguments, reason), actor=proposer, at=done.at)
    if not approvers_of(waits, done.at):
        raise NotExecuted(_("还没有财政部门的账号，不能会同审定。"))
    return {"waits": str(waits.pk)}


def by_finance(subject: Subject, _arguments: Arguments, done: Done) -> Mapping[str, Any]:
    """Turn the second key.

    Raises:
        NotExecuted: the rules refuse it now.
    """
    return _approved(Decision.objects.select_for_update().get(pk=subject.id), done, FINANCE)


def _approved(decision: Decision, done: Done, role: str) -> Mapping[str, Any]:
    try:
        count = approve(decision, By(done.approved_by, role, done.at))
    except Refused as refused:
        raise NotExecuted(*map(say, refused.findings)) from refused
    return {"digest": decision.digest, "count": count}


def _associations(role: str) -> Callable[[Viewer, datetime], Collection[UUID]]:
    return lambda viewer, at: associations_as(role, viewer, at)  # type: ignore[arg-type]


def _holders(role: str) -> Callable[[UUID, datetime], Iterable[Viewer]]:
    return lambda association_id, at: holders_of(role, association_id, at)


def _act(code: str, label: Any, approver: str, execute: Any) -> Act:
    return Act(
        code=code,
        label=label,
        may_propose=_associations(OFFICER),
        may_approve=_associations(approver),
        approvers=_holders(approver),
        current=current,
        describe=describe,
        execute=execute,
        valid_for=VALID_FOR,
        approver_roles=(approver,),
        labels={
            "version": gettext_lazy("方案版次"),
            "content": gettext_lazy("方案内容（摘要）"),
            "states": gettext_lazy("各申报的状态"),
        },
        names_people=True,
        address=lambda subject: reverse("allocation:decision", args=[subject.id]),
    )


ACTS = [
    _act(BY_LEADER, gettext_lazy("审定遴选方案"), LEADER, by_leader),
    _act(BY_FINANCE, gettext_lazy("会同审定遴选方案（财政）"), FINANCE, by_finance),
]
