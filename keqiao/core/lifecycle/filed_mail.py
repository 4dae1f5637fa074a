"""The life of a mail that files something (邮件报送): taken up, kept for an officer, turned away."""

from collections.abc import Iterable
from enum import StrEnum

from keqiao.core.lifecycle.moves import Move, next_state
from keqiao.core.lifecycle.roles import OFFICER

__all__ = [
    "MOVES",
    "OFFICER",
    "STATE_AFTER",
    "MailState",
    "S",
    "mail_after",
]


class MailState(StrEnum):
    """Where a mail stands."""

    TAKEN = "taken"
    HELD = "held"
    REFUSED = "refused"
    REPEATED = "repeated"


S = MailState

_OFFICER = frozenset({OFFICER})

MOVES: tuple[Move[MailState], ...] = (
    Move("settle", _OFFICER, frozenset({S.HELD}), S.TAKEN),
    Move("refuse", _OFFICER, frozenset({S.HELD}), S.REFUSED),
)
"""``settle``: an officer says for whom it was sent. ``refuse``: it files nothing, and the sender is told why."""

STATE_AFTER: dict[str, MailState] = {
    "taken": S.TAKEN,
    "held": S.HELD,
    "turned_away": S.REFUSED,
    "repeated": S.REPEATED,
    "settled": S.TAKEN,
    "refused": S.REFUSED,
}
"""The state that each recorded event leaves a mail in."""


def mail_after(state: MailState, act: str, roles: Iterable[str]) -> MailState:
    """Return the state of a mail after ``act``.

    Raises:
        NotAllowed: the table does not let these roles do it in this state.
    """
    return next_state(MOVES, state, act, roles)
