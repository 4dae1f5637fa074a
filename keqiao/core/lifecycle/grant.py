"""The life of a project that was awarded (立项项目): agreement, work, closing."""

from enum import StrEnum

from keqiao.core.lifecycle.moves import Move
from keqiao.core.lifecycle.roles import APPLICANT, CLOCK, LEADER, OFFICER, PROGRAM
from keqiao.core.lifecycle.table import Table


class GrantState(StrEnum):
    """Where a project stands."""

    DRAFTED = "drafted"
    SENT = "sent"
    SIGNED = "signed"
    RUNNING = "running"
    SUSPENDED = "suspended"
    FINISHED = "finished"
    CLOSED = "closed"
    FAILED = "failed"
    TERMINATED = "terminated"
    GIVEN_UP = "given_up"


S = GrantState

UNDER_WAY = frozenset({S.SIGNED, S.RUNNING, S.SUSPENDED, S.FINISHED})
"""States in which it counts against the limits of what a unit may undertake."""

WORKS = frozenset({S.SIGNED, S.RUNNING, S.FINISHED})
"""States in which facts, receipts and payments are taken."""

TABLE = Table(
    case="grant",
    begins={"awarded": S.DRAFTED},
    moves=(
        Move("draft", frozenset({OFFICER}), frozenset({S.DRAFTED}), None),
        Move("send", frozenset({OFFICER}), frozenset({S.DRAFTED}), S.SENT),
        Move("take_back", frozenset({OFFICER}), frozenset({S.SENT}), S.DRAFTED),
        Move("sign", frozenset({OFFICER}), frozenset({S.SENT}), S.SIGNED),
        Move("start", frozenset({OFFICER, CLOCK}), frozenset({S.SIGNED}), S.RUNNING),
        Move("change", frozenset({PROGRAM}), frozenset({S.SIGNED, S.RUNNING, S.SUSPENDED}), None),
        Move("suspend", frozenset({OFFICER, LEADER}), frozenset({S.SIGNED, S.RUNNING}), S.SUSPENDED),
        Move("resume", frozenset({OFFICER, LEADER}), frozenset({S.SUSPENDED}), S.RUNNING),
        Move("finish", frozenset({APPLICANT, OFFICER}), frozenset({S.RUNNING}), S.FINISHED),
        Move("work_on", frozenset({OFFICER, PROGRAM}), frozenset({S.FINISHED}), S.RUNNING),
        Move("close", frozenset({OFFICER}), frozenset({S.FINISHED}), S.CLOSED),
        Move("fail", frozenset({PROGRAM}), frozenset({S.RUNNING, S.SUSPENDED, S.FINISHED}), S.FAILED),
        Move(
            "terminate",
            frozenset({LEADER}),
            frozenset({S.SIGNED, S.RUNNING, S.SUSPENDED, S.FINISHED}),
            S.TERMINATED,
        ),
        Move("give_up", frozenset({APPLICANT, OFFICER}), frozenset({S.DRAFTED, S.SENT}), S.GIVEN_UP),
        Move("reopen", frozenset({PROGRAM}), frozenset({S.CLOSED, S.FAILED}), S.FINISHED),
    ),
    events={
        "draft": "drafted",
        "send": "sent",
        "take_back": "taken_back",
        "sign": "signed",
        "start": "started",
        "change": "changed",
        "suspend": "suspended",
        "resume": "resumed",
        "finish": "finished",
        "work_on": "worked_on",
        "close": "closed",
        "fail": "failed",
        "terminate": "terminated",
        "give_up": "given_up",
        "reopen": "reopened",
    },
    ends=frozenset({S.CLOSED, S.FAILED, S.TERMINATED, S.GIVEN_UP}),
    reasons=frozenset({"take_back", "suspend", "resume", "work_on", "terminate", "give_up"}),
    two_people=frozenset({"suspend", "terminate"}),
)
"""``change`` follows an approved change request, ``fail`` and ``reopen`` the conclusion of the acceptance,
``work_on`` an order to put something right. ``close`` waits for the acceptance and for the settlement. Source:
inventory.md G5, G9, I1, I6, I7; domain.md C12, D5.
"""
