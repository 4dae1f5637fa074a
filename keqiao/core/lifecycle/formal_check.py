"""The life of a formal check (形式审查): what arrived is looked at before experts see it."""

from collections.abc import Iterable
from enum import StrEnum

from keqiao.core.lifecycle.moves import Move, next_state


class FormalCheckState(StrEnum):
    """Where the formal check of one application stands."""

    OPEN = "open"
    PASSED = "passed"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


S = FormalCheckState

APPLICANT = "applicant"  # whoever acts for the unit
OFFICER = "officer"  # of the association that runs the call
CLOCK = "clock"  # the program itself, when the time for a correction is over
_UNIT = frozenset({APPLICANT})
_OFFICE = frozenset({OFFICER})
_OPEN = frozenset({S.OPEN})

DECIDED = frozenset({S.PASSED, S.REFUSED})
"""States in which the office has said what it found."""

MOVES: tuple[Move[FormalCheckState], ...] = (
    Move("answer", _OFFICE, _OPEN, None),
    Move("pass", _OFFICE, _OPEN, S.PASSED),
    Move("refuse", _OFFICE, _OPEN, S.REFUSED),
    Move("reopen", _OFFICE, DECIDED, S.OPEN),
    Move("return", _OFFICE, _OPEN, S.RETURNED),
    Move("come_back", _UNIT | _OFFICE | {CLOCK}, frozenset({S.RETURNED}), S.OPEN),
    Move("withdraw", _UNIT, frozenset(S) - {S.WITHDRAWN}, S.WITHDRAWN),
    Move("begin_again", _OFFICE, frozenset({S.WITHDRAWN}), S.OPEN),
)
"""Source: inventory E1; domain D13. What was returned comes back corrected, or as it was when the day has passed.
Whether experts have begun with an application that is reopened is asked besides.
"""

STATE_AFTER: dict[str, FormalCheckState] = {
    "begun": S.OPEN,
    "begun_again": S.OPEN,
    "passed": S.PASSED,
    "refused": S.REFUSED,
    "reopened": S.OPEN,
    "returned": S.RETURNED,
    "came_back": S.OPEN,
    "withdrawn": S.WITHDRAWN,
}
"""The state that each recorded event leaves a formal check in; ``answered`` changes none."""


def formal_check_after(state: FormalCheckState, act: str, roles: Iterable[str]) -> FormalCheckState:
    """Return the state of a formal check after ``act``.

    Raises:
        NotAllowed: the table does not let these roles do it in this state.
    """
    return next_state(MOVES, state, act, roles)
