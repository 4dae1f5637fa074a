"""The life of a passage (上报件): one application on its way through those who endorse it, stage by stage."""

from collections.abc import Iterable
from enum import StrEnum

from keqiao.core.lifecycle.moves import Move, next_state
from keqiao.core.lifecycle.roles import APPLICANT, CLOCK, ENDORSER, OFFICER

__all__ = [
    "APPLICANT",
    "ARRIVED",
    "BEFORE_A_TAKER",
    "CLOCK",
    "ENDORSER",
    "HELD_BACK",
    "MOVES",
    "OFFICER",
    "STATE_AFTER",
    "UNDER_WAY",
    "PassageState",
    "S",
    "passage_after",
    "shown_to_applicant",
]


class PassageState(StrEnum):
    """Where an application stands at the stage it has reached."""

    WAITING = "waiting"
    RECOMMENDED = "recommended"
    DECLINED = "declined"
    RETURNED = "returned"
    FILED = "filed"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"


S = PassageState


_UNIT = frozenset({APPLICANT})
_TAKER = frozenset({ENDORSER})
_OFFICE = frozenset({OFFICER})
_BY_PAPER = frozenset({APPLICANT, OFFICER})

BEFORE_A_TAKER = frozenset({S.WAITING, S.RECOMMENDED, S.DECLINED})
"""States in which whoever takes the stage has it in hand."""

UNDER_WAY = BEFORE_A_TAKER | {S.RETURNED}
"""States of what has not reached the association that runs the call."""

ARRIVED = frozenset({S.FILED, S.RECEIVED})
"""States of what has reached it."""

HELD_BACK = frozenset({S.RECOMMENDED, S.DECLINED})
"""What an endorser decides is told to the applicant only with the batch; until then it is said to wait."""

MOVES: tuple[Move[PassageState], ...] = (
    Move("recommend", _TAKER, frozenset({S.WAITING}), S.RECOMMENDED),
    Move("decline", _TAKER, frozenset({S.WAITING}), S.DECLINED),
    Move("reconsider", _TAKER, frozenset({S.RECOMMENDED, S.DECLINED}), S.WAITING),
    Move("rank", _TAKER, frozenset({S.RECOMMENDED}), None),
    Move("return", _TAKER | _OFFICE, BEFORE_A_TAKER, S.RETURNED),
    Move("correct", _UNIT, frozenset({S.RETURNED}), S.WAITING),
    Move("let_stand", frozenset({CLOCK, OFFICER, ENDORSER}), frozenset({S.RETURNED}), S.WAITING),
    Move("pass_on", _TAKER, frozenset({S.RECOMMENDED}), S.WAITING),
    Move("file", _TAKER, frozenset({S.RECOMMENDED}), S.FILED),
    Move("sign", _BY_PAPER, frozenset({S.WAITING}), S.WAITING),
    Move("sign_last", _BY_PAPER, frozenset({S.WAITING}), S.FILED),
    Move("recall", _TAKER, frozenset({S.WAITING, S.FILED}), S.RECOMMENDED),
    Move("receive", _OFFICE, frozenset({S.FILED}), S.RECEIVED),
    Move("assign", _OFFICE, BEFORE_A_TAKER, S.WAITING),
    Move("withdraw", _UNIT, frozenset(S) - {S.WITHDRAWN}, S.WITHDRAWN),
    Move("begin_again", _UNIT, frozenset({S.WITHDRAWN}), S.WAITING),
)
"""``pass_on`` leads to the next stage, ``file`` from the last one to the association; ``sign`` and ``sign_last`` are
the same for a stage that is taken on paper. ``recall`` leads back to the stage before; whether the next one has acted
already is asked besides. Source: inventory.md D1 to D7; the chains of the five calls.
"""

STATE_AFTER: dict[str, PassageState] = {
    "begun": S.WAITING,
    "begun_again": S.WAITING,
    "recommended": S.RECOMMENDED,
    "declined": S.DECLINED,
    "reconsidered": S.WAITING,
    "returned": S.RETURNED,
    "corrected": S.WAITING,
    "stood": S.WAITING,
    "passed_on": S.WAITING,
    "filed": S.FILED,
    "signed": S.WAITING,
    "filed_on_paper": S.FILED,
    "recalled": S.RECOMMENDED,
    "received": S.RECEIVED,
    "assigned": S.WAITING,
    "withdrawn": S.WITHDRAWN,
}
"""The state that each recorded event leaves a passage in."""


def passage_after(state: PassageState, act: str, roles: Iterable[str]) -> PassageState:
    """Return the state of a passage after ``act``.

    Raises:
        NotAllowed: the table does not let these roles do it in this state.
    """
    return next_state(MOVES, state, act, roles)


def shown_to_applicant(state: PassageState, *, is_told: bool) -> PassageState:
    """Return the state that the applicant is told: what is decided counts only once the batch has gone."""
    return S.WAITING if state in HELD_BACK and not is_told else state
