"""The life of a settlement (决算): reported by the unit, admitted line by line, what is left is paid back."""

from enum import StrEnum

from keqiao.core.lifecycle.moves import Move
from keqiao.core.lifecycle.roles import APPLICANT, FINANCE, LEADER, OFFICER
from keqiao.core.lifecycle.table import Table


class SettlementState(StrEnum):
    """Where a settlement stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ADMITTED = "admitted"
    REPAYMENT_DUE = "repayment_due"
    CLOSED = "closed"


S = SettlementState

TABLE = Table(
    case="settlement",
    begins={"opened": S.OPEN},
    moves=(
        Move("edit", frozenset({APPLICANT}), frozenset({S.OPEN, S.RETURNED}), None),
        Move("submit", frozenset({APPLICANT}), frozenset({S.OPEN, S.RETURNED}), S.SUBMITTED),
        Move("return", frozenset({FINANCE, OFFICER}), frozenset({S.SUBMITTED}), S.RETURNED),
        Move("settle_for_unit", frozenset({OFFICER}), frozenset({S.OPEN, S.RETURNED}), S.SUBMITTED),
        Move("admit", frozenset({FINANCE}), frozenset({S.SUBMITTED}), S.ADMITTED),
        Move("demand", frozenset({FINANCE}), frozenset({S.ADMITTED}), S.REPAYMENT_DUE),
        Move("receive", frozenset({FINANCE}), frozenset({S.REPAYMENT_DUE}), S.CLOSED),
        Move("waive", frozenset({LEADER}), frozenset({S.REPAYMENT_DUE}), S.CLOSED),
        Move("close", frozenset({FINANCE}), frozenset({S.ADMITTED}), S.CLOSED),
        Move("reopen", frozenset({FINANCE}), frozenset({S.ADMITTED, S.REPAYMENT_DUE, S.CLOSED}), S.SUBMITTED),
    ),
    events={
        "edit": "edited",
        "submit": "submitted",
        "return": "returned",
        "settle_for_unit": "settled_for_unit",
        "admit": "admitted",
        "demand": "demanded",
        "receive": "received",
        "waive": "waived",
        "close": "closed",
        "reopen": "reopened",
    },
    ends=frozenset({S.CLOSED}),
    reasons=frozenset({"return", "settle_for_unit", "waive", "reopen"}),
    two_people=frozenset({"admit", "waive", "reopen"}),
)
"""What is claimed and what is admitted stay apart; each line that is not admitted has its reason. ``close`` without
a demand is for nothing left over. ``settle_for_unit`` is for a unit that never reports: from the papers that are
there. Source: domain.md C2, D8 (结余 = 预算 − 支出).
"""
