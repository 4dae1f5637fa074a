"""What a second person has to agree to: payments, cancelling, changes, settlements, suspending and ending a grant."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from keqiao.core.money import exact_amount
from keqiao.web.accounts.queries import holders_of
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.acts import Act, Arguments, Description, Done, NotExecuted, Subject, Viewer
from keqiao.web.approvals.frozen import Change, Plain
from keqiao.web.grants.actions import changes, instalments, settling, working
from keqiao.web.grants.changed import shown_changes
from keqiao.web.grants.ledger import account_of
from keqiao.web.grants.models import ChangeRequest, Grant, Instalment, Settlement
from keqiao.web.grants.permissions import FINANCE, LEADER, OFFICER, associations_as
from keqiao.web.grants.terms import digest_of
from keqiao.web.ui.templatetags.shell import say

VALID_FOR = timedelta(days=15)
"""Time to decide, in natural days; what nobody decided can be proposed again."""
DIGEST_SHOWN = 12
LABELS = {
    "state": gettext_lazy("状态"),
    "amount": gettext_lazy("金额"),
    "unit": gettext_lazy("承担单位"),
    "reason": gettext_lazy("理由"),
    "entries": gettext_lazy("台账笔数"),
    "content": gettext_lazy("内容（摘要）"),
    "leader": gettext_lazy("负责人"),
    "title": gettext_lazy("项目名称"),
    "ends_on": gettext_lazy("结束日期"),
    "admitted": gettext_lazy("核定支出"),
    "left": gettext_lazy("结余"),
}


@dataclass(frozen=True, slots=True)
class Two:
    """One act that two people do: on rows of ``model``, asked for by one of ``asks``, agreed to by one of ``agrees``.

    ``supervised``: of grants whose money a finance bureau supervises; the bureau agrees then, and nobody else.
    ``needs_reason``: why, in words, goes along from the first person.
    """

    code: str
    label: Promise
    model: Any
    asks: tuple[str, ...]
    agrees: tuple[str, ...]
    do: Callable[..., None]
    supervised: bool = False
    needs_reason: bool = False

    def act(self) -> Act:
        """Return it as room approvals knows it."""
        return Act(
            code=self.code,
            label=self.label,
            may_propose=lambda viewer, at: _bodies(viewer, self.asks, at),
            may_approve=self._may_agree,
            approvers=self._approvers,
            current=lambda subject, _arguments: facts_of(self.model, subject),
            describe=self._describe,
            execute=self._execute,
            valid_for=VALID_FOR,
            approver_roles=() if self.supervised else self.agrees,
            names_people=self.model is ChangeRequest,
            labels=LABELS,
            address=lambda subject: reverse("grants:grant", args=[grant_of(self.model, subject).pk]),
        )

    def _may_agree(self, viewer: Viewer, at: datetime) -> Collection[UUID]:
        if not self.supervised:
            return _bodies(viewer, self.agrees, at)
        bureaus = _bodies(viewer, (FINANCE,), at)
        return frozenset(supervised_by(bureaus)) if bureaus else frozenset()

    def _approvers(self, association_id: UUID, at: datetime) -> Iterable[Viewer]:
        people = [person for role in self.agrees for person in holders_of(role, association_id, at)]
        return {person.pk: person for person in people}.values()

    def _describe(self, subject: Subject, arguments: Arguments) -> Description:
        row, grant = self.model.objects.get(pk=subject.id), grant_of(self.model, subject)
        with override("zh-hans"):  # frozen texts are Chinese, whoever asks
            what = row.name if self.model is Instalment else ""
            title = f"{self.label}：{grant.number} {grant.title} {what}".strip()
            rows = [Change("unit", None, grant.unit.name), *_changes(row, grant)]
            if arguments.get("reason"):
                rows.append(Change("reason", None, arguments["reason"]))
        return Description(title[:300], tuple(rows))

    def _execute(self, subject: Subject, arguments: Arguments, done: Done) -> Mapping[str, Any]:
        given = [arguments["reason"]] if self.needs_reason else []
        try:
            self.do(UUID(subject.id), *given, actor=done.approved_by, at=done.at)
        except Refused as refused:
            raise NotExecuted(*map(say, refused.findings)) from refused
        except ObjectDoesNotExist as gone:
            raise NotExecuted(_("审批人不在这个项目的办理人员之中。")) from gone
        return {"subject": subject.id}


def _bodies(viewer: Any, roles: Iterable[str], at: datetime) -> frozenset[UUID]:
    return frozenset[UUID]().union(*(associations_as(viewer, role, at) for role in roles))


def supervised_by(bureaus: Collection[UUID]) -> Iterable[UUID]:
    """Return the associations that have grants which one of these bureaus supervises."""
    rows = Grant.objects.filter(finance_bureau_id__in=bureaus).order_by()
    return rows.values_list("association_id", flat=True).distinct()


def grant_of(model: Any, subject: Subject) -> Grant:
    """Return the grant that an act is about."""
    rows = Grant.objects.select_related("unit")
    if model is Grant:
        return rows.get(pk=subject.id)
    return rows.get(pk=model.objects.values_list("grant_id", flat=True).get(pk=subject.id))


def facts_of(model: Any, subject: Subject) -> Mapping[str, Plain]:
    """Return, under lock, what an approval rests on: where the case stands, and what it says."""
    row = model.objects.select_for_update(of=("self",)).get(pk=subject.id)
    facts: dict[str, Plain] = {"state": row.state}
    if isinstance(row, Instalment):
        facts["amount"] = exact_amount(row.amount_fen)
    if isinstance(row, ChangeRequest):
        said = {"wanted": row.wanted, "leader": str(row.new_leader_id or ""), "rounds": row.rounds}
        facts["content"] = digest_of(said)[:DIGEST_SHOWN]
    if isinstance(row, Settlement):
        facts["entries"] = row.grant.entries.count()
    return facts


def _changes(row: Any, grant: Grant) -> Iterable[Change]:
    if isinstance(row, Instalment):
        return [Change("amount", None, exact_amount(row.amount_fen))]
    if isinstance(row, ChangeRequest):
        return [Change(each.name, each.before, each.after) for each in shown_changes(row)]
    if isinstance(row, Settlement):
        account = account_of(grant)
        sums = (("admitted", account.admitted_fen), ("left", max(0, account.in_hand_fen)))
        return [Change(name, None, exact_amount(fen)) for name, fen in sums]
    return [Change("state", row.state, None)]


def _suspend(pk: UUID, reason: str, *, actor: Any, at: datetime) -> None:
    working.stop(pk, "suspend", reason, actor=actor, at=at)


def _terminate(pk: UUID, reason: str, *, actor: Any, at: datetime) -> None:
    working.stop(pk, "terminate", reason, actor=actor, at=at)


PAY, PAY_SUPERVISED = "grants.pay", "grants.pay_supervised"
OFFICE = (OFFICER,)
ASKS = (OFFICER, FINANCE)
TWOS = (
    Two(PAY, gettext_lazy("拨付经费"), Instalment, OFFICE, (FINANCE, LEADER), instalments.approve),
    Two(
        PAY_SUPERVISED,
        gettext_lazy("拨付经费（财政部门审批）"),
        Instalment,
        OFFICE,
        (FINANCE,),
        instalments.approve,
        supervised=True,
    ),
    Two(
        "grants.cancel",
        gettext_lazy("取消拨款"),
        Instalment,
        OFFICE,
        (LEADER,),
        instalments.cancel,
        needs_reason=True,
    ),
    Two("grants.change", gettext_lazy("同意变更"), ChangeRequest, OFFICE, (LEADER, OFFICER), changes.approve),
    Two("grants.admit", gettext_lazy("审定决算"), Settlement, ASKS, (FINANCE,), settling.admit),
    Two(
        "grants.admit_supervised",
        gettext_lazy("审定决算（财政部门审批）"),
        Settlement,
        ASKS,
        (FINANCE,),
        settling.admit,
        supervised=True,
    ),
    Two(
        "grants.waive",
        gettext_lazy("免予上缴结余"),
        Settlement,
        ASKS,
        (LEADER,),
        settling.waive,
        needs_reason=True,
    ),
    Two(
        "grants.reopen",
        gettext_lazy("重新审核决算"),
        Settlement,
        ASKS,
        (FINANCE,),
        settling.reopen,
        needs_reason=True,
    ),
    Two("grants.suspend", gettext_lazy("暂停项目"), Grant, OFFICE, (LEADER,), _suspend, needs_reason=True),
    Two(
        "grants.terminate", gettext_lazy("终止项目"), Grant, OFFICE, (LEADER,), _terminate, needs_reason=True
    ),
)
TWO_CALLED = {each.code: each for each in TWOS}
ACTS = [each.act() for each in TWOS]
