"""Decide an objection: what a leader agreed to is done in the transaction of the approval."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keqiao.core.lifecycle.roles import LEADER
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By
from keqiao.web.public_notice.actions.holding import drop, let_go
from keqiao.web.public_notice.actions.writing import (
    OBJECTIONS,
    locked_objection,
    note,
    reason_given,
    refusal,
    state_after,
)
from keqiao.web.public_notice.investigators import against
from keqiao.web.public_notice.models import Objection
from keqiao.web.public_notice.owed import follow_objection
from keqiao.web.public_notice.telling import tell_objector

UPHELD_BECAUSE = "异议成立：{answer}"


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided an objection, and when. ``proposer`` asked for it."""

    by: Any
    proposer: Any
    at: datetime


def decide(objection_id: Any, answer: str, *, is_upheld: bool, decided: Decided) -> Objection:
    """Uphold or reject an objection. Upheld: its project is out. Rejected: it goes on.

    Raises:
        Refused: nothing was found yet, the grounds are missing, or who decides has a part in the matter.
    """
    objection = locked_objection(objection_id)
    act = "uphold" if is_upheld else "reject"
    objection.state = state_after(OBJECTIONS, objection.state, act, {LEADER})
    objection.answer = reason_given(answer)
    _require_apart(objection, decided)
    objection.decided_by, objection.decided_at = decided.by, decided.at
    objection.save()
    by = By(decided.by, LEADER, decided.at)
    event = OBJECTIONS.events[act]
    note(event, objection, by, reason=objection.answer, asked_by=str(decided.proposer.pk))
    if is_upheld:
        drop(objection, UPHELD_BECAUSE.format(answer=objection.answer)[:400], by)
    else:
        let_go(objection, by)
    tell_objector(objection, event, decided.at)
    follow_objection(objection.pk, decided.at, event)
    return objection


def _require_apart(objection: Objection, decided: Decided) -> None:
    if objection.investigator_id == decided.by.pk:
        raise refusal("objection.looked_into_it")
    if found := against(decided.by, objection.item.selection.application, decided.at):
        raise Refused(*found)
