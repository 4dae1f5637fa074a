"""The office's view of a call: all queues, what nobody has taken, what is taken on paper, what is late."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.endorsing.chains import doubt
from keqiao.core.endorsing.endorsers import Manner
from keqiao.core.findings import Finding
from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.web.applications.permissions import Viewer, associations_in_charge
from keqiao.web.endorsement.definitions import Way, endorsing_at
from keqiao.web.endorsement.models import Passage, Queue
from keqiao.web.endorsement.queries.queues import with_counts
from keqiao.web.endorsement.takers import case_of_unit, chain_of_unit
from keqiao.web.parties.surroundings import bodies_named

ALONG = ("application__unit", "application__call", "taker")


@dataclass(frozen=True, slots=True)
class QueueSeen:
    """One queue with its counts; ``is_late``: its time is over and something in it has not been forwarded."""

    queue: Queue
    unfinished: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """One passage that is in nobody's queue: what an officer can choose from."""

    passage: Passage
    candidates: tuple[Any, ...] = ()
    ways: tuple[Way, ...] = ()
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """What the office of a call sees: queues, what has to be assigned, what is on paper, how much has been filed."""

    queues: tuple[QueueSeen, ...]
    unassigned: tuple[OnTheWay, ...]
    on_paper: tuple[OnTheWay, ...]
    filed: tuple[Passage, ...]


def office_overview(viewer: Viewer, call_id: UUID, at: datetime) -> Overview:
    """Return the way of all applications of a call that the viewer's association runs; empty for others.

    A constant number of queries, once what the revisions state is in memory.
    """
    mine = {"association_id__in": associations_in_charge(viewer, at), "call_id": call_id}
    queues = with_counts(Queue.objects.filter(**mine)).order_by("chain", "stage", "taker__name")
    rows = Passage.objects.filter(**mine).select_related(*ALONG)
    outside = rows.filter(state=PassageState.WAITING.value)
    return Overview(
        tuple(_seen(queue, at) for queue in queues),
        _to_assign(list(outside.filter(manner=Manner.UNASSIGNED.value))),
        tuple(_on_the_way(row) for row in outside.filter(manner=Manner.PAPER.value)),
        tuple(rows.filter(state=PassageState.FILED.value).order_by("since", "pk")),
    )


def chain_doubt(passage: Passage, at: datetime) -> tuple[Finding, ...]:
    """Return why the office has to say which chain holds for a passage; nothing where that is known by now."""
    endorsing = endorsing_at(passage.revision_id, passage.application.node)
    if passage.chain in endorsing.ways:
        return ()
    held = chain_of_unit(endorsing, passage.unit_id, at)
    return (doubt(held, case_of_unit(passage.unit_id, at).applicant),) if held.needs_person else ()


def _seen(queue: Queue, at: datetime) -> QueueSeen:
    counted = [getattr(queue, state) for state in ("waiting", "recommended", "returned")]
    unfinished = sum(counted)
    is_over = queue.deadline_at is not None and at > queue.deadline_at
    return QueueSeen(queue, unfinished, is_over and unfinished > 0)


def _on_the_way(passage: Passage) -> OnTheWay:
    ways = endorsing_at(passage.revision_id, passage.application.node).ways
    way = ways.get(passage.chain)
    return OnTheWay(passage, steps=way.stage(passage.stage).words if way else ())


def _to_assign(passages: Sequence[Passage]) -> tuple[OnTheWay, ...]:
    """What nobody has taken: with the bodies in question, and the chains where it is not known which one holds."""
    bodies = bodies_named({row.unit_id for row in passages})
    return tuple(
        replace(_on_the_way(row), candidates=bodies[row.unit_id], ways=_open_ways(row)) for row in passages
    )


def _open_ways(passage: Passage) -> tuple[Way, ...]:
    ways = endorsing_at(passage.revision_id, passage.application.node).ways
    return () if passage.chain in ways else tuple(ways.values())
