"""Tables of the room. Changed only by ``actions``."""

from keqiao.core.lifecycle.expert import ExpertState
from keqiao.web.review.models.checks import SAID_WORDS, CheckAnswer, FormalCheck
from keqiao.web.review.models.experts import RELATION_WORDS, Expert, Relation
from keqiao.web.review.models.rounds import Entry, Outcome, Round, RoundState, Settled, Sheet, Task

__all__ = [
    "RELATION_WORDS",
    "SAID_WORDS",
    "CheckAnswer",
    "Entry",
    "Expert",
    "ExpertState",
    "FormalCheck",
    "Outcome",
    "Relation",
    "Round",
    "RoundState",
    "Settled",
    "Sheet",
    "Task",
]
