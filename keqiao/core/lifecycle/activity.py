"""The life of an activity record (活动登记): planned, held, reported, verified by a second person, locked."""

from enum import StrEnum

from keqiao.core.lifecycle.moves import Move
from keqiao.core.lifecycle.roles import APPLICANT, CLOCK, OFFICER, PROGRAM
from keqiao.core.lifecycle.table import Table


class ActivityState(StrEnum):
    """Where an activity record stands."""

    PLANNED = "planned"
    FILED = "filed"
    POSTPONED = "postponed"
    HELD = "held"
    REPORTED = "reported"
    RETURNED = "returned"
    VERIFIED = "verified"
    LOCKED = "locked"
    NOT_COUNTED = "not_counted"
    CANCELLED = "cancelled"


S = ActivityState

COUNTS = frozenset({S.VERIFIED, S.LOCKED})
"""States in which its facts count towards targets."""

NEARLY_COUNTS = frozenset({S.HELD, S.REPORTED, S.RETURNED})
"""States that are told beside a target, with what is still missing."""

TABLE = Table(
    case="activity",
    begins={"planned": S.PLANNED, "recorded": S.HELD},
    moves=(
        Move(
            "edit",
            frozenset({APPLICANT}),
            frozenset({S.PLANNED, S.FILED, S.POSTPONED, S.HELD, S.RETURNED}),
            None,
        ),
        Move("file", frozenset({APPLICANT}), frozenset({S.PLANNED}), S.FILED),
        Move("postpone", frozenset({APPLICANT}), frozenset({S.PLANNED, S.FILED}), S.POSTPONED),
        Move("plan_again", frozenset({APPLICANT}), frozenset({S.POSTPONED}), S.PLANNED),
        Move("hold", frozenset({APPLICANT}), frozenset({S.PLANNED, S.FILED}), S.HELD),
        Move(
            "cancel",
            frozenset({APPLICANT}),
            frozenset({S.PLANNED, S.FILED, S.POSTPONED, S.HELD}),
            S.CANCELLED,
        ),
        Move("report", frozenset({APPLICANT}), frozenset({S.HELD, S.RETURNED}), S.REPORTED),
        Move("return", frozenset({OFFICER}), frozenset({S.REPORTED}), S.RETURNED),
        Move("verify", frozenset({OFFICER}), frozenset({S.REPORTED}), S.VERIFIED),
        Move(
            "disallow", frozenset({OFFICER}), frozenset({S.REPORTED, S.RETURNED, S.VERIFIED}), S.NOT_COUNTED
        ),
        Move("look_again", frozenset({OFFICER}), frozenset({S.VERIFIED, S.NOT_COUNTED}), S.REPORTED),
        Move("lock", frozenset({CLOCK, PROGRAM}), frozenset({S.VERIFIED}), S.LOCKED),
        Move("unlock", frozenset({OFFICER}), frozenset({S.LOCKED}), S.VERIFIED),
    ),
    events={
        "edit": "edited",
        "file": "filed",
        "postpone": "postponed",
        "plan_again": "planned_again",
        "hold": "held",
        "cancel": "cancelled",
        "report": "reported",
        "return": "returned",
        "verify": "verified",
        "disallow": "disallowed",
        "look_again": "looked_at_again",
        "lock": "locked",
        "unlock": "unlocked",
    },
    ends=frozenset({S.LOCKED, S.NOT_COUNTED, S.CANCELLED}),
    reasons=frozenset({"postpone", "cancel", "return", "disallow", "look_again", "unlock"}),
    two_people=frozenset({"unlock"}),
)
"""A record keeps its number when it is postponed. What was already held may be recorded at once. ``verify`` is by
somebody other than who reported it: the room asks for that. ``lock`` closes the period or the project. Source:
services.md 1 (Activity); inventory.md H2, H3, H18.
"""
