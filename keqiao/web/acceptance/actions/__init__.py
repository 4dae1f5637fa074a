"""Everything that changes acceptances and credit entries."""

from keqiao.web.acceptance.actions.asking import Wanted, ask_conclusion, ask_credit
from keqiao.web.acceptance.actions.concluding import (
    close_project,
    conclude_anew,
    fail,
    order_rectification,
    pass_project,
)
from keqiao.web.acceptance.actions.credit import (
    answer,
    appeal,
    drop,
    expire_due,
    lift,
    propose,
    record_entry,
    uphold,
)
from keqiao.web.acceptance.actions.opening import open_for, open_for_call
from keqiao.web.acceptance.actions.preparing import (
    Prepared,
    Said,
    extend,
    give_points,
    hand_in_paper,
    prepare,
    return_to_unit,
    submit,
    take_out_paper,
)

__all__ = [
    "Prepared",
    "Said",
    "Wanted",
    "answer",
    "appeal",
    "ask_conclusion",
    "ask_credit",
    "close_project",
    "conclude_anew",
    "drop",
    "expire_due",
    "extend",
    "fail",
    "give_points",
    "hand_in_paper",
    "lift",
    "open_for",
    "open_for_call",
    "order_rectification",
    "pass_project",
    "prepare",
    "propose",
    "record_entry",
    "return_to_unit",
    "submit",
    "take_out_paper",
    "uphold",
]
