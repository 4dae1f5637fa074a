"""Which acts of the room a leader has to agree to, and asking for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from keqiao.web.approvals.actions import Proposal, propose
from keqiao.web.approvals.acts import Subject
from keqiao.web.approvals.queries import open_for_subject
from keqiao.web.notifications.actions import ask_approvers

SIGN, WITHDRAW = "public_notice.sign", "public_notice.withdraw"
DECIDE, SUBSTITUTE, ISSUE = "public_notice.decide", "public_notice.substitute", "public_notice.issue"


def ask(code: str, row: Any, arguments: Mapping[str, Any], reason: str, *, by: tuple[Any, datetime]) -> Any:
    """Let an act upon a row wait for a leader, and tell who may agree; return the approval.

    Called inside a transaction.

    Raises:
        AlreadyProposed: it waits already, with other content or from somebody else.
        PermissionDenied: the actor is no officer of the association.
    """
    actor, at = by
    subject = Subject(row._meta.label_lower, str(row.pk), row.association_id)
    approval = propose(Proposal(code, subject, arguments, reason), actor=actor, at=at)
    ask_approvers(approval, at)
    return approval


def waiting(codes: tuple[str, ...], row: Any, at: datetime) -> Any | None:
    """Return what waits for a leader about a row, or nothing."""
    subject = (row._meta.label_lower, str(row.pk))
    found = (open_for_subject(code, subject, at) for code in codes)
    return next((each for each in found if each is not None), None)
