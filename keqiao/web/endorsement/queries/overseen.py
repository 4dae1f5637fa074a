"""All calls whose applications go through somebody, as the office oversees them: how much lies where."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404

from keqiao.core.endorsing.endorsers import Manner
from keqiao.core.lifecycle.endorsement import UNDER_WAY, PassageState
from keqiao.web.applications.permissions import Viewer, associations_in_charge
from keqiao.web.endorsement.models import Passage, Queue
from keqiao.web.programmes.queries import calls_for

UNFINISHED = [state.value for state in UNDER_WAY]


@dataclass(frozen=True, slots=True)
class CallOverseen:
    """A call: its queues, what is under way, queues that are late, what nobody has taken, what waits to be received."""

    pk: UUID
    title: str
    queues: int
    unfinished: int
    late: int
    unassigned: int
    filed: int


def calls_overseen(viewer: Viewer, at: datetime) -> list[CallOverseen]:
    """Return the calls of the viewer's associations with applications on their way, in two queries."""
    mine = Q(association_id__in=associations_in_charge(viewer, at))
    passages = (
        Passage.objects.filter(mine).values("call_id", "call__title").order_by("call__title", "call_id")
    )
    counted = passages.annotate(
        unfinished=Count("pk", filter=Q(state__in=UNFINISHED)),
        unassigned=Count("pk", filter=Q(manner=Manner.UNASSIGNED.value, state=PassageState.WAITING.value)),
        filed=Count("pk", filter=Q(state=PassageState.FILED.value)),
    )
    unfinished = Count("passages", filter=Q(passages__state__in=UNFINISHED))
    queues: dict[UUID, list[Any]] = {}
    for queue in Queue.objects.filter(mine).annotate(unfinished=unfinished):
        queues.setdefault(queue.call_id, []).append(queue)
    return [
        CallOverseen(
            row["call_id"],
            row["call__title"],
            len(queues.get(row["call_id"], ())),
            row["unfinished"],
            sum(_is_late(queue, at) for queue in queues.get(row["call_id"], ())),
            row["unassigned"],
            row["filed"],
        )
        for row in counted
    ]


def call_overseen(viewer: Viewer, pk: UUID, at: datetime) -> Any:
    """Return one call of the viewer's associations that has passages or queues; otherwise 404."""
    mine = calls_for(viewer, at).filter(association_id__in=associations_in_charge(viewer, at))
    under_way = Q(pk__in=Passage.objects.values("call_id")) | Q(pk__in=Queue.objects.values("call_id"))
    return get_object_or_404(mine.filter(under_way), pk=pk)


def _is_late(queue: Any, at: datetime) -> bool:
    return queue.deadline_at is not None and queue.deadline_at < at and queue.unfinished > 0
