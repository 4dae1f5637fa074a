"""What is owed about acceptances: to hand in, to judge, to put right, to close; and about credit entries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.acceptance import AcceptanceState as S
from keqiao.core.lifecycle.credit import CreditState
from keqiao.core.lifecycle.grant import GrantState
from keqiao.core.lifecycle.roles import LEADER, OFFICER
from keqiao.core.workdays import last_moment
from keqiao.web.acceptance.models import Acceptance, CreditEntry
from keqiao.web.acceptance.permissions import OF_A_UNIT
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Holder, Kind, Owed, for_role, for_roles

ACCEPTANCE, CREDIT = Acceptance._meta.label_lower, CreditEntry._meta.label_lower
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of duty: acceptances that ``which`` finds, for whom, until which day."""

    code: str
    which: Q
    holder: Callable[[Any], Holder]
    due: Callable[[Acceptance], date | None]

    def owed(self, narrowed: Q | None = None) -> Iterator[Owed]:
        """Yield the duties of this kind."""
        rows = Acceptance.objects.filter(self.which, narrowed or Q()).select_related("grant")
        for row in rows:
            day = self.due(row)
            grant: Any = row.grant
            yield Owed(
                self.code,
                f"{self.code}:{row.pk}",
                (ACCEPTANCE, str(row.pk)),
                self.holder(row),
                row.association_id,
                row.opened_at,
                due_at=last_moment(day) if day else None,
                variables={"number": grant.number, "title": grant.title[:LONGEST_TITLE]},
                within_id=str(row.call_id),
            )


def _unit(row: Any) -> Holder:
    return for_roles(OF_A_UNIT, row.grant.unit_id)


def _office(row: Any) -> Holder:
    return for_role(OFFICER, row.association_id)


def day_of(row: Acceptance) -> date | None:
    """Return the day that counts: the one that took the place of the first, where there is one."""
    return row.until or row.due_on


def _none(_row: Acceptance) -> None:
    return None


WAITING = (
    Waiting("acceptance.hand_in", Q(state__in=[S.DUE.value, S.RETURNED.value]), _unit, day_of),
    Waiting("acceptance.put_right", Q(state=S.RECTIFYING.value), _unit, day_of),
    Waiting("acceptance.judge", Q(state=S.SUBMITTED.value), _office, _none),
    Waiting(
        "acceptance.close", Q(state=S.PASSED.value, grant__state=GrantState.FINISHED.value), _office, _none
    ),
)
WORDS = {
    "acceptance.hand_in": (_("提交结项材料"), _("逾期不提交，可能按不合格处理并禁止申报"), _("去提交")),
    "acceptance.put_right": (_("整改并重新提交结项材料"), _("逾期未整改，验收按不合格处理"), _("去提交")),
    "acceptance.judge": (_("验收"), _("承担单位等不到结论，项目不能结清"), _("去验收")),
    "acceptance.close": (_("结清并结项"), _("项目一直算作在研，占用承担名额"), _("去结项")),
}


def follow_acceptance(acceptance_id: UUID, at: datetime, fact: str) -> None:
    """Open and close what is owed about an acceptance, which ``fact`` has just happened to."""
    owed = [each for waiting in WAITING for each in waiting.owed(Q(pk=acceptance_id))]
    follow([each.code for each in WAITING], (ACCEPTANCE, str(acceptance_id)), owed, at=at, fact=fact)


def credit_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield what is owed about credit entries: to record them, to decide an appeal."""
    states = {CreditState.PROPOSED.value: OFFICER, CreditState.APPEALED.value: LEADER}
    rows = CreditEntry.objects.filter(which or Q(), state__in=list(states)).select_related(
        "acceptance__grant"
    )
    for row in rows:
        grant: Any = row.acceptance.grant
        yield Owed(
            "acceptance.credit",
            f"acceptance.credit:{row.pk}:{row.state}",
            (CREDIT, str(row.pk)),
            for_role(states[row.state], row.association_id),
            row.association_id,
            row.proposed_at,
            begins_at=last_moment(row.answer_by) if row.state == CreditState.PROPOSED.value else None,
            variables={"number": grant.number, "title": grant.title[:LONGEST_TITLE]},
            within_id=str(row.acceptance.call_id),
        )


def follow_credit(entry_id: UUID, at: datetime, fact: str) -> None:
    """Open and close what is owed about a credit entry, which ``fact`` has just happened to."""
    owed = list(credit_owed(Q(pk=entry_id)))
    follow(["acceptance.credit"], (CREDIT, str(entry_id)), owed, at=at, fact=fact)


KINDS = [
    *(
        Kind(
            code=each.code,
            title=_("{number} {title}"),
            otherwise=WORDS[each.code][1],
            act=WORDS[each.code][2],
            many=WORDS[each.code][0],
            link=lambda about_id: reverse("acceptance:acceptance", args=[about_id]),
            owed_now=each.owed,
            variables=frozenset({"number", "title"}),
        )
        for each in WAITING
    ),
    Kind(
        code="acceptance.credit",
        title=_("办理信用记录：{number} {title}"),
        otherwise=_("通知写明的后果没有落实"),
        act=_("去办理"),
        many=_("待办理的信用记录"),
        link=lambda about_id: reverse("acceptance:entry", args=[about_id]),
        owed_now=credit_owed,
        variables=frozenset({"number", "title"}),
    ),
]
