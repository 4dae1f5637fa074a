"""The acts of the room; each is one transaction and one event."""

from keqiao.web.review.actions.assigning import Doubt, invite, settle, take_back
from keqiao.web.review.actions.checking import Answered, answer, begin, pass_check, refuse, reopen
from keqiao.web.review.actions.closing import close_round, close_rounds_due
from keqiao.web.review.actions.following import follow_application
from keqiao.web.review.actions.judging import (
    SheetChanged,
    Typed,
    accept_task,
    leave_task,
    save_sheet,
    seal_sheet,
)
from keqiao.web.review.actions.reopening import ACT_CODES as REOPENING
from keqiao.web.review.actions.reopening import Reopening, ask_to_reopen
from keqiao.web.review.actions.rounds import (
    NewRound,
    cancel_round,
    make_round,
    open_round,
    open_rounds_due,
    take_in,
)

__all__ = [
    "REOPENING",
    "Answered",
    "Doubt",
    "NewRound",
    "Reopening",
    "SheetChanged",
    "Typed",
    "accept_task",
    "answer",
    "ask_to_reopen",
    "begin",
    "cancel_round",
    "close_round",
    "close_rounds_due",
    "follow_application",
    "invite",
    "leave_task",
    "make_round",
    "open_round",
    "open_rounds_due",
    "pass_check",
    "refuse",
    "reopen",
    "save_sheet",
    "seal_sheet",
    "settle",
    "take_back",
    "take_in",
]
