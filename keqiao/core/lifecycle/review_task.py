"""The life of a review task (评审任务): one expert, one application, from the invitation to the sealed sheet."""

from enum import StrEnum

from keqiao.core.lifecycle.moves import Move
from keqiao.core.lifecycle.roles import CLOCK, EXPERT, OFFICER, PROGRAM
from keqiao.core.lifecycle.table import Table


class ReviewTaskState(StrEnum):
    """Where a review task stands."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DRAFT = "draft"
    SEALED = "sealed"
    DECLINED = "declined"
    RECUSED = "recused"
    CANCELLED = "cancelled"
    MISSED = "missed"


S = ReviewTaskState

_BEFORE = frozenset({S.INVITED, S.ACCEPTED, S.DRAFT})

COUNTS = frozenset({S.SEALED})
"""Sheets in these states are joined to a total."""

LOAD = _BEFORE | COUNTS
"""Tasks in these states are part of what an expert has to do or has done; a declined one leaves room for another."""

TABLE = Table(
    case="review_task",
    begins={"invited": S.INVITED},
    moves=(
        Move("accept", frozenset({EXPERT}), frozenset({S.INVITED}), S.ACCEPTED),
        Move("decline", frozenset({EXPERT}), frozenset({S.INVITED, S.ACCEPTED, S.DRAFT}), S.DECLINED),
        Move("begin", frozenset({EXPERT}), frozenset({S.ACCEPTED}), S.DRAFT),
        Move("save", frozenset({EXPERT}), frozenset({S.DRAFT}), None),
        Move("seal", frozenset({EXPERT}), frozenset({S.DRAFT}), S.SEALED),
        Move("recuse", frozenset({EXPERT, OFFICER, PROGRAM}), _BEFORE | {S.SEALED}, S.RECUSED),
        Move("cancel", frozenset({OFFICER}), _BEFORE, S.CANCELLED),
        Move("miss", frozenset({CLOCK, OFFICER}), _BEFORE, S.MISSED),
        Move("allow_late", frozenset({OFFICER}), frozenset({S.MISSED}), S.ACCEPTED),
        Move("reopen", frozenset({OFFICER}), frozenset({S.SEALED}), S.DRAFT),
    ),
    events={
        "accept": "accepted",
        "decline": "declined",
        "begin": "begun",
        "save": "saved",
        "seal": "sealed",
        "recuse": "recused",
        "cancel": "cancelled",
        "miss": "missed",
        "allow_late": "allowed_late",
        "reopen": "reopened",
    },
    ends=frozenset({S.SEALED, S.DECLINED, S.RECUSED, S.CANCELLED, S.MISSED}),
    reasons=frozenset({"decline", "recuse", "cancel", "allow_late", "reopen"}),
    two_people=frozenset({"allow_late", "reopen"}),
)
"""``accept`` is given with the pledge of secrecy and fairness. ``recuse`` is for a conflict, whoever finds it and
whenever: a sealed sheet then counts no more, and stays on record. Source: services.md 1 (Review); domain.md C4
(nothing editable after close except by reopening with reason); security.md R10.
"""
