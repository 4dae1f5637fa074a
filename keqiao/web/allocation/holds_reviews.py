"""A decision that waits for approval, or was approved, rests on scores and formal checks: they stay as they are.

Before it is asked for, rounds may open again: what changed is told by the proposal, which has to be made anew. While it
waits the office may take it back; what was approved is changed by an objection or a refusal to sign.
"""

from datetime import datetime
from uuid import UUID

from keqiao.core.findings import Finding, Weight
from keqiao.web.allocation.approving import waiting_for
from keqiao.web.allocation.models import Decision


def hold(call_id: UUID, at: datetime) -> Finding | None:
    """Say why nothing is taken up again in a call; the decision is locked, so that nobody asks for it meanwhile."""
    decision = Decision.objects.select_for_update(of=("self",)).filter(call_id=call_id).first()
    if decision is None:
        return None
    if decision.approved_at is not None:
        return Finding("review.decided", Weight.REFUSE, {})
    if waiting_for(decision, at) is not None:
        return Finding("review.decision_waits", Weight.REFUSE, {})
    return None
