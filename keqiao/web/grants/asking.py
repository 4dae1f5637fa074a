"""A second person is asked: what the first one wants waits in room approvals."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.web.approvals.actions import Proposal, propose
from keqiao.web.approvals.acts import Subject
from keqiao.web.approvals.refusals import AlreadyProposed
from keqiao.web.grants.actions import instalments, settling
from keqiao.web.grants.actions.writing import locked, needed, refusal, tidy
from keqiao.web.grants.models import Grant
from keqiao.web.grants.permissions import Viewer
from keqiao.web.grants.second_person import PAY, PAY_SUPERVISED, TWO_CALLED, Two

SUPERVISED = {PAY: PAY_SUPERVISED, "grants.admit": "grants.admit_supervised"}
"""Acts to which the finance bureau agrees where it supervises the money."""
ADMITS = frozenset({"grants.admit", "grants.admit_supervised"})


@transaction.atomic
def ask(code: str, pk: UUID, reason: str, *, actor: Viewer, at: datetime) -> Any:
    """Ask a second person for the act with this code on the row ``pk``; return the approval that waits.

    Raises:
        Grant.DoesNotExist: it is not the actor's business.
        Refused: its rules are against it now, the reason is missing, or it waits already.
    """
    two = TWO_CALLED[code]
    grant_id = pk if two.model is Grant else two.model.objects.values_list("grant_id", flat=True).get(pk=pk)
    grant, roles = locked(grant_id, actor, at)
    if not roles & set(two.asks):
        raise grant.DoesNotExist
    if grant.finance_bureau_id and code in SUPERVISED:
        two = TWO_CALLED[SUPERVISED[code]]
    reason = needed(reason) if two.needs_reason else tidy(reason)
    _first_step(two, pk, grant, actor, at)
    subject = Subject(two.model._meta.label_lower, str(pk), grant.association_id)
    wanted = Proposal(two.code, subject, {"reason": reason}, reason or grant.number)
    try:
        return propose(wanted, actor=actor, at=at)  # type: ignore[arg-type]  an account tells both rooms
    except AlreadyProposed as waiting:
        raise refusal("grant.waits_already") from waiting


def _first_step(two: Two, pk: UUID, grant: Grant, actor: Viewer, at: datetime) -> None:
    """What stands against it is told at once; asking for money moves the instalment."""
    if two.code in (PAY, PAY_SUPERVISED):
        instalments.request(pk, actor=actor, at=at)
    elif two.code in ADMITS:
        settling.require_judged(grant)
