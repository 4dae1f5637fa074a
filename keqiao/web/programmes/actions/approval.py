"""Ask a second person to agree that a call is published, where the association wants that."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override

from keqiao.web.approvals import actions as approvals
from keqiao.web.approvals.acts import Subject
from keqiao.web.notifications.actions import ask_approvers
from keqiao.web.programmes.models import Call
from keqiao.web.programmes.permissions import Viewer
from keqiao.web.programmes.queries import PUBLISH_CALL

CALL = Call._meta.label_lower


@transaction.atomic
def ask_to_publish(call_id: UUID, version: int, *, actor: Viewer, at: datetime, note: str = "") -> Any:
    """Freeze the publication of the draft at ``version`` until somebody else agrees; tell who may.

    ``note`` becomes that of the revision. Returns the approval that waits; asking the same again gives the
    same.

    Raises:
        PermissionDenied: the actor is no officer of the association.
        StaleDraft: somebody else changed the draft since that version.
        Refused: publication would be refused as well; nobody is asked to agree to that.
        AlreadyProposed: another version waits already, or somebody else asked.
    """
    call = Call.objects.get(pk=call_id)
    note = note.strip()
    wanted = approvals.Proposal(
        PUBLISH_CALL,
        Subject(CALL, str(call.pk), call.association_id),
        {"version": version, "note": note},
        note or _no_reason(),
    )
    approval = approvals.propose(wanted, actor=actor, at=at)
    ask_approvers(approval, at)
    return approval


def _no_reason() -> str:
    """The reason that is frozen where nobody wrote one: texts in the tables are Chinese."""
    with override("zh-hans"):
        return gettext("请审批后发布")
