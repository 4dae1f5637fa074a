"""Fill in, submit, withdraw, return applications; state how calls take them in."""

from keqiao.web.applications.actions.attaching import attach
from keqiao.web.applications.actions.checking import check
from keqiao.web.applications.actions.drafting import Edit, Saved, discard, save, start
from keqiao.web.applications.actions.entering import enter_from_below
from keqiao.web.applications.actions.history import redo, restore, undo
from keqiao.web.applications.actions.intake import set_intake
from keqiao.web.applications.actions.joining import accept, ask_partners, decline
from keqiao.web.applications.actions.marking import mark, unmark
from keqiao.web.applications.actions.moving import migrate
from keqiao.web.applications.actions.receiving import Sent
from keqiao.web.applications.actions.returning import (
    Correction,
    let_stand,
    let_stand_due,
    return_for_correction,
)
from keqiao.web.applications.actions.slots import name_in, put_in, take_out
from keqiao.web.applications.actions.submitting import submit
from keqiao.web.applications.actions.thinning import thin_due
from keqiao.web.applications.actions.withdrawing import take_up_again, withdraw

__all__ = [
    "Correction",
    "Edit",
    "Saved",
    "Sent",
    "accept",
    "ask_partners",
    "attach",
    "check",
    "decline",
    "discard",
    "enter_from_below",
    "let_stand",
    "let_stand_due",
    "mark",
    "migrate",
    "name_in",
    "put_in",
    "redo",
    "restore",
    "return_for_correction",
    "save",
    "set_intake",
    "start",
    "submit",
    "take_out",
    "take_up_again",
    "thin_due",
    "undo",
    "unmark",
    "withdraw",
]
