"""The life of a call: from the draft to the archive; cancelled from anywhere, its notice kept."""

from collections.abc import Iterable
from enum import StrEnum

from keqiao.core.lifecycle.moves import Move, next_state
from keqiao.core.lifecycle.roles import CLOCK, LEADER, OFFICER

__all__ = [
    "CLOCK",
    "LEADER",
    "MOVES",
    "OFFICER",
    "PUBLIC_STATES",
    "STATE_AFTER",
    "CallState",
    "S",
    "call_after",
]


class CallState(StrEnum):
    """Where a call stands."""

    DRAFT = "draft"
    CHECKED = "checked"
    PUBLISHED = "published"
    OPEN = "open"
    CLOSED = "closed"
    REVIEWING = "reviewing"
    PUBLICITY = "publicity"
    DECIDED = "decided"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


S = CallState

_OFFICE = frozenset({OFFICER})
_HEADS = frozenset({OFFICER, LEADER})
_BY_THE_HOUR = frozenset({OFFICER, CLOCK})

PUBLIC_STATES = frozenset(CallState) - {S.DRAFT, S.CHECKED}
"""States in which everybody may read a call that has a published revision (a cancelled one included)."""

MOVES: tuple[Move[CallState], ...] = (
    Move("correct", _OFFICE, frozenset({S.DRAFT}), None),
    Move("check", _OFFICE, frozenset({S.DRAFT}), S.CHECKED),
    Move("take_back", _OFFICE, frozenset({S.CHECKED}), S.DRAFT),
    Move("publish", _OFFICE, frozenset({S.DRAFT, S.CHECKED}), S.PUBLISHED),
    Move("prepare_revision", _OFFICE, frozenset({S.PUBLISHED, S.OPEN, S.CLOSED}), None),
    Move("revise", _OFFICE, frozenset({S.PUBLISHED, S.OPEN, S.CLOSED}), None),
    Move("open", _BY_THE_HOUR, frozenset({S.PUBLISHED}), S.OPEN),
    Move("close", _BY_THE_HOUR, frozenset({S.PUBLISHED, S.OPEN}), S.CLOSED),
    Move("extend", _OFFICE, frozenset({S.CLOSED}), S.OPEN),
    Move("begin_review", _OFFICE, frozenset({S.CLOSED}), S.REVIEWING),
    Move("post", _OFFICE, frozenset({S.REVIEWING}), S.PUBLICITY),
    Move("review_again", _OFFICE, frozenset({S.PUBLICITY}), S.REVIEWING),
    Move("decide", _HEADS, frozenset({S.PUBLICITY}), S.DECIDED),
    Move("archive", _OFFICE, frozenset({S.DECIDED}), S.ARCHIVED),
    Move("cancel", _HEADS, frozenset(CallState) - {S.ARCHIVED, S.CANCELLED}, S.CANCELLED),
)
"""The order is that of notices: applications, review, public notice, decision. Who moves it is the office's rule."""

STATE_AFTER: dict[str, CallState] = {
    "started": S.DRAFT,
    "checked": S.CHECKED,
    "taken_back": S.DRAFT,
    "published": S.PUBLISHED,
    "opened": S.OPEN,
    "closed": S.CLOSED,
    "extended": S.OPEN,
    "review_begun": S.REVIEWING,
    "posted": S.PUBLICITY,
    "review_resumed": S.REVIEWING,
    "decided": S.DECIDED,
    "archived": S.ARCHIVED,
    "cancelled": S.CANCELLED,
}
"""The state that each recorded event leaves a call in; events that change no state are not listed."""


def call_after(state: CallState, act: str, roles: Iterable[str]) -> CallState:
    """Return the state of a call after ``act``.

    Raises:
        NotAllowed: the table does not let these roles do it in this state.
    """
    return next_state(MOVES, state, act, roles)
