"""The life of an instalment (拨款): planned, due once its conditions hold, approved, paid, arrived."""

from enum import StrEnum

from keqiao.core.lifecycle.moves import Move
from keqiao.core.lifecycle.roles import APPLICANT, FINANCE, LEADER, OFFICER, PROGRAM
from keqiao.core.lifecycle.table import Table


class InstalmentState(StrEnum):
    """Where an instalment stands."""

    PLANNED = "planned"
    DUE = "due"
    REQUESTED = "requested"
    APPROVED = "approved"
    PAID = "paid"
    CONFIRMED = "confirmed"
    HELD = "held"
    CANCELLED = "cancelled"


S = InstalmentState

LEFT_THE_ASSOCIATION = frozenset({S.PAID, S.CONFIRMED})
"""States in which the ledger holds it as paid."""

TABLE = Table(
    case="instalment",
    begins={"planned": S.PLANNED},
    moves=(
        Move("meet", frozenset({OFFICER, PROGRAM}), frozenset({S.PLANNED}), S.DUE),
        Move("request", frozenset({OFFICER}), frozenset({S.DUE}), S.REQUESTED),
        Move("approve", frozenset({FINANCE, LEADER}), frozenset({S.REQUESTED}), S.APPROVED),
        Move("refuse", frozenset({FINANCE, LEADER}), frozenset({S.REQUESTED}), S.DUE),
        Move("recall", frozenset({OFFICER, PROGRAM}), frozenset({S.REQUESTED}), S.DUE),
        Move("pay", frozenset({FINANCE}), frozenset({S.APPROVED}), S.PAID),
        Move("confirm", frozenset({APPLICANT, FINANCE}), frozenset({S.PAID}), S.CONFIRMED),
        Move("bounce", frozenset({FINANCE}), frozenset({S.PAID}), S.DUE),
        Move(
            "hold",
            frozenset({OFFICER, LEADER}),
            frozenset({S.PLANNED, S.DUE, S.REQUESTED, S.APPROVED}),
            S.HELD,
        ),
        Move("release", frozenset({OFFICER, LEADER}), frozenset({S.HELD}), S.PLANNED),
        Move("cancel", frozenset({LEADER}), frozenset({S.PLANNED, S.DUE, S.HELD}), S.CANCELLED),
    ),
    events={
        "meet": "met",
        "request": "requested",
        "approve": "approved",
        "refuse": "refused",
        "recall": "recalled",
        "pay": "paid",
        "confirm": "confirmed",
        "bounce": "bounced",
        "hold": "held",
        "release": "released",
        "cancel": "cancelled",
    },
    ends=frozenset({S.CONFIRMED, S.CANCELLED}),
    reasons=frozenset({"refuse", "bounce", "hold", "release", "cancel"}),
    two_people=frozenset({"approve", "cancel"}),
)
"""``meet``: its conditions hold (agreement signed, mid-term report in). What is held is asked for its conditions
anew. ``recall``: whoever asked takes it back, or nobody decided in time. ``bounce``: the bank sent the money back.
Source: inventory.md G2; domain.md C2, D13 (拨款通知/收据).
"""
