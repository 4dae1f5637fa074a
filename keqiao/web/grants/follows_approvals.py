"""A request for money that was refused, withdrawn or ran out leaves its instalment due again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.lifecycle.approval import ApprovalState
from keqiao.web.accounts.queries import user_with_id
from keqiao.web.grants.actions import instalments
from keqiao.web.grants.second_person import PAY, PAY_SUPERVISED

OVER = frozenset({ApprovalState.WITHDRAWN.value, ApprovalState.EXPIRED.value})


def follow(approval: Any, at: datetime) -> None:
    """Keep the instalment in step with what became of the request for it."""
    if approval.kind not in (PAY, PAY_SUPERVISED):
        return
    pk = UUID(approval.subject_id)
    if approval.state == ApprovalState.REFUSED.value:
        instalments.refuse(pk, approval.decision_reason, actor=user_with_id(approval.decided_by_id), at=at)
    elif approval.state in OVER:
        instalments.recall(pk, at=at)
