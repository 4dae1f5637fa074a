"""A list that two bodies answer for: proposed, agreed to or refused as exactly that list; void once it changes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from keqiao.core.findings import Weight
from keqiao.core.lifecycle.batch import CO_SIGNER, ENDORSER, LIVE, PROGRAM, BatchState
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.refusals import Refused
from keqiao.web.endorsement.actions.writing import (
    LONGEST_WORDS,
    WHY,
    Acting,
    batch_state_after,
    locked_queue,
    note,
    refusal,
    tidy_words,
)
from keqiao.web.endorsement.models import Batch, BatchLine, Queue
from keqiao.web.endorsement.owed import follow_batch
from keqiao.web.endorsement.permissions import roles_in
from keqiao.web.endorsement.queries.lists import against_the_list
from keqiao.web.endorsement.queries.standing_lists import digest_of, listed
from keqiao.web.endorsement.takers import has_co_signing_people
from keqiao.web.endorsement.telling_units import tell_list_refused, tell_list_voided
from keqiao.web.scope import crossing

LIVE_STATES = [state.value for state in LIVE]


def propose(queue_id: UUID, *, actor: Viewer, at: datetime) -> Batch:
    """Send the list of what is recommended to the body that has to agree to it.

    Raises:
        Queue.DoesNotExist: the actor has no business with it.
        Refused: nobody has to agree, it is there already, or as ``forward_findings`` says.
    """
    with crossing(WHY), transaction.atomic():
        queue = _queue_for(queue_id, ENDORSER, actor, at)
        if not queue.co_signing or live_batch(queue):
            raise refusal("endorsement.wrong_state", state=BatchState.PROPOSED.value)
        if stops := [each for each in against_the_list(queue, at) if each.weight is Weight.REFUSE]:
            raise Refused(*stops)
        batch = make_batch(queue, BatchState.PROPOSED, Acting(actor, ENDORSER, at))
        note("proposed", batch, Acting(actor, ENDORSER, at), digest=batch.digest)
        follow_batch(batch.pk, at, "proposed")
        return batch


def agree(batch_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Agree, as the co-signing body, to exactly this list.

    Raises:
        Batch.DoesNotExist: the actor has no business with it.
        Refused: it is not proposed, or the list has changed.
    """
    _decide(batch_id, ("agree", "agreed", CO_SIGNER), {}, (actor, at))


def refuse(batch_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Do not agree to a list, for a reason. The endorsing unit changes it and proposes again.

    Raises:
        Batch.DoesNotExist: the actor has no business with it.
        Refused: it is not with the co-signer any more, or the reason is missing.
    """
    words = tidy_words(reason, "endorsement.reason_missing")
    _decide(batch_id, ("refuse", "refused", CO_SIGNER), {"decision": words}, (actor, at))


def agree_on_paper(
    batch_id: UUID, words: str, *, scan_id: UUID | None = None, actor: Viewer, at: datetime
) -> None:
    """Write down, as the endorsing unit, that the co-signer agreed on paper: it has no people in the system.

    Raises:
        Batch.DoesNotExist: the actor has no business with it.
        Refused: the co-signer can agree in the system; neither words nor a picture are given.
    """
    if (not words.strip() and scan_id is None) or len(words) > LONGEST_WORDS:
        raise refusal("endorsement.paper_missing", most=LONGEST_WORDS)
    said = {"decision": words.strip(), "scan_id": scan_id}
    _decide(batch_id, ("agree_on_paper", "agreed_on_paper", ENDORSER), said, (actor, at))


def _decide(
    batch_id: UUID, act: tuple[str, str, str], said: dict[str, Any], by: tuple[Viewer, datetime]
) -> None:
    move, event, role = act
    actor, at = by
    with crossing(WHY), transaction.atomic():
        found = Batch.objects.filter(pk=batch_id).values_list("queue_id", flat=True).first()
        queue = locked_queue(found) if found else None
        if queue is None or not roles_in(queue, actor, at):
            raise Batch.DoesNotExist
        batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch_id)
        roles = roles_in(queue, actor, at) & {role}
        batch.state = batch_state_after(batch.state, move, roles).value
        if move == "agree_on_paper" and has_co_signing_people(queue.co_signer_id, at):
            raise refusal("endorsement.co_signer_has_people")
        if move != "refuse" and batch.digest != digest_of(listed(queue)):
            raise refusal("endorsement.list_changed")
        batch.decided_by_id, batch.decided_at = actor.pk, at
        batch.decision, batch.scan_id = said.get("decision", ""), said.get("scan_id")
        batch.save()
        note(event, batch, Acting(actor, role, at), digest=batch.digest)
        follow_batch(batch.pk, at, event)
        if move == "refuse":
            tell_list_refused(batch, (actor, at))


def void_if_changed(queue: Queue, at: datetime, *, actor: Viewer | None) -> None:
    """A list that is not any more what was proposed is agreed to by nobody. ``actor`` changed it."""
    batch = live_batch(queue)
    if batch is None or batch.digest == digest_of(listed(queue)):
        return
    batch.state = batch_state_after(batch.state, "void", {PROGRAM}).value
    batch.save(update_fields=["state"])
    note("voided", batch, Acting(None, PROGRAM, at))
    follow_batch(batch.pk, at, "voided")
    tell_list_voided(batch, (actor, at))


def live_batch(queue: Queue) -> Batch | None:
    """Return the list of a queue that lies with the co-signer or was agreed to, or nothing."""
    return Batch.objects.filter(queue=queue, state__in=LIVE_STATES).first()


def make_batch(queue: Queue, state: BatchState, acting: Acting) -> Batch:
    """Freeze the list as it stands."""
    lines = listed(queue)
    last = queue.batches.aggregate(last=Max("ordinal"))["last"] or 0
    is_sent = state is BatchState.FORWARDED
    actor_id: Any = acting.actor.pk if acting.actor else None
    batch = Batch.objects.create(
        association_id=queue.association_id,
        queue=queue,
        ordinal=last + 1,
        state=state.value,
        digest=digest_of(lines),
        made_by_id=actor_id,
        made_at=acting.at,
        forwarded_by_id=actor_id if is_sent else None,
        forwarded_at=acting.at if is_sent else None,
    )
    BatchLine.objects.bulk_create(
        BatchLine(
            association_id=queue.association_id,
            batch=batch,
            queue=queue,
            passage=row,
            rank=rank,
            digest=row.digest,
            endorsement=opinion,
        )
        for rank, (row, opinion) in enumerate(lines, 1)
    )
    return batch


def _queue_for(queue_id: UUID, role: str, actor: Viewer, at: datetime) -> Queue:
    queue = locked_queue(queue_id)
    if role not in roles_in(queue, actor, at):
        raise Queue.DoesNotExist
    return queue
