"""The life of a formal check (形式审查): what arrived is looked at before experts see it."""

from enum import StrEnum

from keqiao.core.lifecycle.moves import Move
from keqiao.core.lifecycle.roles import APPLICANT, CLOCK, OFFICER
from keqiao.core.lifecycle.table import Table


class FormalCheckState(StrEnum):
    """Where the formal check of one application stands."""

    OPEN = "open"
    PASSED = "passed"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


S = FormalCheckState

_UNIT, _OFFICE, _OPEN = frozenset({APPLICANT}), frozenset({OFFICER}), frozenset({S.OPEN})

DECIDED = frozenset({S.PASSED, S.REFUSED})
"""States in which the office has said what it found."""

TABLE = Table(
    case="formal_check",
    begins={"begun": S.OPEN},
    moves=(
        Move("answer", _OFFICE, _OPEN, None),
        Move("pass", _OFFICE, _OPEN, S.PASSED),
        Move("refuse", _OFFICE, _OPEN, S.REFUSED),
        Move("reopen", _OFFICE, DECIDED, S.OPEN),
        Move("return", _OFFICE, _OPEN, S.RETURNED),
        Move("come_back", _UNIT | _OFFICE | {CLOCK}, frozenset({S.RETURNED}), S.OPEN),
        Move("withdraw", _UNIT, frozenset(S) - {S.WITHDRAWN}, S.WITHDRAWN),
        Move("begin_again", _OFFICE, frozenset({S.WITHDRAWN}), S.OPEN),
    ),
    events={
        "answer": "answered",
        "pass": "passed",
        "refuse": "refused",
        "reopen": "reopened",
        "return": "returned",
        "come_back": "came_back",
        "withdraw": "withdrawn",
        "begin_again": "begun_again",
    },
    ends=DECIDED | {S.WITHDRAWN},
    reasons=frozenset({"refuse", "reopen"}),
)
"""What was returned comes back corrected, or as it was when the day has passed. Whether experts have begun with an
application that is reopened is asked besides. Source: inventory.md E1; domain.md D13.
"""
