"""The life of an application in a decision (遴选): ordered, proposed, approved, shown, confirmed."""

from enum import StrEnum

from keqiao.core.lifecycle.moves import Move
from keqiao.core.lifecycle.roles import APPLICANT, CLOCK, FINANCE, LEADER, OFFICER, PROGRAM
from keqiao.core.lifecycle.table import Table


class SelectionState(StrEnum):
    """Where an application stands in the decision."""

    RANKED = "ranked"
    PROPOSED = "proposed"
    RESERVE = "reserve"
    NOT_CHOSEN = "not_chosen"
    ABSORBED = "absorbed"
    MERGED = "merged"
    APPROVED = "approved"
    IN_NOTICE = "in_notice"
    HELD = "held"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"
    SUBSTITUTED = "substituted"
    WITHDRAWN = "withdrawn"


S = SelectionState

OPEN = frozenset({S.RANKED, S.PROPOSED, S.RESERVE, S.APPROVED, S.IN_NOTICE, S.HELD})
"""States in which nothing is final."""

DROPPABLE = frozenset({S.APPROVED, S.IN_NOTICE, S.HELD, S.CONFIRMED})
"""States out of which an objection that was upheld, or a refusal to sign, takes an application."""

PUBLIC = frozenset({S.IN_NOTICE, S.HELD, S.CONFIRMED})
"""States in which everybody may know that it is chosen. That one is held is not told: it is shown as in notice."""

TABLE = Table(
    case="selection",
    begins={"ranked": S.RANKED},
    moves=(
        Move("propose", frozenset({OFFICER}), frozenset({S.RANKED, S.RESERVE, S.NOT_CHOSEN}), S.PROPOSED),
        Move(
            "put_in_reserve", frozenset({OFFICER}), frozenset({S.RANKED, S.PROPOSED, S.NOT_CHOSEN}), S.RESERVE
        ),
        Move("leave_out", frozenset({OFFICER}), frozenset({S.RANKED, S.PROPOSED, S.RESERVE}), S.NOT_CHOSEN),
        Move("rank_again", frozenset({OFFICER}), frozenset({S.PROPOSED, S.RESERVE, S.NOT_CHOSEN}), S.RANKED),
        Move("absorb", frozenset({PROGRAM}), frozenset({S.RANKED, S.PROPOSED, S.RESERVE}), S.ABSORBED),
        Move("release", frozenset({PROGRAM}), frozenset({S.ABSORBED}), S.RANKED),
        Move("merge", frozenset({OFFICER}), frozenset({S.RANKED, S.PROPOSED, S.RESERVE}), S.MERGED),
        Move("part_again", frozenset({OFFICER}), frozenset({S.MERGED}), S.RANKED),
        Move("approve", frozenset({LEADER, FINANCE}), frozenset({S.PROPOSED}), S.APPROVED),
        Move("send_back", frozenset({LEADER, FINANCE}), frozenset({S.PROPOSED, S.APPROVED}), S.RANKED),
        Move("post", frozenset({OFFICER, CLOCK}), frozenset({S.APPROVED}), S.IN_NOTICE),
        Move("hold", frozenset({OFFICER, PROGRAM}), frozenset({S.IN_NOTICE, S.CONFIRMED}), S.HELD),
        Move("clear", frozenset({OFFICER, PROGRAM}), frozenset({S.HELD}), S.IN_NOTICE),
        Move("confirm", frozenset({OFFICER}), frozenset({S.IN_NOTICE}), S.CONFIRMED),
        Move("drop", frozenset({OFFICER, LEADER}), DROPPABLE, S.DROPPED),
        Move("substitute", frozenset({OFFICER}), frozenset({S.DROPPED, S.WITHDRAWN}), S.SUBSTITUTED),
        Move("withdraw", frozenset({APPLICANT}), OPEN, S.WITHDRAWN),
    ),
    events={
        "propose": "proposed",
        "put_in_reserve": "put_in_reserve",
        "leave_out": "left_out",
        "rank_again": "ranked_again",
        "absorb": "absorbed",
        "release": "released",
        "merge": "merged",
        "part_again": "parted_again",
        "approve": "approved",
        "send_back": "sent_back",
        "post": "posted",
        "hold": "held",
        "clear": "cleared",
        "confirm": "confirmed",
        "drop": "dropped",
        "substitute": "substituted",
        "withdraw": "withdrawn",
    },
    ends=frozenset({S.NOT_CHOSEN, S.ABSORBED, S.MERGED, S.CONFIRMED, S.DROPPED, S.SUBSTITUTED, S.WITHDRAWN}),
    reasons=frozenset({"merge", "send_back", "hold", "drop", "substitute"}),
    two_people=frozenset({"approve", "drop", "substitute"}),
)
"""The application itself stays submitted; this is what becomes of it. ``absorb`` and ``release`` follow the pilot
that won or lost (inventory.md E8), ``merge`` joins a topic to another (merged into, duplicate of). ``substitute``
names who takes the place; that one goes from reserve the whole way: proposed, approved, shown (F7). ``confirm``
waits for the end of the notice and for every objection upon the item. A reason for ``propose``, ``put_in_reserve``,
``leave_out`` is asked where they depart from the order. ``approve`` is the last key: the leader's, or that of the
finance bureau after it where the call wants both. Source: services.md 1 (Entry); inventory.md E7, F1 to F7.
"""
