"""Pages of endorsers, their co-signers, and the office."""

from keqiao.web.endorsement.views.batches import answer, batch, forward, note_agreed, recall
from keqiao.web.endorsement.views.offices import assign, calls, office, receive, settle, sign_on_paper
from keqiao.web.endorsement.views.papers import batch_summary, own_summary, summary
from keqiao.web.endorsement.views.passages import give_back, passage
from keqiao.web.endorsement.views.queues import decide, missing, queue, queues, rank

__all__ = [
    "answer",
    "assign",
    "batch",
    "batch_summary",
    "calls",
    "decide",
    "forward",
    "give_back",
    "missing",
    "note_agreed",
    "office",
    "own_summary",
    "passage",
    "queue",
    "queues",
    "rank",
    "recall",
    "receive",
    "settle",
    "sign_on_paper",
    "summary",
]
