"""Makers of notices: selections that were approved, notices in each state, objections to their items."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from keqiao.core.lifecycle.roles import LEADER, OFFICER
from keqiao.web.accounts.roles import Role
from keqiao.web.allocation.actions import move
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.approvals import actions as approvals
from keqiao.web.approvals.models import Approval
from keqiao.web.audit import log
from keqiao.web.programmes.models import Call
from keqiao.web.public_notice import actions, approving
from keqiao.web.public_notice.models import Notice, NoticeItem, Objection
from keqiao.web.review import actions as review
from keqiao.web.review.forms import the_rest
from keqiao.web.review.queries import looked_at
from tests.web import make
from tests.web.applications import makers

NOW = datetime(2026, 9, 29, 1, tzinfo=UTC)
"""Nine in the morning in Shanghai, two days before the national holiday of 2026."""
FIVE_DAYS = {
    "id": "r9", "type": "publicity", "summary": "公示5个工作日", "days": 5, "day_kind": "working",
    "source": {"clause": "五·2"},
}  # fmt: skip
GROUNDS = "该项目的实施地点与申报书所写不符，附现场照片。"
OFFICE = {"office": "科普部", "telephone": "0537-1234567", "supervision": "", "address": "", "mail": ""}


def call(**statements: Any) -> Call:
    """A published call that states five working days."""
    return makers.call(**{"rules": [FIVE_DAYS], **statements})


def people(call: Call) -> tuple[Any, Any]:
    """An officer and a leader of the association of a call."""
    return make.officer(call.association), make.holder(Role.LEADER, call.association.organisation)


def selections(call: Call, approved: int = 2, reserve: int = 1) -> list[Selection]:
    """Selections of a call: the first ones approved, the next ones in reserve."""
    officer, leader = people(call)
    decision = Decision.objects.create(
        association=call.association,
        call=call,
        revision=call.revisions.get(),
        digest="d" * 64,
        approved_at=NOW,
        made_by=officer,
        made_at=NOW,
    )
    made = []
    for rank in range(1, approved + reserve + 1):
        row = ranked(decision, call, rank)
        if rank <= approved:
            move(row, "propose", role=OFFICER, actor=officer, at=NOW)
            made.append(move(row, "approve", role=LEADER, actor=leader, at=NOW))
        else:
            made.append(move(row, "put_in_reserve", role=OFFICER, actor=officer, at=NOW))
    return made


@transaction.atomic
def ranked(decision: Decision, call: Call, rank: int) -> Selection:
    """A submitted application that has a place in the order."""
    application = makers.submitted(call, project=f"第{rank}号项目")
    row = Selection.objects.create(
        association=call.association,
        decision=decision,
        call=call,
        application=application,
        rank=rank,
        amount_fen=3_000_000,
        decided_at=NOW,
    )
    log.record("ranked", row, actor=decision.made_by, role=OFFICER, at=NOW)
    return row


def wording(**said: Any) -> actions.Wording:
    """What a notice says."""
    plain = {
        "title": "关于2026年度科普项目拟立项名单的公示",
        "days": 5,
        "day_kind": "working",
        "procedure": ("形式审查", "专家评审"),
        "fields": ("title", "unit", "amount"),
        "objections_to": OFFICE,
    }
    return actions.Wording(**{**plain, **said})


def agreed(
    code: str, row: Any, leader: Any, *, officer: Any, at: datetime = NOW, **arguments: Any
) -> Approval:
    """An act that an officer asked for and a leader agreed to."""
    with transaction.atomic():
        approval = approving.ask(code, row, arguments, "请审批", by=(officer, at))
    return approvals.approve(approval.pk, actor=leader, at=at)


def drafted(rows: list[Selection], officer: Any, **said: Any) -> Notice:
    """A notice about selections."""
    call = rows[0].call
    return actions.draft(call.pk, wording(**said), [row.pk for row in rows], actor=officer, at=NOW)


def signed(rows: list[Selection], officer: Any, leader: Any, **said: Any) -> Notice:
    """A notice that a leader has signed."""
    notice = drafted(rows, officer, **said)
    agreed(approving.SIGN, notice, leader, officer=officer)
    return fresh(notice)


def posted(rows: list[Selection], officer: Any, leader: Any, *, at: datetime = NOW, **said: Any) -> Notice:
    """A notice that runs."""
    notice = signed(rows, officer, leader, **said)
    return actions.post(notice.pk, actor=officer, at=at)


def checked(application: Any, officer: Any) -> None:
    """The formal check of an application, decided by an officer."""
    check = review.begin(application.pk, actor=officer, at=NOW)
    points = [seen.point for seen in looked_at(check, NOW).points]
    review.answer(check.pk, check.digest, the_rest(points, ()), actor=officer, at=NOW)


def objected(item: NoticeItem, *, at: datetime = NOW, **said: Any) -> tuple[Objection, str]:
    """An objection to an item, with the secret of its link."""
    plain = {"who": "person", "name": "王异议", "contact": "13900001234", "grounds": GROUNDS}
    return actions.object_to(item, actions.Raised(**{**plain, **said}), at=at)


def found(objection: Objection, officer: Any, investigator: Any, *, at: datetime = NOW) -> None:
    """Take an objection up and let it be looked into."""
    actions.accept(objection.pk, actor=officer, at=at)
    actions.assign(objection.pk, investigator.pk, actor=officer, at=at)
    actions.find(objection.pk, "现场核实，情况属实。", is_founded=True, actor=investigator, at=at)


def decided(objection: Objection, leader: Any, *, officer: Any, upheld: bool, at: datetime = NOW) -> Approval:
    """An objection on which a leader has decided."""
    arguments = {"upheld": upheld, "answer": "经现场核实"}
    return agreed(approving.DECIDE, objection, leader, officer=officer, at=at, **arguments)


def after(notice: Notice, days: int = 1) -> datetime:
    """A moment so many days after the last day of a notice."""
    last = fresh(notice).last_day
    return datetime(last.year, last.month, last.day, 1, tzinfo=UTC) + timedelta(days=days)


def fresh(row: Any) -> Any:
    """A row as it stands in the table now."""
    return type(row).objects.get(pk=row.pk)


def states(rows: list[Selection]) -> list[str]:
    """The states of selections as they stand now."""
    return [fresh(row).state for row in rows]
