"""What acts on a decision share: the lock, whether it can be changed, its version, its event."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.allocation.actions.moving import refusal
from keqiao.web.allocation.approving import waiting_for
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.owed import follow_decision
from keqiao.web.allocation.permissions import Viewer, is_officer
from keqiao.web.audit.log import record

__all__ = ["changed", "rows_of", "taken_in_hand"]


def taken_in_hand(decision_id: UUID, version: int, actor: Viewer, at: datetime) -> Decision:
    """Return a decision under lock that can be changed by ``actor``, who saw it in this version.

    Raises:
        Decision.DoesNotExist: it is not the actor's business.
        Refused: it is approved, waits for an approval, or somebody else changed it meanwhile.
    """
    decision = Decision.objects.select_for_update(of=("self",)).select_related("call").get(pk=decision_id)
    if not is_officer(actor, decision.association_id, at):
        raise Decision.DoesNotExist
    if decision.approved_at is not None:
        raise refusal("decision.approved_already")
    if waiting_for(decision, at) is not None:
        raise refusal("decision.waits_for_approval")
    if decision.version != version:
        raise refusal("decision.changed_meanwhile", seen=version, stands=decision.version)
    return decision


def rows_of(decision: Decision) -> list[Selection]:
    """Return the selections of a decision under lock, in the order of their categories and numbers."""
    rows = decision.selections.select_for_update(of=("self",)).select_related("application__unit")
    return list(rows.order_by("application__node", "application__number"))


def changed(decision: Decision, act: str, actor: Viewer, at: datetime, **data: Any) -> None:
    """Count a change of a decision, save it and leave its event; ``reason`` among the data is its words."""
    decision.version += 1
    decision.save()
    reason = data.pop("reason", "")
    said: Mapping[str, Any] = {"version": decision.version, **data}
    record(act, decision, actor=actor, role=OFFICER, at=at, data=said, reason=reason)
    follow_decision(decision.pk, at, act)
