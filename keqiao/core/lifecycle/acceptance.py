"""The life of an acceptance (结项验收): due, submitted, put right by a date, passed or failed."""

from enum import StrEnum

from keqiao.core.lifecycle.moves import Move
from keqiao.core.lifecycle.roles import APPLICANT, LEADER, OFFICER, PROGRAM
from keqiao.core.lifecycle.table import Table


class AcceptanceState(StrEnum):
    """Where an acceptance stands."""

    DUE = "due"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    RECTIFYING = "rectifying"
    PASSED = "passed"
    FAILED = "failed"
    DROPPED = "dropped"


S = AcceptanceState

_WITH_THE_UNIT = frozenset({S.DUE, S.RETURNED, S.RECTIFYING})

TABLE = Table(
    case="acceptance",
    begins={"opened": S.DUE},
    moves=(
        Move("prepare", frozenset({APPLICANT}), _WITH_THE_UNIT, None),
        Move("submit", frozenset({APPLICANT}), _WITH_THE_UNIT, S.SUBMITTED),
        Move("extend", frozenset({OFFICER}), _WITH_THE_UNIT, None),
        Move("return", frozenset({OFFICER}), frozenset({S.SUBMITTED}), S.RETURNED),
        Move("order_rectification", frozenset({OFFICER}), frozenset({S.SUBMITTED}), S.RECTIFYING),
        Move("pass", frozenset({OFFICER}), frozenset({S.SUBMITTED}), S.PASSED),
        Move("fail", frozenset({OFFICER}), _WITH_THE_UNIT | {S.SUBMITTED}, S.FAILED),
        Move("conclude_anew", frozenset({LEADER}), frozenset({S.PASSED, S.FAILED}), S.SUBMITTED),
        Move("drop", frozenset({PROGRAM}), _WITH_THE_UNIT | {S.SUBMITTED}, S.DROPPED),
    ),
    events={
        "prepare": "prepared",
        "submit": "submitted",
        "extend": "extended",
        "return": "returned",
        "order_rectification": "rectification_ordered",
        "pass": "passed",
        "fail": "failed",
        "conclude_anew": "concluded_anew",
        "drop": "dropped",
    },
    ends=frozenset({S.PASSED, S.FAILED, S.DROPPED}),
    reasons=frozenset({"extend", "return", "order_rectification", "fail", "conclude_anew"}),
    two_people=frozenset({"order_rectification", "pass", "fail", "conclude_anew"}),
)
"""``return`` asks for papers, ``order_rectification`` for work, by a date. ``fail`` is also for a unit that never
reports. ``conclude_anew`` follows an appeal or a fraud that came to light. ``drop``: the project was terminated.
Source: inventory.md I2 to I5, I8; domain.md D6 (通过, 整改, 不通过).
"""
