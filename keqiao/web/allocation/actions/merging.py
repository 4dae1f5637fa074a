"""Join a topic to another, as a part of it or as the same one; part them again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.allocation.actions.beginning import ask_core
from keqiao.web.allocation.actions.moving import move, refusal
from keqiao.web.allocation.actions.writing import changed, taken_in_hand
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.permissions import OFFICER, Viewer
from keqiao.web.audit.log import By

MAY_TAKE = frozenset(
    state.value for state in (SelectionState.RANKED, SelectionState.PROPOSED, SelectionState.RESERVE)
)
"""States in which an application may take another into it."""


@dataclass(frozen=True, slots=True)
class Joining:
    """``selection_id`` is joined to ``into_id``; ``is_duplicate``: it is the same topic, not a part of it."""

    selection_id: UUID
    into_id: UUID
    reason: str
    is_duplicate: bool = False


@transaction.atomic
def merge(decision_id: UUID, version: int, joining: Joining, *, actor: Viewer, at: datetime) -> Decision:
    """Join an application to another of its decision and propose anew: it stands for no place of its own.

    Raises:
        Decision.DoesNotExist, Refused: as ``taken_in_hand`` says; the two cannot be joined, the reason is missing.
    """
    decision = taken_in_hand(decision_id, version, actor, at)
    row, into = _row(decision, joining.selection_id), _row(decision, joining.into_id)
    if row.pk == into.pk or into.state not in MAY_TAKE or row.merged.exists():
        raise refusal("decision.cannot_be_joined")
    values = {"merged_into": into, "is_duplicate": joining.is_duplicate, "amount_fen": None, "scope": {}}
    data = {"into": str(into.pk)}
    move(row, "merge", role=OFFICER, actor=actor, at=at, reason=joining.reason, values=values, data=data)
    ask_core(decision, By(actor, OFFICER, at))
    changed(decision, "merged", actor, at, rows=[str(row.pk), str(into.pk)])
    return decision


@transaction.atomic
def part_again(
    decision_id: UUID, version: int, selection_id: UUID, *, actor: Viewer, at: datetime
) -> Decision:
    """Let a joined application stand for itself again, and propose anew.

    Raises:
        Decision.DoesNotExist, Refused: as ``taken_in_hand`` says; it is not joined to another.
    """
    decision = taken_in_hand(decision_id, version, actor, at)
    row = _row(decision, selection_id)
    values = {"merged_into": None, "is_duplicate": False, "reason": ""}
    move(row, "part_again", role=OFFICER, actor=actor, at=at, values=values)
    ask_core(decision, By(actor, OFFICER, at))
    changed(decision, "parted_again", actor, at, rows=[str(row.pk)])
    return decision


def _row(decision: Decision, pk: UUID) -> Selection:
    row = decision.selections.filter(pk=pk).first()
    if row is None:
        raise refusal("decision.no_such_row")
    return row
