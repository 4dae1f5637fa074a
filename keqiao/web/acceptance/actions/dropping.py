"""The acceptance of a project that was terminated falls away: nothing is handed in, judged or put right any more."""

from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.acceptance import TABLE
from keqiao.core.lifecycle.roles import PROGRAM
from keqiao.web.acceptance.actions.writing import moved, note
from keqiao.web.acceptance.models import Acceptance
from keqiao.web.acceptance.owed import follow_acceptance
from keqiao.web.audit.log import By


@transaction.atomic
def drop_for(grant_id: UUID, by: By) -> None:
    """Drop the acceptance of a grant that has just been terminated, where one was opened.

    Raises:
        Refused: it has passed; who terminates the project takes that conclusion back first.
    """
    acceptance = Acceptance.objects.select_for_update(of=("self",)).filter(grant_id=grant_id).first()
    if acceptance is None:
        return
    acceptance.state, role = moved(TABLE, acceptance.state, "drop", {PROGRAM})
    acceptance.save(update_fields=["state"])
    note(TABLE.events["drop"], acceptance, By(by.actor, role, by.at))
    follow_acceptance(acceptance.pk, by.at, TABLE.events["drop"])
