"""The life of an approval: proposed by one person, decided once by another, or ended without a decision."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from keqiao.core.lifecycle.moves import Move, next_state
from keqiao.core.lifecycle.roles import APPROVER, CLOCK, PROPOSER

__all__ = [
    "APPROVER",
    "CLOCK",
    "MOVES",
    "PROPOSER",
    "STATE_AFTER",
    "ApprovalState",
    "S",
    "approval_after",
    "roles_in_approval",
    "state_at",
]


class ApprovalState(StrEnum):
    """Where an approval stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


S = ApprovalState

_OPEN = frozenset({S.PROPOSED})

MOVES: tuple[Move[ApprovalState], ...] = (
    Move("approve", frozenset({APPROVER}), _OPEN, S.APPROVED),
    Move("refuse", frozenset({APPROVER}), _OPEN, S.REFUSED),
    Move("withdraw", frozenset({PROPOSER}), _OPEN, S.WITHDRAWN),
    Move("expire", frozenset({CLOCK}), _OPEN, S.EXPIRED),
)
"""Source: architecture 2.7. There is no way out of the four last states: who thinks again proposes again."""

STATE_AFTER: dict[str, ApprovalState] = {
    "proposed": S.PROPOSED,
    "approved": S.APPROVED,
    "refused": S.REFUSED,
    "withdrawn": S.WITHDRAWN,
    "expired": S.EXPIRED,
}
"""The state that each recorded event leaves an approval in."""


def roles_in_approval(*, proposed_it: bool, may_approve: bool) -> frozenset[str]:
    """Return the roles of one person in one approval.

    Whoever proposed it is never its approver, whatever other rights that person has.
    """
    if proposed_it:
        return frozenset({PROPOSER})
    return frozenset({APPROVER}) if may_approve else frozenset()


def state_at(state: ApprovalState, expires_at: datetime, at: datetime) -> ApprovalState:
    """Return the state that counts at ``at``: from ``expires_at`` on, an undecided approval is expired.

    So it does whether or not the program has already written that down.
    """
    return S.EXPIRED if state is S.PROPOSED and at >= expires_at else state


def approval_after(state: ApprovalState, act: str, roles: Iterable[str]) -> ApprovalState:
    """Return the state of an approval after ``act``.

    Raises:
        NotAllowed: the table does not let these roles do it in this state.
    """
    return next_state(MOVES, state, act, roles)
