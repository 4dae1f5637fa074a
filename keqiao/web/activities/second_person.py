"""Unlocking a record that was counted at the end of a project: a second person agrees to it (room ``approvals``)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from keqiao.core.lifecycle.activity import ActivityState
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.accounts.queries import holders_of
from keqiao.web.activities.actions import unlock
from keqiao.web.activities.actions.writing import state_after, tidy_reason
from keqiao.web.activities.models import Activity
from keqiao.web.activities.permissions import is_officer
from keqiao.web.activities.refusals import Refused
from keqiao.web.approvals.actions import Proposal, propose
from keqiao.web.approvals.acts import Act, Arguments, Description, Done, NotExecuted, Subject, Viewer
from keqiao.web.approvals.frozen import Change, Plain
from keqiao.web.ui.templatetags.shell import say

UNLOCK = "activities.unlock"
VALID_FOR = timedelta(days=15)
"""Time to decide, in natural days; what nobody decided can be proposed again."""


def propose_unlock(row: Activity, reason: str, *, actor: Any, at: datetime) -> Any:
    """Ask for a locked record to be unlocked.

    Raises:
        Activity.DoesNotExist: the actor is no officer of its association.
        Refused: it is not locked, or the reason is missing.
        AlreadyProposed: somebody has asked for it.
    """
    if not is_officer(actor, row.association_id, at):
        raise Activity.DoesNotExist
    state_after(row.state, "unlock", {OFFICER})
    words = tidy_reason("unlock", reason)
    subject = Subject(Activity._meta.label_lower, str(row.pk), row.association_id)
    return propose(Proposal(UNLOCK, subject, {"reason": words}, words), actor=actor, at=at)


def _in_office(viewer: Any, at: datetime) -> frozenset[Any]:
    return viewer.organisations_as(OFFICER, at) if viewer.is_authenticated else frozenset()


def _approvers(association_id: Any, at: datetime) -> Iterable[Viewer]:
    return holders_of(OFFICER, association_id, at)


def _current(subject: Subject, _arguments: Arguments) -> Mapping[str, Plain]:
    """The state and content that the proposal rests on, under lock."""
    row = Activity.objects.select_for_update(of=("self",)).get(pk=subject.id)
    return {"state": row.state, "digest": row.digest}


def _describe(subject: Subject, _arguments: Arguments) -> Description:
    with override("zh-hans"):
        title = _("解锁活动登记：%(number)s号 %(title)s")
    row = Activity.objects.get(pk=subject.id)
    change = Change("state", ActivityState.LOCKED.value, ActivityState.VERIFIED.value)
    return Description(title % {"number": row.number, "title": row.title}, (change,))


def _execute(subject: Subject, arguments: Arguments, done: Done) -> Mapping[str, Any]:
    try:
        row = unlock(subject.id, arguments["reason"], actor=done.approved_by, at=done.at)  # type: ignore[arg-type]
    except Refused as refused:
        raise NotExecuted(*(say(finding) for finding in refused.findings)) from refused
    return {"activity": str(row.pk)}


ACTS = [
    Act(
        code=UNLOCK,
        label=gettext_lazy("解锁活动登记"),
        may_propose=_in_office,
        may_approve=_in_office,
        approvers=_approvers,
        current=_current,
        describe=_describe,
        execute=_execute,
        valid_for=VALID_FOR,
        approver_roles=(OFFICER,),
        labels={"state": gettext_lazy("状态"), "digest": gettext_lazy("摘要")},
        names_people=True,
        address=lambda subject: reverse("activities:record", args=[subject.id]),
    )
]
