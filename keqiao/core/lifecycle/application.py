"""The life of an application: a draft is submitted, returned for correction, withdrawn, taken up again."""

from collections.abc import Iterable
from enum import StrEnum

from keqiao.core.lifecycle.moves import Move, next_state
from keqiao.core.lifecycle.roles import APPLICANT, CLOCK, ENDORSER, OFFICER

__all__ = [
    "APPLICANT",
    "CLOCK",
    "EDITABLE",
    "ENDORSER",
    "IN_HAND",
    "MOVES",
    "OFFICER",
    "SEEN_BY_THE_OFFICE",
    "STATE_AFTER",
    "ApplicationState",
    "S",
    "application_after",
]


class ApplicationState(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


S = ApplicationState

_UNIT = frozenset({APPLICANT})
_READERS = frozenset({OFFICER, ENDORSER})

EDITABLE = frozenset({S.DRAFT, S.RETURNED})
"""States in which the unit writes; of a returned one only the fields that were named."""

IN_HAND = frozenset({S.SUBMITTED, S.RETURNED})
"""States that take a place where the call limits how many one may apply for."""

SEEN_BY_THE_OFFICE = frozenset({S.SUBMITTED, S.RETURNED, S.WITHDRAWN})
"""States in which the association reads it, as it was submitted. Drafts it only counts."""

MOVES: tuple[Move[ApplicationState], ...] = (
    Move("edit", _UNIT, EDITABLE, None),
    Move("submit", _UNIT, EDITABLE, S.SUBMITTED),
    Move("withdraw", _UNIT, IN_HAND, S.WITHDRAWN),
    Move("take_up_again", _UNIT, frozenset({S.WITHDRAWN}), S.DRAFT),
    Move("ask_partners", _UNIT, EDITABLE | IN_HAND, None),
    Move("mark", _UNIT, EDITABLE | IN_HAND, None),
    Move("discard", _UNIT, frozenset({S.DRAFT}), S.DISCARDED),
    Move("return", _READERS, frozenset({S.SUBMITTED}), S.RETURNED),
    Move("let_stand", _READERS | {CLOCK}, frozenset({S.RETURNED}), S.SUBMITTED),
)
"""A correction that does not come in time harms nobody: the submission that was returned stands again as it was
(``let_stand``). What was withdrawn and taken up again is submitted like any draft: under the deadline and the limits.
"""

STATE_AFTER: dict[str, ApplicationState] = {
    "started": S.DRAFT,
    "submitted": S.SUBMITTED,
    "corrected": S.SUBMITTED,
    "withdrawn": S.WITHDRAWN,
    "taken_up_again": S.DRAFT,
    "discarded": S.DISCARDED,
    "returned": S.RETURNED,
    "stood": S.SUBMITTED,
}
"""The state that each recorded event leaves an application in; events that change no state are not listed."""


def application_after(state: ApplicationState, act: str, roles: Iterable[str]) -> ApplicationState:
    """Return the state of an application after ``act``.

    Raises:
        NotAllowed: the table does not let these roles do it in this state.
    """
    return next_state(MOVES, state, act, roles)
