"""Tables of the room. Changed only by ``actions``."""

from keqiao.web.endorsement.models.batches import BATCH_WORDS, Batch, BatchLine
from keqiao.web.endorsement.models.passages import STATE_WORDS, Endorsement, Passage
from keqiao.web.endorsement.models.queues import Queue, Seat

__all__ = ["BATCH_WORDS", "STATE_WORDS", "Batch", "BatchLine", "Endorsement", "Passage", "Queue", "Seat"]
