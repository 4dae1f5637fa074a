"""The life of a batch (批次): what an endorsing unit forwards as one act, co-signed where the call wants it."""

from collections.abc import Iterable
from enum import StrEnum

from keqiao.core.lifecycle.moves import Move, next_state
from keqiao.core.lifecycle.roles import CO_SIGNER, ENDORSER, PROGRAM

__all__ = [
    "CO_SIGNER",
    "ENDORSER",
    "LIVE",
    "MOVES",
    "PROGRAM",
    "STATE_AFTER",
    "BatchState",
    "S",
    "batch_after",
]


class BatchState(StrEnum):
    """Where a batch stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    REFUSED = "refused"
    VOID = "void"
    FORWARDED = "forwarded"
    RECALLED = "recalled"


S = BatchState


LIVE = frozenset({S.PROPOSED, S.AGREED})
"""States of a list that may still be forwarded; of a queue there is one such list at most."""

MOVES: tuple[Move[BatchState], ...] = (
    Move("agree", frozenset({CO_SIGNER}), frozenset({S.PROPOSED}), S.AGREED),
    Move("agree_on_paper", frozenset({ENDORSER}), frozenset({S.PROPOSED}), S.AGREED),
    Move("refuse", frozenset({CO_SIGNER}), frozenset({S.PROPOSED, S.AGREED}), S.REFUSED),
    Move("void", frozenset({ENDORSER, PROGRAM}), LIVE, S.VOID),
    Move("forward", frozenset({ENDORSER}), frozenset({S.AGREED}), S.FORWARDED),
    Move("recall", frozenset({ENDORSER}), frozenset({S.FORWARDED}), S.RECALLED),
)
"""A list that nobody co-signs is born forwarded. ``void``: the list changed, so nobody has agreed to it any more.

``agree_on_paper`` is for a co-signer without people in the system: its stamp stands on paper. Source: hunan-2022,
二2 (会同财政部门汇总): both answer for the same list.
"""

STATE_AFTER: dict[str, BatchState] = {
    "proposed": S.PROPOSED,
    "agreed": S.AGREED,
    "agreed_on_paper": S.AGREED,
    "refused": S.REFUSED,
    "voided": S.VOID,
    "forwarded": S.FORWARDED,
    "recalled": S.RECALLED,
}
"""The state that each recorded event leaves a batch in."""


def batch_after(state: BatchState, act: str, roles: Iterable[str]) -> BatchState:
    """Return the state of a batch after ``act``.

    Raises:
        NotAllowed: the table does not let these roles do it in this state.
    """
    return next_state(MOVES, state, act, roles)
