"""The life of a recognition (认定): proposed, shown to the public, valid; then kept, lost, renewed or handed on."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from keqiao.core.lifecycle.moves import Move, next_state
from keqiao.core.lifecycle.roles import OFFICER

__all__ = [
    "EVENT_OF",
    "HELD",
    "LED_ON",
    "MOVES",
    "NEVER_HELD",
    "OFFICER",
    "STATE_AFTER",
    "RecognitionState",
    "S",
    "recognition_after",
    "recognition_on",
]


class RecognitionState(StrEnum):
    """Where one line of a register stands."""

    PROPOSED = "proposed"
    PUBLICISED = "publicised"
    VALID = "valid"
    RECTIFYING = "rectifying"
    DECLINED = "declined"
    REVOKED = "revoked"
    EXPIRED = "expired"
    RENEWED = "renewed"
    TRANSFERRED = "transferred"
    MERGED = "merged"
    STRUCK = "struck"


S = RecognitionState

_OFFICE = frozenset({OFFICER})
_ASKED = frozenset({S.PROPOSED, S.PUBLICISED})

HELD = frozenset({S.VALID, S.RECTIFYING})
"""States in which the holder has what was recognised; in the second under an order to put something right."""

LED_ON = frozenset({S.RENEWED, S.TRANSFERRED, S.MERGED})
"""States that another line follows: its number is the one to ask for."""

NEVER_HELD = frozenset({S.PROPOSED, S.PUBLICISED, S.DECLINED, S.STRUCK})
"""States of a line that was asked for and, so far, not given; or entered by mistake."""

MOVES: tuple[Move[RecognitionState], ...] = (
    Move("publicise", _OFFICE, frozenset({S.PROPOSED}), S.PUBLICISED),
    Move("confirm", _OFFICE, _ASKED, S.VALID),
    Move("decline", _OFFICE, _ASKED, S.DECLINED),
    Move("order_rectification", _OFFICE, frozenset({S.VALID}), S.RECTIFYING),
    Move("accept_rectification", _OFFICE, frozenset({S.RECTIFYING}), S.VALID),
    Move("revoke", _OFFICE, HELD, S.REVOKED),
    Move("reinstate", _OFFICE, frozenset({S.REVOKED}), S.VALID),
    Move("end", _OFFICE, HELD, S.EXPIRED),
    Move("renew", _OFFICE, HELD | {S.EXPIRED}, S.RENEWED),
    Move("transfer", _OFFICE, HELD, S.TRANSFERRED),
    Move("merge", _OFFICE, HELD, S.MERGED),
    Move("strike", _OFFICE, _ASKED | HELD | {S.EXPIRED}, S.STRUCK),
)
"""Who decides upon it inside the association is the association's rule; here an officer writes down what was decided.

``decline`` ends what was asked for and not given; ``end`` is giving it up before its time; ``reinstate`` undoes a
revocation that was found wrong; ``strike`` says that the line was entered by mistake. The line that renews, receives
or absorbs another is a line of its own.
"""

STATE_AFTER: dict[str, RecognitionState] = {
    "proposed": S.PROPOSED,
    "publicised": S.PUBLICISED,
    "granted": S.VALID,
    "confirmed": S.VALID,
    "declined": S.DECLINED,
    "rectification_ordered": S.RECTIFYING,
    "rectification_accepted": S.VALID,
    "revoked": S.REVOKED,
    "reinstated": S.VALID,
    "ended": S.EXPIRED,
    "renewed": S.RENEWED,
    "transferred": S.TRANSFERRED,
    "merged": S.MERGED,
    "struck": S.STRUCK,
}
"""The state that each recorded event leaves a recognition in."""

EVENT_OF: dict[str, str] = {
    "publicise": "publicised",
    "confirm": "confirmed",
    "decline": "declined",
    "order_rectification": "rectification_ordered",
    "accept_rectification": "rectification_accepted",
    "revoke": "revoked",
    "reinstate": "reinstated",
    "end": "ended",
    "renew": "renewed",
    "transfer": "transferred",
    "merge": "merged",
    "strike": "struck",
}
"""The event that each act leaves behind."""


def recognition_after(state: RecognitionState, act: str, roles: Iterable[str]) -> RecognitionState:
    """Return the state of a recognition after ``act``.

    Raises:
        NotAllowed: the table does not let these roles do it in this state.
    """
    return next_state(MOVES, state, act, roles)


def recognition_on(state: RecognitionState, until: date | None, day: date) -> RecognitionState:
    """Return the state that counts on ``day``: after ``until``, its last day, what was held has expired.

    So it does without anybody writing it down.
    """
    return S.EXPIRED if state in HELD and until is not None and day > until else state
