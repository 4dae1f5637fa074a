"""An endorsing unit decides: recommend, decline, reconsider, send back, put in order."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from keqiao.core.endorsing.lists import reordered
from keqiao.core.lifecycle.endorsement import ENDORSER, PassageState
from keqiao.web.applications.actions.returning import Correction, return_for_correction
from keqiao.web.applications.permissions import Viewer
from keqiao.web.endorsement.actions.co_signing import void_if_changed
from keqiao.web.endorsement.actions.writing import (
    WHY,
    Acting,
    locked_queue,
    note,
    refusal,
    say,
    state_after,
    taken_in_hand,
    tidy_words,
)
from keqiao.web.endorsement.definitions import way_at
from keqiao.web.endorsement.models import Endorsement, Passage, Queue
from keqiao.web.endorsement.owed import follow_queues
from keqiao.web.endorsement.permissions import roles_in
from keqiao.web.scope import crossing

ASIDE = 1_000_000
"""Added to places while they change, so that no two are the same at any moment."""


def recommend(passage_id: UUID, opinion: str, *, actor: Viewer, at: datetime) -> None:
    """Recommend an application, with an opinion. It comes last in the order, or keeps the place it had.

    Raises:
        Passage.DoesNotExist: it does not lie before the actor.
        Refused: it is decided already, or the opinion is missing or too long.
    """
    with crossing(WHY), transaction.atomic():
        queue, passage, state = taken_in_hand(passage_id, "recommend", actor, at)
        words = tidy_words(opinion, "endorsement.opinion_missing")
        if passage.place is None:
            passage.place = (queue.passages.aggregate(last=Max("place"))["last"] or 0) + 1
        _decided(
            passage, state, "recommended", (Endorsement.Act.RECOMMEND, words), Acting(actor, ENDORSER, at)
        )
        void_if_changed(queue, at, actor=actor)


def decline(passage_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Do not recommend an application, for a reason. The applicant is told with the batch.

    Raises:
        Passage.DoesNotExist: it does not lie before the actor.
        Refused: it is decided already, or the reason is missing or too long.
    """
    with crossing(WHY), transaction.atomic():
        queue, passage, state = taken_in_hand(passage_id, "decline", actor, at)
        words = tidy_words(reason, "endorsement.reason_missing")
        passage.place = passage.told_at = None
        _decided(passage, state, "declined", (Endorsement.Act.DECLINE, words), Acting(actor, ENDORSER, at))
        void_if_changed(queue, at, actor=actor)


def reconsider(passage_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Take a decision back that has not been forwarded.

    Raises:
        Passage.DoesNotExist: it does not lie before the actor.
        Refused: nothing has been decided.
    """
    with crossing(WHY), transaction.atomic():
        queue, passage, state = taken_in_hand(passage_id, "reconsider", actor, at)
        passage.place = passage.told_at = None
        _decided(
            passage, state, "reconsidered", (Endorsement.Act.RECONSIDER, ""), Acting(actor, ENDORSER, at)
        )
        void_if_changed(queue, at, actor=actor)


def _decided(
    passage: Passage, state: PassageState, event: str, said: tuple[Endorsement.Act, str], acting: Acting
) -> None:
    act, words = said
    passage.state, passage.handled_at = state.value, passage.handled_at or acting.at
    passage.save(update_fields=["state", "place", "handled_at", "told_at"])
    opinion = say(passage, act, {"words": words}, acting)
    note(event, passage, acting, opinion=str(opinion.pk), stage=passage.stage)
    follow_queues([passage.queue_id], acting.at, event)


def give_back(passage_id: UUID, correction: Correction, *, actor: Viewer, at: datetime) -> None:
    """Return an application to its unit for correction of the named fields; its place in the order stays.

    Raises:
        Passage.DoesNotExist: it does not lie before the actor.
        Refused: the call does not let this step return anything, or as ``return_for_correction`` says.
    """
    with crossing(WHY), transaction.atomic():
        passage = Passage.objects.select_related("queue", "application").get(pk=passage_id)
        if passage.queue is None or ENDORSER not in roles_in(passage.queue, actor, at):
            raise Passage.DoesNotExist
        state_after(passage.state, "return", {ENDORSER})
        way = way_at(passage.revision_id, passage.application.node, passage.chain)
        if way is not None and not way.stage(passage.stage).may_return:
            raise refusal("endorsement.may_not_return")
        return_for_correction(passage.application_id, correction, actor=actor, at=at)  # tells this room


def rank(queue_id: UUID, order: Sequence[UUID], *, actor: Viewer, at: datetime) -> None:
    """Put the recommended applications of a queue in order, the first one first; who is returned keeps the place.

    Raises:
        Queue.DoesNotExist: the actor has no business with it.
        Refused: the order does not name each recommended one once.
    """
    with crossing(WHY), transaction.atomic():
        queue = locked_queue(queue_id)
        roles = roles_in(queue, actor, at)
        if not roles:
            raise Queue.DoesNotExist
        state_after(PassageState.RECOMMENDED.value, "rank", roles)
        rows = list(queue.passages.select_for_update().filter(place__isnull=False).order_by("place"))
        listed = [row.pk for row in rows if row.state == PassageState.RECOMMENDED.value]
        if sorted(order) != sorted(listed):
            raise refusal("endorsement.order_incomplete", listed=len(listed), given=len(order))
        set_places(queue, reordered([row.pk for row in rows], list(order)))
        note("ranked", queue, Acting(actor, ENDORSER, at), order=[str(pk) for pk in order])
        void_if_changed(queue, at, actor=actor)


def set_places(queue: Queue, placed: Sequence[UUID]) -> None:
    """Give these passages of a queue under lock the places 1, 2, 3 …, those first that stand first."""
    rows = Passage.objects.filter(queue=queue, place__isnull=False)
    rows.update(place=F("place") + ASIDE)
    for place, pk in enumerate(placed, 1):
        Passage.objects.filter(pk=pk).update(place=place)
