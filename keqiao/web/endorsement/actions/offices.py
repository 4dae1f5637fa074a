"""What officers do: take in what was filed, say who takes a stage, settle quota and time of a queue; and paper."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from keqiao.core.endorsing.endorsers import Manner
from keqiao.core.lifecycle.endorsement import APPLICANT, OFFICER, PassageState
from keqiao.web.applications.permissions import Viewer
from keqiao.web.endorsement.actions.arriving import add_seats, arrive
from keqiao.web.endorsement.actions.co_signing import void_if_changed
from keqiao.web.endorsement.actions.writing import (
    LONGEST_WORDS,
    WHY,
    Acting,
    locked_passage,
    locked_queue,
    note,
    note_together,
    refusal,
    say,
    state_after,
    tidy_words,
)
from keqiao.web.endorsement.definitions import Way, endorsing_at, way_at
from keqiao.web.endorsement.models import BatchLine, Endorsement, Passage, Queue, Seat
from keqiao.web.endorsement.owed import follow_lists, follow_paper, follow_queues
from keqiao.web.endorsement.permissions import roles_in, roles_with
from keqiao.web.endorsement.telling import tell_arrived, tell_received
from keqiao.web.endorsement.telling_units import tell_lists_received, tell_queues
from keqiao.web.scope import crossing

ALONG = ("application__created_by", "association__organisation")
"""What letters about an application say."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What was seen on paper: words, or the picture of a stamped page by its id."""

    note: str = ""
    scan_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What an officer settles for one queue: how many it may forward (None: as many as it likes), until when, why."""

    quota: int | None
    deadline_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who takes the stage (None: whom the registers tell), and which chain holds where that was open ("": as it is)."""

    organisation_id: UUID | None = None
    chain: str = ""


def receive(passage_ids: Collection[UUID], *, actor: Viewer, at: datetime) -> None:
    """Take in what was filed, as the office of the call: from now on it cannot be recalled.

    Raises:
        Passage.DoesNotExist: one of them is not before this office.
        Refused: one of them is not filed.
    """
    with crossing(WHY), transaction.atomic():
        found = Passage.objects.select_for_update(of=("self",)).filter(pk__in=passage_ids)
        rows = list(found.select_related(*ALONG).order_by("pk"))
        if len(rows) != len(set(passage_ids)):
            raise Passage.DoesNotExist
        for row in rows:
            row.state = state_after(row.state, "receive", _as_office(row, actor, at)).value
            row.save(update_fields=["state"])
        note_together([("received", row, {}) for row in rows], Acting(actor, OFFICER, at))
        follow_lists(rows, at, "received")
        tell_received(rows, actor, at)
        tell_lists_received(rows, (actor, at))


def sign_on_paper(passage_id: UUID, paper: Paper, *, actor: Viewer, at: datetime) -> None:
    """Take a stage that is taken on paper: the unit brings the stamped page, or an officer notes what was seen.

    Raises:
        Passage.DoesNotExist: the actor has no business with it.
        Refused: the stage is not taken on paper, or neither words nor a picture are given.
    """
    words = paper.note.strip()
    if (not words and paper.scan_id is None) or len(words) > LONGEST_WORDS:
        raise refusal("endorsement.paper_missing", most=LONGEST_WORDS)
    with crossing(WHY), transaction.atomic():
        passage = locked_passage(passage_id)
        roles = roles_with(passage, actor, at) & {APPLICANT, OFFICER}
        if not roles:
            raise Passage.DoesNotExist
        if passage.manner != Manner.PAPER.value:
            raise refusal("endorsement.not_on_paper")
        way = way_at(passage.revision_id, passage.application.node, passage.chain)
        is_left = way is not None and passage.stage < len(way.stages)
        state_after(passage.state, "sign" if is_left else "sign_last", roles)
        acting = Acting(actor, OFFICER if OFFICER in roles else APPLICANT, at)
        opinion = say(passage, Endorsement.Act.SIGN, {"words": words, "scan_id": paper.scan_id}, acting)
        goes_on = is_left and way is not None and arrive(passage, way, passage.stage + 1, at)
        if not goes_on:
            passage.state, passage.since, passage.told_at = PassageState.FILED.value, at, at
        passage.save()
        event = "signed" if goes_on else "filed_on_paper"
        note(event, passage, acting, opinion=str(opinion.pk), stage=opinion.stage)
        follow_paper(Q(pk=passage.pk), at, event)
        follow_queues([passage.queue_id], at, event)
        if goes_on:
            tell_queues([passage], (actor, at))
        else:
            tell_arrived(passage, actor, at)


