"""What a second person has to agree to: conclusions of acceptances, credit entries that come into force or go."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from keqiao.web.acceptance.actions import concluding, credit
from keqiao.web.acceptance.facts import facts_of
from keqiao.web.acceptance.models import Acceptance, CreditEntry
from keqiao.web.acceptance.permissions import LEADER, OFFICER
from keqiao.web.accounts.queries import holders_of, user_with_id
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.acts import Act, Arguments, Description, Done, NotExecuted, Subject, Viewer
from keqiao.web.approvals.frozen import Change, Plain
from keqiao.web.ui.templatetags.shell import say

VALID_FOR = timedelta(days=15)
"""Time to decide, in natural days; what nobody decided can be proposed again."""
LABELS = {
    "state": gettext_lazy("状态"),
    "unit": gettext_lazy("承担单位"),
    "total": gettext_lazy("绩效自评总分"),
    "advice": gettext_lazy("系统核对的意见"),
    "until": gettext_lazy("期限"),
    "reason": gettext_lazy("理由"),
    "party": gettext_lazy("主体"),
    "summary": gettext_lazy("条款内容"),
    "clause": gettext_lazy("依据条款"),
    "since": gettext_lazy("起始日期"),
    "answer": gettext_lazy("陈述申辩"),
    "submitted": gettext_lazy("提交时间"),
}


@dataclass(frozen=True, slots=True)
class Two:
    """One act that two people do: proposed by an officer, agreed to by one of ``agrees``."""

    code: str
    label: Promise
    model: Any
    agrees: tuple[str, ...]
    do: Callable[[UUID, Arguments, Any, Done], None]

    def act(self) -> Act:
        """Return it as room approvals knows it."""
        return Act(
            code=self.code,
            label=self.label,
            may_propose=lambda viewer, at: _bodies(viewer, (OFFICER,), at),
            may_approve=lambda viewer, at: _bodies(viewer, self.agrees, at),
            approvers=self._approvers,
            current=lambda subject, _arguments: current(self.model, subject),
            describe=self._describe,
            execute=self._execute,
            valid_for=VALID_FOR,
            approver_roles=self.agrees,
            names_people=self.model is CreditEntry,
            labels=LABELS,
            address=lambda subject: reverse(ADDRESSES[self.model], args=[subject.id]),
        )

    def _approvers(self, association_id: UUID, at: datetime) -> Iterable[Viewer]:
        people = [person for role in self.agrees for person in holders_of(role, association_id, at)]
        return list({person.pk: person for person in people}.values())

    def _describe(self, subject: Subject, arguments: Arguments) -> Description:
        row = self.model.objects.get(pk=subject.id)
        with override("zh-hans"):  # frozen texts are Chinese, whoever asks
            title, changes = _of_acceptance(row) if self.model is Acceptance else _of_entry(row)
            given = [
                Change(name, None, arguments[name]) for name in ("until", "reason") if arguments.get(name)
            ]
            return Description(f"{self.label}：{title}"[:300], (*changes, *given))

    def _execute(self, subject: Subject, arguments: Arguments, done: Done) -> Mapping[str, Any]:
        proposer = user_with_id(done.proposed_by_id)
        if proposer is None:
            raise NotExecuted(_("提交人的账号已不存在。"))
        try:
            self.do(UUID(subject.id), arguments, proposer, done)
        except Refused as refused:
            raise NotExecuted(*map(say, refused.findings)) from refused
        except ValidationError as wrong:
            raise NotExecuted(*wrong.messages) from wrong
        except (ObjectDoesNotExist, PermissionDenied) as gone:
            raise NotExecuted(_("办理人已不是本科协的工作人员。")) from gone
        return {"subject": subject.id}


ADDRESSES = {Acceptance: "acceptance:acceptance", CreditEntry: "acceptance:entry"}


def _bodies(viewer: Any, roles: Iterable[str], at: datetime) -> frozenset[UUID]:
    if not viewer.is_authenticated:
        return frozenset()
    return frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in roles))


def current(model: Any, subject: Subject) -> Mapping[str, Plain]:
    """Return, under lock, what an approval rests on: where the case stands, and what it says."""
    row = model.objects.select_for_update(of=("self",)).get(pk=subject.id)
    if isinstance(row, CreditEntry):
        return {"state": row.state, "answer": row.answer, "summary": row.summary}
    submitted = row.submitted_at.isoformat() if row.submitted_at else ""
    return {"state": row.state, "submitted": submitted}


def _of_acceptance(row: Any) -> tuple[str, tuple[Change, ...]]:
    facts = facts_of(row, row.submitted_at or row.opened_at)
    total = "—" if facts.table.total is None else str(facts.table.total)
    changes = (
        Change("unit", None, row.grant.unit.name),
        Change("total", None, total),
        Change("advice", None, "；".join(map(say, facts.concluded.reasons))[:400] or _("没有问题")),
    )
    return f"{row.grant.number} {row.grant.title}", changes


def _of_entry(row: Any) -> tuple[str, tuple[Change, ...]]:
    changes = (
        Change("summary", None, row.summary),
        Change("clause", None, row.clause or "—"),
        Change("since", None, row.since.isoformat()),
        Change("until", None, row.until.isoformat() if row.until else "—"),
        Change("answer", None, row.answer[:200] or "—"),
    )
    return str(row.party), changes


def _pass(pk: UUID, arguments: Arguments, proposer: Any, done: Done) -> None:
    concluding.pass_project(pk, arguments.get("reason", ""), actor=proposer, at=done.at)


def _rectify(pk: UUID, arguments: Arguments, proposer: Any, done: Done) -> None:
    until = date.fromisoformat(arguments["until"])
    concluding.order_rectification(pk, arguments["reason"], until, actor=proposer, at=done.at)


def _fail(pk: UUID, arguments: Arguments, proposer: Any, done: Done) -> None:
    concluding.fail(pk, arguments["reason"], actor=proposer, at=done.at)


def _anew(pk: UUID, arguments: Arguments, _proposer: Any, done: Done) -> None:
    concluding.conclude_anew(pk, arguments["reason"], actor=done.approved_by, at=done.at)


def _record(pk: UUID, _arguments: Arguments, proposer: Any, done: Done) -> None:
    credit.record_entry(pk, proposer=proposer, actor=done.approved_by, at=done.at)


def _uphold(pk: UUID, arguments: Arguments, _proposer: Any, done: Done) -> None:
    credit.uphold(pk, arguments["reason"], actor=done.approved_by, at=done.at)


def _lift(pk: UUID, arguments: Arguments, proposer: Any, done: Done) -> None:
    credit.lift(pk, arguments["reason"], proposer=proposer, actor=done.approved_by, at=done.at)


TWOS = (
    Two("acceptance.pass", gettext_lazy("验收通过"), Acceptance, (LEADER, OFFICER), _pass),
    Two("acceptance.rectify", gettext_lazy("限期整改"), Acceptance, (LEADER, OFFICER), _rectify),
    Two("acceptance.fail", gettext_lazy("验收不通过"), Acceptance, (LEADER, OFFICER), _fail),
    Two("acceptance.anew", gettext_lazy("收回验收结论"), Acceptance, (LEADER,), _anew),
    Two("acceptance.record", gettext_lazy("作出信用记录"), CreditEntry, (LEADER,), _record),
    Two("acceptance.uphold", gettext_lazy("驳回申诉"), CreditEntry, (LEADER,), _uphold),
    Two("acceptance.lift", gettext_lazy("解除信用记录"), CreditEntry, (LEADER,), _lift),
)
ACTS = [each.act() for each in TWOS]
