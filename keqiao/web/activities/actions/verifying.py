"""The office verifies what was reported, one or several at once: always somebody else than who reported it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.activity import TABLE
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.activities.actions.writing import saved, taken_in_hand, tidy_reason
from keqiao.web.activities.models import Activity
from keqiao.web.activities.permissions import Viewer
from keqiao.web.activities.refusals import refusal
from keqiao.web.activities.telling import tell
from keqiao.web.audit.log import By


@transaction.atomic
def verify(record_ids: Sequence[UUID], *, actor: Viewer, at: datetime) -> int:
    """Verify records that were reported, all of them or none; how many.

    Raises:
        Activity.DoesNotExist: one of them is not the actor's business.
        Refused: one of them cannot be verified, or the actor reported or entered it.
    """
    for record_id in sorted(set(record_ids)):
        row, _project = taken_in_hand(record_id, "verify", OFFICER, actor, at)
        if actor.pk in (row.reported_by_id, row.entered_by_id):
            raise refusal("own_record", number=row.number)
        row.verified_by_id, row.verified_at = actor.pk, at
        saved(row, TABLE.events["verify"], By(actor, OFFICER, at), digest=row.digest, version=row.version)
    return len(set(record_ids))


@transaction.atomic
def send_back(record_ids: Sequence[UUID], reason: str, *, actor: Viewer, at: datetime) -> int:
    """Return records to their unit for the same reason, all of them or none; their unit is told. How many.

    Raises:
        Activity.DoesNotExist: one of them is not the actor's business.
        Refused: one of them cannot be returned, or the reason is missing.
    """
    for record_id in sorted(set(record_ids)):
        _with_reason(record_id, "return", reason, actor, at)
    return len(set(record_ids))


@transaction.atomic
def disallow(record_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> Activity:
    """Say that a record does not count, for a reason; its unit is told.

    Raises:
        Activity.DoesNotExist: it is not the actor's business.
        Refused: it cannot be disallowed where it stands, or the reason is missing.
    """
    return _with_reason(record_id, "disallow", reason, actor, at)


@transaction.atomic
def look_again(record_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> Activity:
    """Take back what was said of a record, for a reason; it waits to be verified again. Its unit is told.

    Raises:
        Activity.DoesNotExist: it is not the actor's business.
        Refused: nothing was said of it, or the reason is missing.
    """
    return _with_reason(record_id, "look_again", reason, actor, at)


def _with_reason(record_id: UUID, act: str, reason: str, actor: Any, at: datetime) -> Activity:
    row, project = taken_in_hand(record_id, act, OFFICER, actor, at)
    words = tidy_reason(act, reason)
    row.words, row.verified_by, row.verified_at = words, None, None
    event = TABLE.events[act]
    saved(row, event, By(actor, OFFICER, at), reason=words)
    tell(row, project, event, at)
    return row
