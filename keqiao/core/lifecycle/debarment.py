"""The life of a debarment (禁止申报): in force until its last day; contested, lifted or found wrong before it."""

from collections.abc import Iterable
from enum import StrEnum

from keqiao.core.lifecycle.moves import Move, next_state
from keqiao.core.lifecycle.roles import OFFICER

__all__ = [
    "BARS",
    "ENDED",
    "EVENT_OF",
    "MOVES",
    "OFFICER",
    "STATE_AFTER",
    "DebarmentState",
    "S",
    "debarment_after",
]


class DebarmentState(StrEnum):
    """Where a debarment stands. That its last day has passed is no state: the dates say it."""

    IN_FORCE = "in_force"
    APPEALED = "appealed"
    STAYED = "stayed"
    LIFTED = "lifted"
    ANNULLED = "annulled"


S = DebarmentState

_OFFICE = frozenset({OFFICER})
_CONTESTED = frozenset({S.APPEALED, S.STAYED})

BARS = frozenset({S.IN_FORCE, S.APPEALED})
"""States that bar. An appeal alone does not suspend it; a stay does."""

ENDED = frozenset({S.LIFTED, S.ANNULLED})
"""States without a way out: whoever must be debarred again gets a new one."""

MOVES: tuple[Move[DebarmentState], ...] = (
    Move("file_appeal", _OFFICE, frozenset({S.IN_FORCE}), S.APPEALED),
    Move("stay", _OFFICE, frozenset({S.APPEALED}), S.STAYED),
    Move("dismiss_appeal", _OFFICE, _CONTESTED, S.IN_FORCE),
    Move("allow_appeal", _OFFICE, _CONTESTED, S.ANNULLED),
    Move("annul", _OFFICE, frozenset({S.IN_FORCE}), S.ANNULLED),
    Move("lift", _OFFICE, frozenset({S.IN_FORCE}) | _CONTESTED, S.LIFTED),
)
"""An appeal is filed and decided, and both stay on record. Source: 科研失信行为调查处理规则 (国科发监〔2022〕221号).

Lifting ends it from a day on; annulling, upon an appeal or without one, says that it never should have been.
"""

STATE_AFTER: dict[str, DebarmentState] = {
    "debarred": S.IN_FORCE,
    "appeal_filed": S.APPEALED,
    "stayed": S.STAYED,
    "appeal_dismissed": S.IN_FORCE,
    "appeal_allowed": S.ANNULLED,
    "annulled": S.ANNULLED,
    "lifted": S.LIFTED,
}
"""The state that each recorded event leaves a debarment in."""

EVENT_OF: dict[str, str] = {
    "file_appeal": "appeal_filed",
    "stay": "stayed",
    "dismiss_appeal": "appeal_dismissed",
    "allow_appeal": "appeal_allowed",
    "annul": "annulled",
    "lift": "lifted",
}
"""The event that each act leaves behind."""


def debarment_after(state: DebarmentState, act: str, roles: Iterable[str]) -> DebarmentState:
    """Return the state of a debarment after ``act``.

    Raises:
        NotAllowed: the table does not let these roles do it in this state.
    """
    return next_state(MOVES, state, act, roles)
