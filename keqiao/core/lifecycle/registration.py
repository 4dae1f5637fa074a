"""The life of a registration: a unit asks to be taken in, somebody looks at it, it is returned, verified or refused."""

from collections.abc import Iterable
from enum import StrEnum

from keqiao.core.lifecycle.moves import Move, next_state
from keqiao.core.lifecycle.roles import CONTACT, ENDORSER, OFFICER

__all__ = [
    "CONTACT",
    "ENDORSER",
    "MOVES",
    "OFFICER",
    "OPEN",
    "STATE_AFTER",
    "RegistrationState",
    "S",
    "registration_after",
]


class RegistrationState(StrEnum):
    """Where a registration stands."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    VERIFIED = "verified"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


S = RegistrationState

_VERIFIERS = frozenset({OFFICER, ENDORSER})
_CONTACT = frozenset({CONTACT})

MOVES: tuple[Move[RegistrationState], ...] = (
    Move("return", _VERIFIERS, frozenset({S.SUBMITTED}), S.RETURNED),
    Move("submit_again", _CONTACT, frozenset({S.RETURNED}), S.SUBMITTED),
    Move("verify", _VERIFIERS, frozenset({S.SUBMITTED}), S.VERIFIED),
    Move("refuse", _VERIFIERS, frozenset({S.SUBMITTED, S.RETURNED}), S.REFUSED),
    Move("withdraw", _CONTACT, frozenset({S.SUBMITTED, S.RETURNED}), S.WITHDRAWN),
)
"""Nothing leads out of the last three: who is refused registers anew. What was returned and never sent again can be
refused, so that no queue keeps it for ever."""

STATE_AFTER: dict[str, RegistrationState] = {
    "registration_submitted": S.SUBMITTED,
    "registration_returned": S.RETURNED,
    "registration_submitted_again": S.SUBMITTED,
    "registration_verified": S.VERIFIED,
    "registration_refused": S.REFUSED,
    "registration_withdrawn": S.WITHDRAWN,
}
"""The state that each recorded event leaves a registration in."""

OPEN = frozenset({S.SUBMITTED, S.RETURNED})


def registration_after(state: RegistrationState, act: str, roles: Iterable[str]) -> RegistrationState:
    """Return the state of a registration after ``act``.

    Raises:
        NotAllowed: the table does not let these roles do it in this state.
    """
    return next_state(MOVES, state, act, roles)
