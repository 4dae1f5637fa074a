"""The life of a picture of a signature page (盖章页): known by its code, kept for a person, attached, set aside."""

from collections.abc import Iterable
from enum import StrEnum

from keqiao.core.lifecycle.moves import Move, next_state
from keqiao.core.lifecycle.roles import BRINGER, OFFICER

__all__ = [
    "BRINGER",
    "COUNTS",
    "MOVES",
    "OFFICER",
    "STATE_AFTER",
    "S",
    "ScanState",
    "scan_after",
]


class ScanState(StrEnum):
    """Where a picture stands."""

    MATCHED = "matched"
    UNMATCHED = "unmatched"
    ATTACHED = "attached"
    SET_ASIDE = "set_aside"


S = ScanState

_PEOPLE = frozenset({BRINGER, OFFICER})

COUNTS = frozenset({S.MATCHED, S.ATTACHED})
"""States in which a picture says something about what was signed."""

MOVES: tuple[Move[ScanState], ...] = (
    Move("attach", _PEOPLE, frozenset({S.UNMATCHED, S.SET_ASIDE}), S.ATTACHED),
    Move("set_aside", _PEOPLE, frozenset({S.MATCHED, S.UNMATCHED, S.ATTACHED}), S.SET_ASIDE),
)
"""``attach``: a person says what it is a picture of, and why. ``set_aside``: it counts no more, and is kept."""

STATE_AFTER: dict[str, ScanState] = {
    "matched": S.MATCHED,
    "kept": S.UNMATCHED,
    "attached": S.ATTACHED,
    "set_aside": S.SET_ASIDE,
}
"""The state that each recorded event leaves a picture in."""


def scan_after(state: ScanState, act: str, roles: Iterable[str]) -> ScanState:
    """Return the state of a picture after ``act``.

    Raises:
        NotAllowed: the table does not let these roles do it in this state.
    """
    return next_state(MOVES, state, act, roles)
