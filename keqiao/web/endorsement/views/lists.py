"""Lists as pages show them: a line for each, and what one of them says."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from keqiao.core.lifecycle.batch import BatchState
from keqiao.web.endorsement.definitions import category_of
from keqiao.web.endorsement.models import BATCH_WORDS, Batch
from keqiao.web.endorsement.views.shown import BATCH_KINDS


@dataclass(frozen=True, slots=True)
class BatchShown:
    """A list in a line: which one, how it stands, since when, of whom; ``is_waiting`` for somebody to act."""

    pk: UUID
    title: str
    words: str
    state: str
    state_kind: str
    at: datetime
    made_at: datetime
    taker: str
    count: int
    is_waiting: bool


def batch_shown(batch: Batch) -> BatchShown:
    """Return a list in a line."""
    state, queue = BatchState(batch.state), batch.queue
    said = str(BATCH_WORDS[state])
    return BatchShown(
        pk=batch.pk,
        title=category_of(queue.revision_id, queue.node) or queue.call.title,
        words=_("第 %(n)s 批：%(state)s") % {"n": batch.ordinal, "state": said},
        state=said,
        state_kind=BATCH_KINDS[state],
        at=batch.recalled_at or batch.forwarded_at or batch.decided_at or batch.made_at,
        made_at=batch.made_at,
        taker=queue.taker.name,
        count=getattr(batch, "count", 0),
        is_waiting=state in (BatchState.PROPOSED, BatchState.AGREED),
    )
