"""What all acts of the room share: locks, whether an act is allowed, opinions, events."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.batch import BatchState, batch_after
from keqiao.core.lifecycle.endorsement import PassageState, passage_after
from keqiao.readers.endorsing_words import endorsing_words
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By, Chain, Happened, record, record_together
from keqiao.web.endorsement.followers import Noted, tell
from keqiao.web.endorsement.models import Batch, Endorsement, Passage, Queue
from keqiao.web.endorsement.permissions import roles_in
from keqiao.web.parties.queries import local_day

WHY = "endorsing writes in the books of the association that runs the call"
LONGEST_WORDS = 400


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, in which of the roles that count here, and when. ``actor`` is None for the program."""

    actor: Viewer | None
    role: str
    at: datetime


def refusal(code: str, **values: Any) -> Refused:
    """Return the refusal with one finding."""
    return Refused(Finding(code, Weight.REFUSE, values))


def locked_queue(queue_id: UUID | None) -> Queue:
    """Return a queue under lock: whatever changes a list or a quota holds it. Raises DoesNotExist: there is none."""
    rows = Queue.objects.select_for_update(of=("self",)).select_related("call", "taker", "association")
    return rows.get(pk=queue_id)


def locked_passage(passage_id: UUID, **where: Any) -> Passage:
    """Return a passage under lock. Raises DoesNotExist: there is none."""
    rows = Passage.objects.select_for_update(of=("self",)).select_related("application")
    return rows.get(pk=passage_id, **where)


def taken_in_hand(
    passage_id: UUID, act: str, actor: Viewer, at: datetime
) -> tuple[Queue, Passage, PassageState]:
    """Return a passage with its queue, both under lock, and the state that ``act`` of its endorser leads to.

    Raises:
        Passage.DoesNotExist: it does not lie before the actor.
        Refused: it is not in such a state.
    """
    queue_id = Passage.objects.filter(pk=passage_id).values_list("queue_id", flat=True).first()
    queue = Queue.objects.filter(pk=queue_id).first() if queue_id else None
    roles = roles_in(queue, actor, at) if queue else frozenset()
    if queue is None or not roles:
        raise Passage.DoesNotExist
    queue = locked_queue(queue.pk)
    passage = locked_passage(passage_id, queue=queue)
    return queue, passage, state_after(passage.state, act, roles)


def state_after(state: str, act: str, roles: Collection[str]) -> PassageState:
    """Return the state that ``act`` leads to. Raises Refused: the life of passages does not allow it."""
    try:
        return passage_after(PassageState(state), act, roles)
    except NotAllowed as refused:
        raise _refused(refused, state) from refused


def batch_state_after(state: str, act: str, roles: Collection[str]) -> BatchState:
    """Return the state that ``act`` leads to. Raises Refused: the life of batches does not allow it."""
    try:
        return batch_after(BatchState(state), act, roles)
    except NotAllowed as refused:
        raise _refused(refused, state) from refused


def _refused(refused: NotAllowed, state: str) -> Refused:
    code = "endorsement.wrong_state" if refused.wrong_state else "endorsement.not_your_role"
    return refusal(code, state=state)


def tidy_words(words: str, code: str) -> str:
    """Return an opinion or a reason without blanks round it. Raises Refused with ``code``: it is empty or too long."""
    words = words.strip()
    if not words or len(words) > LONGEST_WORDS:
        raise refusal(code, most=LONGEST_WORDS)
    return words


def say(passage: Passage, act: Endorsement.Act, said: Mapping[str, Any], acting: Acting) -> Endorsement:
    """Write down what was said of a passage at its stage. ``said`` holds ``words`` and, on paper, ``scan_id``."""
    last = passage.endorsements.aggregate(last=Max("ordinal"))["last"] or 0
    return Endorsement.objects.create(
        association_id=passage.association_id,
        passage=passage,
        queue_id=passage.queue_id,
        stage=passage.stage,
        ordinal=last + 1,
        act=act.value,
        unit_id=passage.taker_id,
        digest=passage.digest,
        responsibility=endorsing_words().responsibility_version,
        given_by_id=acting.actor.pk if acting.actor else None,
        at=acting.at,
        on=local_day(acting.at),
        **said,
    )


def note(act: str, case: Passage | Queue | Batch, acting: Acting, *, reason: str = "", **data: Any) -> None:
    """Write the event of an act."""
    record(act, case, actor=acting.actor, role=acting.role, at=acting.at, data=data, reason=reason)
    tell(Noted([(act, case)], acting.at))


def note_together(happened: Sequence[tuple[str, Passage, Mapping[str, Any]]], acting: Acting) -> None:
    """Write the events of one act on many passages."""
    rows = [Happened(act, chain_of(passage), data) for act, passage, data in happened]
    if rows:
        record_together(rows, By(acting.actor, acting.role, acting.at))
        tell(Noted([(act, passage) for act, passage, _data in happened], acting.at))


def chain_of(passage: Passage) -> Chain:
    """Return the chain of the events of a passage."""
    return Chain(Passage._meta.label_lower, str(passage.pk))
