"""A decision that was refused goes back to the office with the reason; one that was taken back waits there again.

Whoever turns the next key is asked by letter, whichever key it is; the office hears what became of it.
"""

from datetime import datetime

from keqiao.core.lifecycle.approval import ApprovalState
from keqiao.web.accounts.queries import user_with_id
from keqiao.web.allocation.actions.approving import send_back, waits_no_longer
from keqiao.web.allocation.approving import BY_FINANCE, BY_LEADER, KINDS
from keqiao.web.allocation.models import Decision
from keqiao.web.allocation.permissions import FINANCE, LEADER
from keqiao.web.allocation.telling import tell_office
from keqiao.web.approvals.queries import Approval
from keqiao.web.audit.log import By
from keqiao.web.notifications.actions import ask_approvers

ENDED = frozenset({ApprovalState.WITHDRAWN.value, ApprovalState.EXPIRED.value})


def follow(approval: Approval, at: datetime) -> None:
    """Ask whoever is next; give back what was refused; open again what is owed where nobody decided."""
    if approval.kind not in KINDS:
        return
    decision = Decision.objects.select_for_update().get(pk=approval.subject_id)
    if approval.state == ApprovalState.PROPOSED.value:
        ask_approvers(approval, at)
        if approval.kind == BY_LEADER:
            tell_office("asked", decision, at, but=[approval.proposed_by_id])
    elif approval.state == ApprovalState.REFUSED.value:
        role = FINANCE if approval.kind == BY_FINANCE else LEADER
        by = By(user_with_id(approval.decided_by_id), role, at)
        send_back(decision, by, approval.decision_reason)
        tell_office("sent_back", decision, at)
    elif approval.state == ApprovalState.APPROVED.value:
        tell_office("approved" if decision.approved_at else "agreed", decision, at)
    elif approval.state in ENDED:
        waits_no_longer(decision, at)
