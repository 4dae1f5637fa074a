"""The life of an expert in the register of an association (专家库): asked, resting, left, back again."""

from enum import StrEnum

from keqiao.core.lifecycle.moves import Move
from keqiao.core.lifecycle.roles import EXPERT, OFFICER
from keqiao.core.lifecycle.table import Table


class ExpertState(StrEnum):
    """Whether an expert may be asked now."""

    ACTIVE = "active"
    RESTING = "resting"
    LEFT = "left"


S = ExpertState

_OFFICE, _OUT = frozenset({OFFICER}), frozenset({S.RESTING, S.LEFT})

TABLE = Table(
    case="expert",
    begins={"entered": S.ACTIVE},
    moves=(
        Move("describe", _OFFICE, frozenset(S), None),
        Move("invite", _OFFICE, frozenset({S.ACTIVE, S.RESTING}), None),
        Move("state_whole", frozenset({EXPERT}), frozenset({S.ACTIVE, S.RESTING}), None),
        Move("rest", _OFFICE, frozenset({S.ACTIVE}), S.RESTING),
        Move("leave", _OFFICE, frozenset({S.ACTIVE, S.RESTING}), S.LEFT),
        Move("come_back", _OFFICE, _OUT, S.ACTIVE),
    ),
    events={
        "describe": "described",
        "invite": "invited",
        "state_whole": "stated_whole",
        "rest": "rested",
        "leave": "left",
        "come_back": "came_back",
    },
    ends=frozenset({S.LEFT}),
    reasons=frozenset({"rest", "leave"}),
)
"""Only who is active is asked; what somebody has already accepted goes on. ``state_whole``: the expert says that the
declared relations are all there are. Source: services.md 1 (Review).
"""
