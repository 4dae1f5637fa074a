"""Lists that wait for a co-signer, and what stands on a list."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from keqiao.core.lifecycle.batch import LIVE, BatchState
from keqiao.web.applications.permissions import Viewer
from keqiao.web.endorsement.models import Batch, BatchLine, Passage, Queue
from keqiao.web.endorsement.permissions import CO_SIGNS, units_as
from keqiao.web.endorsement.queries.lists import way_of_queue

ALONG = ("passage__application__unit", "passage__application__call", "endorsement")


def lists_to_sign(viewer: Viewer, at: datetime) -> QuerySet[Batch]:
    """Return the lists that wait for the agreement of the viewer's units, those that wait longest first."""
    waiting = Batch.objects.filter(
        state=BatchState.PROPOSED.value, queue__co_signer_id__in=units_as(viewer, CO_SIGNS, at)
    )
    along = waiting.select_related("queue__call", "queue__taker", "queue__co_signer")
    return along.annotate(count=Count("lines")).order_by("made_at", "pk")


def lines_on(batch: Batch) -> QuerySet[BatchLine]:
    """Return the lines of a list in their order. Who may see the list was asked before."""
    return batch.lines.select_related(*ALONG).order_by("rank")


def ranks_of(passages: Collection[Passage]) -> dict[UUID, int]:
    """Return with which rank each of these was forwarded last, by the id of the passage."""
    rows = BatchLine.objects.filter(passage__in=[row.pk for row in passages], stands=True)
    return dict(rows.order_by("batch__forwarded_at").values_list("passage_id", "rank"))


def live_list(queue: Queue) -> Batch | None:
    """Return the list of a queue that lies with its co-signer or was agreed to, or nothing."""
    return queue.batches.filter(state__in=[state.value for state in LIVE]).first()


def next_after(queue: Queue) -> str:
    """Return to whom a queue forwards: the next stage in the words of the call, else the association that runs it."""
    way = way_of_queue(queue)
    following = way.stages[queue.stage :] if way else ()
    return following[0].by if following and following[0].by else queue.association.organisation.name
