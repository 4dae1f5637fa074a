"""A sheet that is taken up again, or comes late, needs a second person (room ``approvals``)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from keqiao.core.lifecycle.roles import LEADER, OFFICER
from keqiao.web.accounts.queries import holders_of, user_with_id
from keqiao.web.applications.permissions import associations_in_charge
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.acts import Act, Arguments, Description, Done, NotExecuted, Subject
from keqiao.web.approvals.frozen import Change, Plain
from keqiao.web.audit.log import By
from keqiao.web.review.actions.reopening import ACT_CODES, reopen_approved
from keqiao.web.review.models import Round, Sheet, Task
from keqiao.web.ui.templatetags.shell import say

VALID_FOR = timedelta(days=7)
"""Time to decide, in natural days; what nobody decided can be asked again."""
LONGEST_TITLE = 120


def may_propose(viewer: Any, at: datetime) -> frozenset[UUID]:
    """Return the associations whose reviews the viewer works on."""
    return frozenset(viewer.organisations_as(OFFICER, at)) if viewer.is_authenticated else frozenset()


def approvers(association_id: UUID, at: datetime) -> Iterable[Any]:
    """Return the officers and leaders of an association, each once; the room leaves the proposer out."""
    people = [*holders_of(LEADER, association_id, at), *holders_of(OFFICER, association_id, at)]
    return {person.pk: person for person in people}.values()


def current(subject: Subject, _arguments: Arguments) -> Mapping[str, Plain]:
    """Return, under lock, what an approval rests on: how the task, its sheet and its round stand."""
    task = Task.objects.get(pk=subject.id)
    found = Round.objects.select_for_update().get(pk=task.round_id)
    task = Task.objects.select_for_update().get(pk=subject.id)
    sheet = Sheet.objects.filter(task=task).first()
    return {
        "state": task.state,
        "round": found.state,
        "version": sheet.version if sheet else 0,
    }


def _describing(act: str) -> Callable[[Subject, Arguments], Description]:
    def describe(subject: Subject, arguments: Arguments) -> Description:
        task: Any = Task.objects.select_related("application", "round").get(pk=subject.id)
        until = timezone.localtime(datetime.fromisoformat(arguments["until"]))
        title = (task.application.title or task.application.number)[:LONGEST_TITLE]
        with override("zh-hans"):  # frozen texts are Chinese, whoever asks
            words = _("补交“%(title)s”的评分表") if act == "allow_late" else _("重新打开“%(title)s”的评分表")
            changes = (Change("until", "", f"{until:%Y-%m-%d %H:%M}"),)
            return Description(words % {"title": title}, changes)

    return describe


def _executing(act: str) -> Callable[[Subject, Arguments, Done], Mapping[str, Any]]:
    def execute(subject: Subject, arguments: Arguments, done: Done) -> Mapping[str, Any]:
        proposer = user_with_id(done.proposed_by_id)
        if proposer is None:
            raise NotExecuted(_("提交人的账号已不存在。"))
        until = datetime.fromisoformat(arguments["until"])
        by = By(proposer, OFFICER, done.at)
        try:
            task = reopen_approved(UUID(subject.id), act, until, by=by, approved_by=done.approved_by.pk)
        except Refused as refused:
            raise NotExecuted(*map(say, refused.findings)) from refused
        return {"task": str(task.pk), "state": task.state}

    return execute


def _act(act: str, label: Any) -> Act:
    return Act(
        code=ACT_CODES[act],
        label=label,
        may_propose=may_propose,
        may_approve=associations_in_charge,
        approvers=approvers,
        current=current,
        describe=_describing(act),
        execute=_executing(act),
        valid_for=VALID_FOR,
        approver_roles=(OFFICER, LEADER),
        labels={
            "state": gettext_lazy("评审任务"),
            "round": gettext_lazy("评审轮次"),
            "version": gettext_lazy("评分表版次"),
            "until": gettext_lazy("截止时间"),
        },
        address=lambda subject: reverse("review:task_seen", args=[subject.id]),
    )


ACTS = [
    _act("allow_late", gettext_lazy("允许补交评分表")),
    _act("reopen", gettext_lazy("重新打开评分表")),
]
