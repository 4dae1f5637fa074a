"""Everything that is done with passages, queues and batches. Each act is one transaction and leaves one event."""

from keqiao.web.applications.actions.returning import Correction
from keqiao.web.endorsement.actions.co_signing import agree, agree_on_paper, propose, refuse
from keqiao.web.endorsement.actions.deciding import decline, give_back, rank, recommend, reconsider
from keqiao.web.endorsement.actions.following import begin, carry_over
from keqiao.web.endorsement.actions.forwarding import forward, recall
from keqiao.web.endorsement.actions.offices import (
    Assigned,
    Paper,
    Settled,
    assign,
    receive,
    settle_queue,
    sign_on_paper,
)
from keqiao.web.endorsement.actions.together import decide_together

__all__ = [
    "Assigned",
    "Correction",
    "Paper",
    "Settled",
    "agree",
    "agree_on_paper",
    "assign",
    "begin",
    "carry_over",
    "decide_together",
    "decline",
    "forward",
    "give_back",
    "propose",
    "rank",
    "recall",
    "receive",
    "recommend",
    "reconsider",
    "refuse",
    "settle_queue",
    "sign_on_paper",
]
