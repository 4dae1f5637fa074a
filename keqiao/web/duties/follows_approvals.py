"""A decision is owed while an approval waits."""

from datetime import datetime

from django.db.models import Q

from keqiao.web.approvals.queries import Approval
from keqiao.web.duties.actions import follow as follow_case
from keqiao.web.duties.owed import DECIDE, decisions_owed


def follow(approval: Approval, at: datetime) -> None:
    """Open or close what the approval asks of its second person."""
    about = (Approval._meta.label_lower, str(approval.pk))
    follow_case([DECIDE], about, decisions_owed(Q(pk=approval.pk)), at=at, fact=approval.state)
