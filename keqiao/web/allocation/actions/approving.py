"""What becomes of a decision that was approved with its last key, or sent back."""

from datetime import datetime
from typing import Any

from django.db import transaction

from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.allocation.actions.moving import move
from keqiao.web.allocation.actions.writing import rows_of
from keqiao.web.allocation.approving import digest_of
from keqiao.web.allocation.models import Decision
from keqiao.web.allocation.owed import follow_decision
from keqiao.web.audit.log import By, record

PROPOSED = SelectionState.PROPOSED.value


@transaction.atomic
def approve(decision: Decision, by: By) -> int:
    """Let everybody who is proposed be approved, and freeze what was decided by its digest; how many there are.

    Raises:
        Refused: one of them is not in such a state any longer.
    """
    rows = rows_of(decision)
    decision.digest, decision.approved_at = digest_of(decision, rows), by.at
    chosen = [row for row in rows if row.state == PROPOSED]
    for row in chosen:
        move(row, "approve", role=by.role, actor=by.actor, at=by.at)
    decision.save(update_fields=["digest", "approved_at"])
    data = {"content": decision.digest, "count": len(chosen)}
    record("approved", decision, actor=by.actor, role=by.role, at=by.at, data=data)
    follow_decision(decision.pk, by.at, "approved")
    return len(chosen)


@transaction.atomic
def send_back(decision: Decision, by: By, reason: str) -> None:
    """Give a decision back to the office: who was proposed is ranked again, and what was decided of each stays."""
    for row in rows_of(decision):
        if row.state == PROPOSED:
            kept: dict[str, Any] = {"reason": row.reason}
            move(row, "send_back", role=by.role, actor=by.actor, at=by.at, reason=reason, values=kept)
    decision.version += 1
    decision.save(update_fields=["version"])
    data = {"version": decision.version}
    record("sent_back", decision, actor=by.actor, role=by.role, at=by.at, data=data, reason=reason)
    follow_decision(decision.pk, by.at, "sent_back")


def waits_no_longer(decision: Decision, at: datetime) -> None:
    """The office has it again: what waited was taken back, or its time ran out."""
    follow_decision(decision.pk, at, "sent_back")
