"""Endorsing units and the office are told what others have done: something waits, a list came back or went on.

Whoever acted is not told. A letter names the call and the list; of applications only what stands on that list.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from keqiao.core.lifecycle.endorsement import OFFICER, PassageState
from keqiao.web.accounts.queries import holders_of
from keqiao.web.applications.permissions import Viewer
from keqiao.web.endorsement.models import Batch, BatchLine, Passage, Queue
from keqiao.web.endorsement.owed import UNFINISHED
from keqiao.web.endorsement.permissions import TAKES
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.parties.queries import local_day
from keqiao.web.ui.site_addresses import page_address

By = tuple[Viewer | None, datetime]
"""Who acted (None: the program), and when."""
QUEUE, BATCH = Queue._meta.label_lower, Batch._meta.label_lower


def tell_queues(came: Iterable[Passage], by: By) -> None:
    """Tell the people of each queue in which nothing waited to be decided or forwarded until these came."""
    new: dict[UUID, list[UUID]] = {}
    for passage in came:
        if passage.queue_id and passage.state == PassageState.WAITING.value:
            new.setdefault(passage.queue_id, []).append(passage.pk)
    for queue_id, passages in new.items():
        others = Passage.objects.filter(queue_id=queue_id, state__in=UNFINISHED).exclude(pk__in=passages)
        if not others.exists():
            _tell_begun(Queue.objects.select_related("call", "taker").get(pk=queue_id), by)


def _tell_begun(found: Queue, by: By) -> None:
    said = {
        "call": found.call.title,
        "taker": found.taker.name,
        "until": f"{local_day(found.deadline_at):%Y-%m-%d}" if found.deadline_at else "—",
        "url": page_address("endorsement:queue", found.pk),
    }
    letter = Letter("endorsement.queue_begins", variables=said, about=(QUEUE, str(found.pk)))
    _tell_all(letter, (TAKES, found.taker_id, found.association_id), by)


def tell_list_recalled(batch: Batch, reason: str, by: By) -> None:
    """Tell the unit of a list that one of its people took it back."""
    _tell_of_list("list_recalled", batch, {"reason": reason}, by)


def tell_list_refused(batch: Batch, by: By) -> None:
    """Tell the unit of a list that its co-signer does not agree to it, and why."""
    signer = batch.queue.co_signer.name if batch.queue.co_signer else batch.queue.co_signing
    _tell_of_list("list_refused", batch, {"by": signer, "reason": batch.decision}, by)


def tell_list_voided(batch: Batch, by: By) -> None:
    """Tell the unit of a list that it changed, so that nobody has agreed to it any more."""
    _tell_of_list("list_voided", batch, {}, by)


def tell_sent_back(passage: Passage, by: By) -> None:
    """Tell the units that forwarded an application that somebody further on returned it for correction."""
    title = passage.application.title.strip() or passage.application.number
    said = {"title": title, "number": passage.application.number}
    for line in _standing([passage]):
        _tell_of_list("sent_back", line.batch, said, by)


def tell_lists_received(passages: Collection[Passage], by: By) -> None:
    """Tell the units that forwarded these applications, once for each list, that it cannot be recalled any more.

    Once: the association may receive what stands on a list one by one, on a page of each.
    """
    for batch in {line.batch_id: line.batch for line in _standing(passages)}.values():
        office = batch.association.organisation.name
        _tell_of_list("list_received", batch, {"by": office}, by, once=True)


def tell_office(batch: Batch, forwarded: Iterable[Passage], by: By) -> None:
    """Tell the office of the call how many of a list that was forwarded have reached it; nothing where none has."""
    count = sum(passage.state == PassageState.FILED.value for passage in forwarded)
    if not count:
        return
    call = batch.queue.call
    said = {
        "call": call.title,
        "by": batch.queue.taker.name,
        "count": str(count),
        "url": page_address("endorsement:office", call.pk),
    }
    letter = Letter("endorsement.list_arrived", variables=said, about=(BATCH, str(batch.pk)))
    body = batch.queue.association.organisation_id
    _tell_all(letter, ((OFFICER,), body, batch.association_id), by)


def _standing(passages: Collection[Passage]) -> Iterable[BatchLine]:
    """Where these stand on lists that were forwarded."""
    lines = BatchLine.objects.filter(passage__in=[row.pk for row in passages], stands=True)
    along = ("batch__queue__call", "batch__queue__taker", "batch__association__organisation")
    return lines.select_related(*along).order_by("batch__forwarded_at", "rank")


def _tell_of_list(name: str, batch: Batch, more: dict[str, str], by: By, *, once: bool = False) -> None:
    said = {
        "call": batch.queue.call.title,
        "ordinal": str(batch.ordinal),
        "url": page_address("endorsement:batch", batch.pk),
        **more,
    }
    letter = Letter(f"endorsement.{name}", variables=said, about=(BATCH, str(batch.pk)))
    _tell_all(letter, (TAKES, batch.queue.taker_id, batch.association_id), by, once=once)


def _tell_all(letter: Letter, to: tuple[Collection[str], UUID, UUID], by: By, *, once: bool = False) -> None:
    """One letter for each who holds one of the roles in the body, in the name of the association of the call.

    ``once``: about this case there is one such letter ever; else one for each time that somebody acts.
    """
    roles, body_id, association_id = to
    actor, at = by
    people = {person.pk: person for role in roles for person in holders_of(role, body_id, at)}
    for person in people.values():
        if actor is None or person.pk != actor.pk:
            _, _, name = letter.template.partition(".")
            occasion = "" if once else f"{at:%Y%m%d%H%M%S%f}"
            key = f"{name}:{UUID(letter.about[1]).hex}:{person.pk.hex}:{occasion}"
            own = replace(
                letter,
                recipient_id=person.pk,
                address=person.email or "",
                language=person.language,
                association_id=association_id,
            )
            queue(own, key=key, at=at)
