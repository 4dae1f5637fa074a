"""The life of a round of review (评审轮次): put together, open to experts, closed with its outcomes."""

from enum import StrEnum

from keqiao.core.lifecycle.moves import Move
from keqiao.core.lifecycle.roles import CLOCK, OFFICER
from keqiao.core.lifecycle.table import Table


class ReviewRoundState(StrEnum):
    """Where a round of review stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


S = ReviewRoundState

LIVE = frozenset({S.PLANNED, S.OPEN})
"""In these an application belongs to the round and to no other."""

TABLE = Table(
    case="review_round",
    begins={"made": S.PLANNED},
    moves=(
        Move("assign", frozenset({OFFICER}), frozenset({S.PLANNED, S.OPEN}), None),
        Move("settle", frozenset({OFFICER}), frozenset({S.PLANNED, S.OPEN}), None),
        Move("open", frozenset({OFFICER, CLOCK}), frozenset({S.PLANNED}), S.OPEN),
        Move("close", frozenset({OFFICER, CLOCK}), frozenset({S.OPEN}), S.CLOSED),
        Move("reopen", frozenset({OFFICER}), frozenset({S.CLOSED}), S.OPEN),
        Move("cancel", frozenset({OFFICER}), frozenset({S.PLANNED, S.OPEN}), S.CANCELLED),
    ),
    events={
        "assign": "assigned",
        "settle": "settled",
        "open": "opened",
        "close": "closed",
        "reopen": "reopened",
        "cancel": "cancelled",
    },
    ends=frozenset({S.CLOSED, S.CANCELLED}),
    reasons=frozenset({"settle", "reopen", "cancel"}),
    two_people=frozenset({"reopen"}),
)
"""A round is reopened for one sheet that comes late or is taken up again, and closes anew with all outcomes written
again. Source: services.md 1 (Review); domain.md C4 (nothing editable after close except by reopening with reason).
"""
