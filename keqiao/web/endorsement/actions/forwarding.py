"""An endorsing unit forwards its list as one act, and takes it back while nobody further on has acted."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from keqiao.core.endorsing.endorsers import Manner
from keqiao.core.findings import Weight
from keqiao.core.lifecycle.batch import ENDORSER, BatchState
from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.refusals import Refused
from keqiao.web.endorsement.actions.arriving import arrive
from keqiao.web.endorsement.actions.co_signing import live_batch, make_batch
from keqiao.web.endorsement.actions.deciding import set_places
from keqiao.web.endorsement.actions.writing import (
    WHY,
    Acting,
    batch_state_after,
    locked_queue,
    note,
    note_together,
    refusal,
    state_after,
    tidy_words,
)
from keqiao.web.endorsement.definitions import way_at
from keqiao.web.endorsement.models import Batch, BatchLine, Passage, Queue, Seat
from keqiao.web.endorsement.owed import follow_lists, follow_paper, follow_queues
from keqiao.web.endorsement.permissions import roles_in
from keqiao.web.endorsement.queries.lists import against_forwarding
from keqiao.web.endorsement.queries.standing_lists import digest_of, listed
from keqiao.web.endorsement.telling import tell_of_batch
from keqiao.web.endorsement.telling_units import tell_list_recalled, tell_office, tell_queues
from keqiao.web.scope import crossing

BEHIND = 2_000_000
"""Added to the places of what comes back, until all are numbered anew."""


def forward(queue_id: UUID, *, actor: Viewer, at: datetime) -> Batch:
    """Forward everything that is recommended, in its order, as one batch; applicants are told what was decided.

    Raises:
        Queue.DoesNotExist: the actor has no business with it.
        Refused: with everything that stands against it; nothing was written.
    """
    with crossing(WHY), transaction.atomic():
        queue = locked_queue(queue_id)
        if ENDORSER not in roles_in(queue, actor, at):
            raise Queue.DoesNotExist
        rows = queue.passages.select_for_update(of=("self",)).select_related("application__created_by")
        passages = list(rows.order_by("pk"))
        if stops := [each for each in against_forwarding(queue, at) if each.weight is Weight.REFUSE]:
            raise Refused(*stops)
        acting = Acting(actor, ENDORSER, at)
        batch = _batch(queue, acting)
        lines = list(batch.lines.select_related("passage__application__created_by").order_by("rank"))
        _seat(queue, lines)
        happened = [_sent_on(line, at) for line in lines]
        declined = _tell_declined(passages, at)
        batch.declined = len(declined)
        batch.save()
        note("forwarded", batch, acting, digest=batch.digest, count=len(lines), declined=batch.declined)
        note_together(happened, acting)
        gone = [passage for _event, passage, _data in happened]
        tell_of_batch(batch, gone, declined)
        _follow([queue.pk], gone, at, "forwarded")
        follow_lists(gone, at, "forwarded")
        tell_queues(gone, (actor, at))
        tell_office(batch, gone, (actor, at))
        return batch


def _batch(queue: Queue, acting: Acting) -> Batch:
    """The list that was agreed to, or the list as it stands where nobody has to agree."""
    batch = live_batch(queue)
    if batch is None:
        return make_batch(queue, BatchState.FORWARDED, acting)
    if batch.digest != digest_of(listed(queue)):
        raise refusal("endorsement.list_changed")
    batch.state = batch_state_after(batch.state, "forward", {ENDORSER}).value
    batch.forwarded_by_id, batch.forwarded_at = acting.actor.pk if acting.actor else None, acting.at
    return batch


def _seat(queue: Queue, lines: Iterable[BatchLine]) -> None:
    """Each line takes a place of the quota; there are as many as the call gives, and no table holds more."""
    free = iter(Seat.objects.select_for_update(of=("self",)).filter(queue=queue, line__isnull=True))
    for line in lines:
        line.stands, line.is_limited = True, queue.quota is not None
        line.seat = next(free) if line.is_limited else None
        line.save(update_fields=["stands", "is_limited", "seat"])


def _sent_on(line: BatchLine, at: datetime) -> tuple[str, Passage, dict[str, object]]:
    """Lay it before whoever comes next, or with the association."""
    passage = line.passage
    way = way_at(passage.revision_id, passage.application.node, passage.chain)
    is_left = way is not None and passage.stage < len(way.stages)
    act = "pass_on" if is_left else "file"
    passage.state = state_after(passage.state, act, {ENDORSER}).value
    queue_id, stage = passage.queue_id, passage.stage
    goes_on = is_left and way is not None and arrive(passage, way, stage + 1, at)
    if not goes_on:
        passage.place, passage.since, passage.told_at = None, at, at
        passage.state = PassageState.FILED.value
    passage.came_by_id = line.batch_id
    passage.save()
    data = {"batch": str(line.batch_id), "rank": line.rank, "queue": str(queue_id), "stage": passage.stage}
    return "passed_on" if goes_on else "filed", passage, data


def _tell_declined(passages: Iterable[Passage], at: datetime) -> list[Passage]:
    """What was not recommended is told with the list."""
    untold = [row for row in passages if row.state == PassageState.DECLINED.value and row.told_at is None]
    Passage.objects.filter(pk__in=[row.pk for row in untold]).update(told_at=at)
    return untold


def _follow(queues: list[UUID | None], passages: Iterable[Passage], at: datetime, fact: str) -> None:
    """What is owed in these queues and in those where the passages are now, or on paper."""
    passages = list(passages)
    follow_queues([*queues, *(passage.queue_id for passage in passages)], at, fact)
    for passage in passages:
        if passage.manner == Manner.PAPER.value:
            follow_paper(Q(pk=passage.pk), at, fact)


def recall(batch_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Take a forwarded list back while neither the next step nor the association has acted on any of it.

    Everything comes back recommended, in its order, before what has been recommended since; its seats are free.

    Raises:
        Batch.DoesNotExist: the actor has no business with it.
        Refused: it is not forwarded, somebody has acted, or the reason is missing.
    """
    words = tidy_words(reason, "endorsement.reason_missing")
    with crossing(WHY), transaction.atomic():
        queue, batch = _batch_for(batch_id, actor, at)
        batch.state = batch_state_after(batch.state, "recall", {ENDORSER}).value
        lines = list(batch.lines.filter(stands=True).select_related("passage__application").order_by("rank"))
        rows = {
            row.pk: row
            for row in Passage.objects.select_for_update().filter(pk__in=[line.passage_id for line in lines])
        }
        _require_untouched(lines, rows)
        BatchLine.objects.filter(pk__in=[line.pk for line in lines]).update(stands=False, seat=None)
        left = [row.queue_id for row in rows.values()]
        on_paper = [row for row in rows.values() if row.manner == Manner.PAPER.value]
        _bring_back(queue, [rows[line.passage_id] for line in lines], at)
        batch.recalled_at = at
        batch.save(update_fields=["state", "recalled_at"])
        acting = Acting(actor, ENDORSER, at)
        note("recalled", batch, acting, reason=words, count=len(lines))
        data = {"batch": str(batch.pk)}
        note_together([("recalled", rows[line.passage_id], data) for line in lines], acting)
        follow_queues([queue.pk, *left], at, "recalled")
        follow_lists(list(rows.values()), at, "recalled")
        for row in on_paper:
            follow_paper(Q(pk=row.pk), at, "recalled")
        tell_list_recalled(batch, words, (actor, at))


