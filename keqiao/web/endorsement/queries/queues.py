"""Which queues, lists and passages a viewer works on or oversees."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.web.applications.permissions import Viewer, associations_in_charge
from keqiao.web.endorsement import permissions
from keqiao.web.endorsement.models import Batch, Passage, Queue
from keqiao.web.endorsement.permissions import CO_SIGNER, ENDORSER, OFFICER

ALONG = ("call", "taker", "co_signer", "association__organisation")


def queues_for(viewer: Viewer, at: datetime) -> QuerySet[Queue]:
    """Return the queues that the viewer's units take or co-sign, with how many stand in each state."""
    mine = Queue.objects.filter(permissions.queues_worked_on(viewer, at))
    return with_counts(mine).order_by("deadline_at", "opened_at", "pk")


def queue_for(viewer: Viewer, pk: UUID, at: datetime) -> Queue:
    """Return one queue that the viewer's units take, co-sign or oversee; otherwise 404."""
    seen = Queue.objects.filter(permissions.queues_seen(viewer, at))
    return get_object_or_404(with_counts(seen), pk=pk)


def role_in(queue: Queue, viewer: Viewer, at: datetime) -> str:
    """Return the first of ``endorser``, ``co_signer`` and ``officer`` that the viewer is there; "" for none."""
    roles = permissions.roles_in(queue, viewer, at)
    return next((role for role in (ENDORSER, CO_SIGNER, OFFICER) if role in roles), "")


def with_counts(queues: QuerySet[Queue]) -> QuerySet[Queue]:
    """Count in each queue, in one query: ``waiting``, ``recommended``, ``declined``, ``returned``, ``filed``."""
    counts = {
        state.value: Count("passages", filter=Q(passages__state=state.value))
        for state in (
            PassageState.WAITING,
            PassageState.RECOMMENDED,
            PassageState.DECLINED,
            PassageState.RETURNED,
        )
    }
    arrived = Q(passages__state__in=[PassageState.FILED.value, PassageState.RECEIVED.value])
    return queues.select_related(*ALONG).annotate(**counts, filed=Count("passages", filter=arrived))


def batches_of(queue: Queue) -> QuerySet[Batch]:
    """Return the lists of a queue, the last one first."""
    return queue.batches.select_related("made_by", "decided_by", "forwarded_by").order_by("-ordinal")


def batches_seen(viewer: Viewer, at: datetime) -> QuerySet[Batch]:
    """Return the lists of the queues that the viewer's units take, co-sign or oversee."""
    return Batch.objects.filter(permissions.queues_seen(viewer, at, "queue__"))


def batch_for(viewer: Viewer, pk: UUID, at: datetime) -> Batch:
    """Return one list of a queue that the viewer may see; otherwise 404."""
    seen = batches_seen(viewer, at)
    return get_object_or_404(seen.select_related("queue__call", "queue__taker", "queue__co_signer"), pk=pk)


def passage_for(viewer: Viewer, pk: UUID, at: datetime) -> Passage:
    """Return one passage that lies before the viewer, or whose office the viewer is; otherwise 404."""
    here = permissions.queues_worked_on(viewer, at, "queue__")
    office = Q(association_id__in=associations_in_charge(viewer, at))
    seen = Passage.objects.filter(here | office)
    return get_object_or_404(seen.select_related("application__unit", "application__call", "queue"), pk=pk)
