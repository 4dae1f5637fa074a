"""Whether a unit joins an application (联合申报单位确认): it is asked, accepts or declines, and may think again."""

from collections.abc import Iterable
from enum import StrEnum

from keqiao.core.lifecycle.application import APPLICANT
from keqiao.core.lifecycle.moves import Move, next_state
from keqiao.core.lifecycle.roles import PARTNER

__all__ = [
    "IN_FORCE",
    "MOVES",
    "OPEN_TO_PARTNER",
    "PARTNER",
    "STATE_AFTER",
    "JoiningState",
    "S",
    "joining_after",
]


class JoiningState(StrEnum):
    """What a unit that was asked has answered."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"


S = JoiningState

_LEAD = frozenset({APPLICANT})
_PARTNER = frozenset({PARTNER})

OPEN_TO_PARTNER = frozenset({S.ASKED, S.ACCEPTED})
"""States in which the unit that is asked reads the application."""

IN_FORCE = frozenset({S.ASKED, S.ACCEPTED, S.DECLINED})
"""States that end where the application is withdrawn or thrown away, or names the unit no more."""

MOVES: tuple[Move[JoiningState], ...] = (
    Move("ask", _LEAD, frozenset({S.LAPSED, S.DECLINED}), S.ASKED),
    Move("accept", _PARTNER, frozenset({S.ASKED, S.DECLINED}), S.ACCEPTED),
    Move("decline", _PARTNER, frozenset({S.ASKED, S.ACCEPTED}), S.DECLINED),
    Move("lapse", _LEAD, IN_FORCE, S.LAPSED),
)

STATE_AFTER: dict[str, JoiningState] = {
    "asked": S.ASKED,
    "accepted": S.ACCEPTED,
    "declined": S.DECLINED,
    "lapsed": S.LAPSED,
}
"""The state that each recorded event leaves it in."""


def joining_after(state: JoiningState, act: str, roles: Iterable[str]) -> JoiningState:
    """Return the state after ``act``.

    Raises:
        NotAllowed: the table does not let these roles do it in this state.
    """
    return next_state(MOVES, state, act, roles)
