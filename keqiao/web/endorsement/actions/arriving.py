"""An application comes to a stage: into the queue of whoever takes it, to paper, or to nobody known yet."""

from datetime import datetime
from uuid import UUID

from keqiao.core.endorsing.endorsers import Manner, Taken
from keqiao.core.endorsing.stages import Stage
from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.core.workdays import last_moment
from keqiao.web.endorsement.actions.writing import Acting, note
from keqiao.web.endorsement.definitions import Way
from keqiao.web.endorsement.models import Passage, Queue, Seat
from keqiao.web.endorsement.takers import co_signer_of, taken_by_unit, taker_for


def arrive(passage: Passage, way: Way, position: int, at: datetime, *, by_unit: UUID | None = None) -> bool:
    """Lay a passage before whoever takes the stage ``position`` (from 1) of its chain; not saved yet.

    A stage that the association of the call itself takes is passed over. ``by_unit`` takes the first stage instead
    of whoever the registers tell. False: no stage is left, and it is with the association.
    """
    passage.place, passage.handled_at, passage.told_at, passage.came_by = None, None, None, None
    passage.since, passage.chain = at, way.chain.id
    for stage in way.stages[position - 1 :]:
        taken = _taken(passage, stage, by_unit, at)
        by_unit = None
        if not taken.is_association:
            _lay_before(passage, way, stage, taken, at)
            return True
    passage.state = PassageState.FILED.value
    return False


def _taken(passage: Passage, stage: Stage, by_unit: UUID | None, at: datetime) -> Taken:
    if by_unit is not None:
        return taken_by_unit(by_unit, passage.association_id, at)
    return taker_for(stage, passage.unit_id, passage.association_id, at)


def _lay_before(passage: Passage, way: Way, stage: Stage, taken: Taken, at: datetime) -> None:
    numbered = way.stages.index(stage) + 1
    passage.stage, passage.state = numbered, PassageState.WAITING.value
    passage.manner, passage.taker_id = taken.manner.value, UUID(taken.body) if taken.body else None
    passage.queue = queue_of(passage, way, numbered, at) if taken.manner is Manner.QUEUE else None


def queue_of(passage: Passage, way: Way, position: int, at: datetime) -> Queue:
    """Return the queue of whoever takes a stage, opened where there is none yet, with as many seats as its quota."""
    stage = way.stage(position)
    known = Queue.objects.filter(
        call_id=passage.call_id, chain=way.chain.id, stage=position, taker_id=passage.taker_id
    ).first()
    if known is not None:
        return known
    signing = "、".join(stage.together_with)
    taker_id: UUID = passage.taker_id  # type: ignore[assignment]  a queue is somebody's
    queue, is_new = Queue.objects.get_or_create(
        call_id=passage.call_id,
        chain=way.chain.id,
        stage=position,
        taker_id=taker_id,
        defaults={
            "association_id": passage.association_id,
            "revision_id": passage.revision_id,
            "node": way.node,
            "co_signing": signing,
            "co_signer_id": co_signer_of(taker_id, at) if signing else None,
            "quota": way.chain.per_endorser_max,
            "deadline_at": last_moment(stage.deadline) if stage.deadline else None,
            "is_ranked": way.chain.ranked,
            "opened_at": at,
        },
    )
    if is_new:
        add_seats(queue, range(1, (queue.quota or 0) + 1))
        note("opened", queue, Acting(None, "program", at), taker=str(taker_id), quota=queue.quota or 0)
    return queue


def add_seats(queue: Queue, numbers: range) -> None:
    """Write the seats with these numbers."""
    Seat.objects.bulk_create(
        Seat(association_id=queue.association_id, queue=queue, number=number) for number in numbers
    )
