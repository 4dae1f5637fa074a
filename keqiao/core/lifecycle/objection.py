"""The life of an objection (异议): raised by anybody with a name, taken up, looked into, decided."""

from enum import StrEnum

from keqiao.core.lifecycle.moves import Move
from keqiao.core.lifecycle.roles import INVESTIGATOR, LEADER, OBJECTOR, OFFICER
from keqiao.core.lifecycle.table import Table


class ObjectionState(StrEnum):
    """Where an objection stands."""

    RAISED = "raised"
    INCOMPLETE = "incomplete"
    TURNED_AWAY = "turned_away"
    ACCEPTED = "accepted"
    INVESTIGATED = "investigated"
    FOUND = "found"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


S = ObjectionState

OPEN = frozenset({S.RAISED, S.INCOMPLETE, S.ACCEPTED, S.INVESTIGATED, S.FOUND})
"""States that stand against concluding the notice."""

SUSPENDS = frozenset({S.ACCEPTED, S.INVESTIGATED, S.FOUND})
"""States in which its item is held."""

TABLE = Table(
    case="objection",
    begins={"raised": S.RAISED},
    moves=(
        Move("ask_for_more", frozenset({OFFICER}), frozenset({S.RAISED}), S.INCOMPLETE),
        Move("supply", frozenset({OBJECTOR}), frozenset({S.INCOMPLETE}), S.RAISED),
        Move("turn_away", frozenset({OFFICER}), frozenset({S.RAISED, S.INCOMPLETE}), S.TURNED_AWAY),
        Move("accept", frozenset({OFFICER}), frozenset({S.RAISED}), S.ACCEPTED),
        Move("assign", frozenset({OFFICER, LEADER}), frozenset({S.ACCEPTED, S.INVESTIGATED}), S.INVESTIGATED),
        Move("find", frozenset({INVESTIGATOR}), frozenset({S.INVESTIGATED}), S.FOUND),
        Move("send_back", frozenset({LEADER}), frozenset({S.FOUND}), S.INVESTIGATED),
        Move("uphold", frozenset({LEADER}), frozenset({S.FOUND}), S.UPHELD),
        Move("reject", frozenset({LEADER}), frozenset({S.FOUND}), S.REJECTED),
        Move(
            "withdraw",
            frozenset({OBJECTOR}),
            frozenset({S.RAISED, S.INCOMPLETE, S.ACCEPTED, S.INVESTIGATED, S.FOUND}),
            S.WITHDRAWN,
        ),
        Move("go_on", frozenset({OFFICER, LEADER}), frozenset({S.WITHDRAWN}), S.ACCEPTED),
    ),
    events={
        "ask_for_more": "asked_for_more",
        "supply": "supplied",
        "turn_away": "turned_away",
        "accept": "accepted",
        "assign": "assigned",
        "find": "found",
        "send_back": "sent_back",
        "uphold": "upheld",
        "reject": "rejected",
        "withdraw": "withdrawn",
        "go_on": "gone_on",
    },
    ends=frozenset({S.TURNED_AWAY, S.UPHELD, S.REJECTED, S.WITHDRAWN}),
    reasons=frozenset({"ask_for_more", "turn_away", "find", "send_back", "uphold", "reject", "go_on"}),
    two_people=frozenset({"uphold", "reject"}),
)
"""Only its own item is suspended, from ``accept`` on. ``turn_away``: anonymous, late, or without grounds. What was
withdrawn may be looked into all the same. Who investigates and who decides has no part in the matter: the room asks
for that. Source: inventory.md F2; domain.md C3 (in writing, with name, contact, grounds and proof; anonymous ones
are not taken up).
"""
