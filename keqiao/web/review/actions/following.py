"""A formal check goes along with its application: returned, corrected, let stand, withdrawn."""

from django.db import transaction

from keqiao.core.lifecycle.formal_check import TABLE, FormalCheckState
from keqiao.web.applications.followers import Change
from keqiao.web.applications.queries import standing_submission
from keqiao.web.audit.log import By
from keqiao.web.review.actions.writing import note, state_after
from keqiao.web.review.models import FormalCheck
from keqiao.web.review.owed import follow_check

ACTS = {"returned": "return", "corrected": "come_back", "stood": "come_back", "withdrawn": "withdraw"}
"""What an event of the application does to its check."""


@transaction.atomic
def follow_application(change: Change) -> None:
    """Keep the check of an application in step with it, where one has begun."""
    if change.act not in ACTS:
        return
    check = FormalCheck.objects.select_for_update().filter(application_id=change.application_id).first()
    if check is None or check.state == FormalCheckState.WITHDRAWN.value:
        return
    act = ACTS[change.act]
    event = TABLE.events[act]
    check.state = state_after(check.state, act, {change.role}).value
    check.decided_by, check.decided_at, check.words, check.found = None, None, "", []
    if act == "come_back":
        submission = standing_submission(change.application_id)
        check.digest, check.revision_id = submission.digest, submission.revision_id
    check.save()
    note(event, check, By(change.actor, change.role, change.at))
    follow_check(check.pk, change.at, event)