def _batch_for(batch_id: UUID, actor: Viewer, at: datetime) -> tuple[Queue, Batch]:
    found = Batch.objects.filter(pk=batch_id).values_list("queue_id", flat=True).first()
    queue = locked_queue(found) if found else None
    if queue is None or ENDORSER not in roles_in(queue, actor, at):
        raise Batch.DoesNotExist
    return queue, Batch.objects.select_for_update(of=("self",)).get(pk=batch_id)


def _require_untouched(lines: Iterable[BatchLine], rows: dict[UUID, Passage]) -> None:
    acted = [line.passage.application for line in lines if not _is_untouched(line, rows[line.passage_id])]
    if acted:
        titles = tuple(each.title or each.number for each in acted)
        raise refusal("endorsement.already_acted", titles=titles)


def _is_untouched(line: BatchLine, passage: Passage) -> bool:
    """Is it where this list has brought it, and nobody has done anything there?"""
    if passage.came_by_id != line.batch_id:
        return False
    is_new = passage.state == PassageState.WAITING.value and passage.handled_at is None
    return is_new or passage.state == PassageState.FILED.value


def _bring_back(queue: Queue, passages: list[Passage], at: datetime) -> None:
    standing = list(queue.passages.filter(place__isnull=False).order_by("place").values_list("pk", flat=True))
    for place, passage in enumerate(passages, 1):
        passage.state = state_after(passage.state, "recall", {ENDORSER}).value
        passage.queue, passage.taker_id, passage.stage = queue, queue.taker_id, queue.stage
        passage.manner, passage.since, passage.handled_at = "queue", at, at
        passage.told_at, passage.came_by, passage.place = None, None, BEHIND + place
        passage.save()
    set_places(queue, [*(passage.pk for passage in passages), *standing])
