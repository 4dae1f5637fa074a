"""What is owed about grants: to sign, ask for money, pay, confirm, settle, pay back; each about one grant."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.change_request import ChangeRequestState
from keqiao.core.lifecycle.grant import GrantState
from keqiao.core.lifecycle.instalment import InstalmentState
from keqiao.core.lifecycle.settlement import SettlementState
from keqiao.core.workdays import last_moment
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Holder, Kind, Owed, for_role, for_roles
from keqiao.web.grants.models import ChangeRequest, Grant, Instalment, Settlement
from keqiao.web.grants.permissions import FINANCE, OF_A_UNIT, OFFICER

GRANT = Grant._meta.label_lower
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in one kind of duty: rows of ``model`` in ``states``, for whom, until which day."""

    code: str
    model: Any
    states: tuple[str, ...]
    holder: Callable[[Grant], Holder]
    due: Callable[[Any], date | None]
    since: Callable[[Any, Grant], datetime]

    def owed(self, which: Q | None = None) -> Iterator[Owed]:
        """Yield the duties of this kind; ``which`` narrows the grants."""
        grants = Grant.objects.filter(which) if which is not None else Grant.objects.all()
        if self.model is Grant:
            rows = [(row, row) for row in grants.filter(state__in=self.states)]
        else:
            found = self.model.objects.filter(grant__in=grants, state__in=self.states)
            rows = [(row, row.grant) for row in found.select_related("grant")]
        for row, grant in rows:
            yield self._one(row, grant)

    def _one(self, row: Any, grant: Grant) -> Owed:
        day = self.due(row)
        return Owed(
            self.code,
            f"{self.code}:{row.pk}",
            (GRANT, str(grant.pk)),
            self.holder(grant),
            grant.association_id,
            self.since(row, grant),
            due_at=last_moment(day) if day else None,
            variables={"number": grant.number, "title": grant.title[:LONGEST_TITLE]},
            within_id=str(grant.call_id),
        )


def _office(grant: Grant) -> Holder:
    return for_role(OFFICER, grant.association_id)


def _finance(grant: Grant) -> Holder:
    return for_role(FINANCE, grant.finance_bureau_id or grant.association_id)


def _unit(grant: Grant) -> Holder:
    return for_roles(OF_A_UNIT, grant.unit_id)


def _begun(_row: Any, grant: Grant) -> datetime:
    return grant.begun_at


def _never(_row: Any) -> None:
    return None


S, P, C, E = GrantState, InstalmentState, ChangeRequestState, SettlementState
WAITING = (
    Waiting("grants.send", Grant, (S.DRAFTED.value,), _office, _never, _begun),
    Waiting("grants.sign", Grant, (S.SENT.value,), _unit, lambda row: row.sign_by, _begun),
    Waiting("grants.request", Instalment, (P.DUE.value,), _office, lambda row: row.due_on, _begun),
    Waiting("grants.pay", Instalment, (P.APPROVED.value,), _finance, lambda row: row.due_on, _begun),
    Waiting("grants.confirm", Instalment, (P.PAID.value,), _unit, _never, _begun),
    Waiting(
        "grants.change", ChangeRequest, (C.SUBMITTED.value,), _office, _never, lambda row, _g: row.made_at
    ),
    Waiting(
        "grants.settle",
        Settlement,
        (E.OPEN.value, E.RETURNED.value),
        _unit,
        _never,
        lambda row, _g: row.opened_at,
    ),
    Waiting(
        "grants.judge", Settlement, (E.SUBMITTED.value,), _office, _never, lambda row, _g: row.changed_at
    ),
    Waiting(
        "grants.close", Settlement, (E.ADMITTED.value,), _finance, _never, lambda row, _g: row.changed_at
    ),
    Waiting(
        "grants.repay",
        Settlement,
        (E.REPAYMENT_DUE.value,),
        _unit,
        lambda row: row.repay_by,
        lambda row, _g: row.changed_at,
    ),
)


def follow_grant(grant_id: UUID, at: datetime, fact: str) -> None:
    """Open and close what is owed about a grant, which ``fact`` has just happened to."""
    owed: Iterable[Owed] = (each for waiting in WAITING for each in waiting.owed(Q(pk=grant_id)))
    follow([each.code for each in WAITING], (GRANT, str(grant_id)), list(owed), at=at, fact=fact)


WORDS = {
    "grants.send": (_("拟定并发出任务书"), _("任务书不发出，项目不能签订和拨款"), _("去发出")),
    "grants.sign": (_("签订任务书"), _("逾期不签视为放弃，名额由替补递补"), _("去签订")),
    "grants.request": (_("申请拨付"), _("不申请，这一期经费不能拨付"), _("去申请")),
    "grants.pay": (_("拨付经费"), _("承担单位收不到已批准的经费"), _("去登记")),
    "grants.confirm": (_("确认经费到账"), _("拨付不能核对"), _("去确认")),
    "grants.change": (_("批复变更申请"), _("变更不能执行"), _("去批复")),
    "grants.settle": (_("填报决算"), _("不填报则由受理单位按已有材料代为结算"), _("去填报")),
    "grants.judge": (_("审核决算"), _("项目不能结清"), _("去审核")),
    "grants.close": (_("结清决算"), _("项目经费不能了结"), _("去办理")),
    "grants.repay": (_("上缴结余经费"), _("逾期不缴将影响以后申报"), _("去查看")),
}

KINDS = [
    Kind(
        code=each.code,
        title=WORDS[each.code][0] + _("：{number} {title}"),
        otherwise=WORDS[each.code][1],
        act=WORDS[each.code][2],
        many=WORDS[each.code][0],
        link=lambda about_id: reverse("grants:grant", args=[about_id]),
        owed_now=each.owed,
        variables=frozenset({"number", "title"}),
    )
    for each in WAITING
]
