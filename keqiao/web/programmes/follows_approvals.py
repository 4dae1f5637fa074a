"""While its publication is being decided, the draft of a call waits for nobody else."""

from datetime import datetime

from keqiao.web.approvals.queries import Approval
from keqiao.web.programmes.models import Call
from keqiao.web.programmes.owed import follow_call
from keqiao.web.programmes.queries import PUBLISH_CALL


def follow(approval: Approval, at: datetime) -> None:
    """Take the draft off the list of the office, or put it back."""
    if approval.kind == PUBLISH_CALL:
        for call in Call.objects.filter(pk=approval.subject_id):
            follow_call(call, at, approval.state)