def assign(passage_id: UUID, assigned: Assigned, *, actor: Viewer, at: datetime) -> None:
    """Say, as the office of the call, who takes the stage of an application, or which chain holds for it.

    Raises:
        Passage.DoesNotExist: it is not before this office.
        Refused: it is filed already; the category has no such chain.
    """
    with crossing(WHY), transaction.atomic():
        found = Passage.objects.filter(pk=passage_id).values_list("queue_id", flat=True).first()
        queue = locked_queue(found) if found else None
        passage = locked_passage(passage_id)
        roles = _as_office(passage, actor, at)
        state_after(passage.state, "assign", roles)
        way = _way_assigned(passage, assigned)
        is_new_way = passage.chain != way.chain.id
        position = 1 if is_new_way else passage.stage
        goes_on = arrive(passage, way, position, at, by_unit=assigned.organisation_id)
        passage.told_at = None if goes_on else at
        passage.save()
        data = {"taker": str(passage.taker_id or ""), "chain": passage.chain, "stage": passage.stage}
        note("assigned" if goes_on else "filed_on_paper", passage, Acting(actor, OFFICER, at), **data)
        if queue is not None:
            void_if_changed(queue, at, actor=actor)
        follow_paper(Q(pk=passage.pk), at, "assigned")
        follow_queues([found, passage.queue_id], at, "assigned")
        if not goes_on:
            tell_arrived(passage, actor, at)
        elif passage.queue_id != found:
            tell_queues([passage], (actor, at))


def _way_assigned(passage: Passage, assigned: Assigned) -> Way:
    chain = assigned.chain or passage.chain
    way = endorsing_at(passage.revision_id, passage.application.node).ways.get(chain)
    if way is None:
        raise refusal("endorsement.no_such_chain", chain=chain)
    return way


def settle_queue(queue_id: UUID, settled: Settled, *, actor: Viewer, at: datetime) -> None:
    """Settle, as the office of the call, how many an endorsing unit may forward and until when.

    Raises:
        Queue.DoesNotExist: it is not of this office.
        Refused: more than the new quota have been forwarded, or the reason is missing.
    """
    reason = tidy_words(settled.reason, "endorsement.reason_missing")
    with crossing(WHY), transaction.atomic():
        queue = locked_queue(queue_id)
        if OFFICER not in roles_in(queue, actor, at):
            raise Queue.DoesNotExist
        if settled.quota != queue.quota:
            _reseat(queue, settled.quota)
        queue.quota, queue.deadline_at = settled.quota, settled.deadline_at
        queue.save(update_fields=["quota", "deadline_at"])
        data = {
            "quota": settled.quota or 0,
            "deadline": settled.deadline_at.isoformat() if settled.deadline_at else "",
        }
        note("settled", queue, Acting(actor, OFFICER, at), reason=reason, **data)
        follow_queues([queue.pk], at, "settled")


def _reseat(queue: Queue, quota: int | None) -> None:
    """As many seats as the quota says; who has been forwarded sits on the first of them."""
    lines = list(BatchLine.objects.filter(queue=queue, stands=True).order_by("seat__number", "pk"))
    if quota is not None and len(lines) > quota:
        raise refusal("endorsement.quota_below_taken", taken=len(lines), quota=quota)
    BatchLine.objects.filter(queue=queue, stands=True).update(seat=None, is_limited=False)
    Seat.objects.filter(queue=queue).delete()
    if quota is None:
        return
    add_seats(queue, range(1, quota + 1))
    for line, seat in zip(lines, Seat.objects.filter(queue=queue).order_by("number"), strict=False):
        BatchLine.objects.filter(pk=line.pk).update(seat=seat, is_limited=True)


def _as_office(passage: Passage, actor: Viewer, at: datetime) -> frozenset[str]:
    roles = roles_with(passage, actor, at)
    if OFFICER not in roles:
        raise Passage.DoesNotExist
    return frozenset({OFFICER})
