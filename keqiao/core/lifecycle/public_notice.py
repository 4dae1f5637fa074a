"""The life of a public notice (公示): drafted, signed, posted, ended, concluded; taken down in the end."""

from enum import StrEnum

from keqiao.core.lifecycle.moves import Move
from keqiao.core.lifecycle.roles import CLOCK, LEADER, OFFICER
from keqiao.core.lifecycle.table import Table


class PublicNoticeState(StrEnum):
    """Where a public notice stands."""

    DRAFTED = "drafted"
    SIGNED = "signed"
    POSTED = "posted"
    ENDED = "ended"
    CONCLUDED = "concluded"
    TAKEN_DOWN = "taken_down"
    WITHDRAWN = "withdrawn"


S = PublicNoticeState

OPEN = frozenset({S.DRAFTED, S.SIGNED, S.POSTED, S.ENDED})
"""States in which nothing has been concluded from it."""

TABLE = Table(
    case="public_notice",
    begins={"drafted": S.DRAFTED},
    moves=(
        Move("edit", frozenset({OFFICER}), frozenset({S.DRAFTED}), None),
        Move("sign", frozenset({LEADER}), frozenset({S.DRAFTED}), S.SIGNED),
        Move("take_back", frozenset({OFFICER}), frozenset({S.SIGNED}), S.DRAFTED),
        Move("post", frozenset({OFFICER, CLOCK}), frozenset({S.SIGNED}), S.POSTED),
        Move("extend", frozenset({OFFICER}), frozenset({S.POSTED}), None),
        Move("end", frozenset({CLOCK}), frozenset({S.POSTED}), S.ENDED),
        Move("conclude", frozenset({OFFICER}), frozenset({S.ENDED}), S.CONCLUDED),
        Move(
            "withdraw",
            frozenset({OFFICER, LEADER}),
            frozenset({S.DRAFTED, S.SIGNED, S.POSTED, S.ENDED}),
            S.WITHDRAWN,
        ),
        Move("take_down", frozenset({OFFICER, CLOCK}), frozenset({S.CONCLUDED, S.WITHDRAWN}), S.TAKEN_DOWN),
    ),
    events={
        "edit": "edited",
        "sign": "signed",
        "take_back": "taken_back",
        "post": "posted",
        "extend": "extended",
        "end": "ended",
        "conclude": "concluded",
        "withdraw": "withdrawn",
        "take_down": "taken_down",
    },
    ends=frozenset({S.CONCLUDED, S.TAKEN_DOWN, S.WITHDRAWN}),
    reasons=frozenset({"take_back", "extend", "withdraw"}),
    two_people=frozenset({"sign", "withdraw"}),
)
"""Posting freezes the list by its digest; who must change it withdraws the notice and posts another, whose days
begin anew. ``conclude`` writes the closing statement, and waits for every objection. Source: inventory.md F1 to F3;
domain.md C3 (take the page down after a set time).
"""
