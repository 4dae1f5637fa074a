"""When a project closes, what was verified is locked; opening it again needs a second person."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.activity import TABLE, ActivityState
from keqiao.core.lifecycle.roles import OFFICER, PROGRAM
from keqiao.web.activities.actions.writing import saved, state_after, taken_in_hand, tidy_reason
from keqiao.web.activities.models import Activity
from keqiao.web.activities.permissions import Viewer
from keqiao.web.audit.log import By


@transaction.atomic
def lock_project(project_kind: str, project_id: UUID, *, at: datetime) -> int:
    """Lock every verified record of a project; how many. Again: does nothing.

    Called by the room of the project, inside the act that closes it: who may close it, that room asks.
    """
    rows = Activity.objects.select_for_update(of=("self",)).filter(
        project_kind=project_kind, project_id=project_id, state=ActivityState.VERIFIED.value
    )
    count = 0
    for row in rows.order_by("pk"):
        row.state = state_after(row.state, "lock", {PROGRAM}).value
        saved(row, TABLE.events["lock"], By(None, PROGRAM, at), digest=row.digest)
        count += 1
    return count


@transaction.atomic
def unlock(record_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> Activity:
    """Unlock a record, so that it can be looked at again. Asked for by one officer and done by another.

    Called by the second person only (``activities.second_person``).

    Raises:
        Activity.DoesNotExist: it is not the actor's business.
        Refused: it is not locked, or the reason is missing.
    """
    row, _project = taken_in_hand(record_id, "unlock", OFFICER, actor, at)
    words = tidy_reason("unlock", reason)
    saved(row, TABLE.events["unlock"], By(actor, OFFICER, at), reason=words)
    return row
