"""The life of a change request (变更申请): difference, decision; or only taken note of where no consent is needed."""

from enum import StrEnum

from keqiao.core.lifecycle.moves import Move
from keqiao.core.lifecycle.roles import APPLICANT, LEADER, OFFICER
from keqiao.core.lifecycle.table import Table


class ChangeRequestState(StrEnum):
    """Where a change request stands."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    NOTED = "noted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


S = ChangeRequestState

TABLE = Table(
    case="change_request",
    begins={"drafted": S.DRAFTED},
    moves=(
        Move("edit", frozenset({APPLICANT}), frozenset({S.DRAFTED, S.RETURNED}), None),
        Move("submit", frozenset({APPLICANT}), frozenset({S.DRAFTED, S.RETURNED}), S.SUBMITTED),
        Move("return", frozenset({OFFICER}), frozenset({S.SUBMITTED}), S.RETURNED),
        Move("approve", frozenset({OFFICER, LEADER}), frozenset({S.SUBMITTED}), S.APPROVED),
        Move("take_note", frozenset({OFFICER}), frozenset({S.SUBMITTED}), S.NOTED),
        Move("refuse", frozenset({OFFICER, LEADER}), frozenset({S.SUBMITTED, S.RETURNED}), S.REFUSED),
        Move("withdraw", frozenset({APPLICANT}), frozenset({S.SUBMITTED, S.RETURNED}), S.WITHDRAWN),
        Move("discard", frozenset({APPLICANT}), frozenset({S.DRAFTED}), S.DISCARDED),
    ),
    events={
        "edit": "edited",
        "submit": "submitted",
        "return": "returned",
        "approve": "approved",
        "take_note": "noted",
        "refuse": "refused",
        "withdraw": "withdrawn",
        "discard": "discarded",
    },
    ends=frozenset({S.APPROVED, S.NOTED, S.REFUSED, S.WITHDRAWN, S.DISCARDED}),
    reasons=frozenset({"submit", "return", "refuse"}),
    two_people=frozenset({"approve"}),
)
"""``take_note`` (备案) is for what the rules let a unit do by itself. A change that was approved is undone by
another change. Source: inventory.md G9; domain.md C2 (预算调剂), D13.
"""
