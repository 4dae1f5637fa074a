"""The life of a credit entry (信用记录): told, in force for its term, appealed, upheld, lifted, expired."""

from datetime import date
from enum import StrEnum

from keqiao.core.lifecycle.moves import Move
from keqiao.core.lifecycle.roles import CLOCK, LEADER, OFFICER, SUBJECT
from keqiao.core.lifecycle.table import Table


class CreditState(StrEnum):
    """Where a credit entry stands."""

    PROPOSED = "proposed"
    DROPPED = "dropped"
    IN_FORCE = "in_force"
    APPEALED = "appealed"
    UPHELD = "upheld"
    LIFTED = "lifted"
    EXPIRED = "expired"


S = CreditState

COUNTS = frozenset({S.IN_FORCE, S.APPEALED, S.UPHELD})
"""States that count against whom it is about, until the last day."""

TABLE = Table(
    case="credit",
    begins={"proposed": S.PROPOSED},
    moves=(
        Move("answer", frozenset({SUBJECT}), frozenset({S.PROPOSED}), None),
        Move("record", frozenset({LEADER}), frozenset({S.PROPOSED}), S.IN_FORCE),
        Move("drop", frozenset({OFFICER, LEADER}), frozenset({S.PROPOSED}), S.DROPPED),
        Move("appeal", frozenset({SUBJECT, OFFICER}), frozenset({S.IN_FORCE}), S.APPEALED),
        Move("uphold", frozenset({LEADER}), frozenset({S.APPEALED}), S.UPHELD),
        Move("lift", frozenset({LEADER}), COUNTS, S.LIFTED),
        Move("expire", frozenset({CLOCK}), COUNTS, S.EXPIRED),
    ),
    events={
        "answer": "answered",
        "record": "recorded",
        "drop": "dropped",
        "appeal": "appealed",
        "uphold": "upheld",
        "lift": "lifted",
        "expire": "expired",
    },
    ends=frozenset({S.DROPPED, S.LIFTED, S.EXPIRED}),
    reasons=frozenset({"record", "drop", "appeal", "uphold", "lift"}),
    two_people=frozenset({"record", "uphold", "lift"}),
)
"""Whom it is about is told first and may answer. An appeal alone does not suspend it; an appeal that is allowed
lifts it. What it bars is a debarment of its own, which follows it. Source: 科研失信行为调查处理规则
(国科发监〔2022〕221号); domain.md C5; inventory.md B20, I8.
"""


def credit_on(state: CreditState, until: date | None, day: date) -> CreditState:
    """Return the state that counts on ``day``: after ``until``, its last day, an entry has expired.

    So it does without anybody writing it down.
    """
    return S.EXPIRED if state in COUNTS and until is not None and day > until else state
