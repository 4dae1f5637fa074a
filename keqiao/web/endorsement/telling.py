"""Applicants are told what was decided when the list goes on and not before; then that it arrived, and was received."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.web.applications.permissions import Viewer
from keqiao.web.endorsement.models import Batch, Endorsement, Passage
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.ui.site_addresses import page_address

FORWARDED, DECLINED = "endorsement.forwarded", "endorsement.declined"
FILED, ARRIVED, RECEIVED = "endorsement.filed", "endorsement.arrived", "endorsement.received"


def tell_of_batch(batch: Batch, forwarded: Iterable[Passage], declined: Iterable[Passage]) -> None:
    """Put a letter into the outbox for whoever began each application of a list that has just gone on."""
    by, to = {"by": batch.queue.taker.name}, {"to": batch.queue.association.organisation.name}
    acted = (batch.forwarded_by, batch.forwarded_at or batch.made_at, batch.pk.hex)
    for passage in forwarded:
        has_arrived = passage.state == PassageState.FILED.value
        template, said = (FILED, by | to) if has_arrived else (FORWARDED, by)
        _tell(template, passage, said, acted)
    said = {each.passage_id: each.words for each in _reasons(batch)}
    for passage in declined:
        reason = " ".join(said.get(passage.pk, "").split())
        _tell(DECLINED, passage, {**by, "reason": reason}, acted)


def tell_arrived(passage: Passage, actor: Viewer, at: datetime) -> None:
    """Tell that an application has reached the association without a list: on paper, or because nobody endorses it."""
    _tell(ARRIVED, passage, {"to": _association(passage)}, (actor, at, f"{at:%Y%m%d%H%M%S%f}"))


def tell_received(passages: Iterable[Passage], actor: Viewer, at: datetime) -> None:
    """Tell that the association has received these applications."""
    for passage in passages:
        _tell(RECEIVED, passage, {"by": _association(passage)}, (actor, at, f"{at:%Y%m%d%H%M%S%f}"))


def _association(passage: Passage) -> str:
    return str(passage.association.organisation.name)


def _reasons(batch: Batch) -> Iterable[Endorsement]:
    return Endorsement.objects.filter(queue=batch.queue, act=Endorsement.Act.DECLINE.value).order_by(
        "ordinal"
    )


def _tell(
    template: str, passage: Passage, more: dict[str, str], by: tuple[Viewer | None, datetime, str]
) -> None:
    """``by``: who acted, when, and what tells this occasion from others about the same application."""
    actor, at, occasion = by
    application: Any = passage.application
    account = application.created_by
    if account is None or (actor is not None and account.pk == actor.pk):
        return
    letter = Letter(
        template,
        recipient_id=account.pk,
        address=account.email or "",
        language=account.language,
        variables={
            "title": application.title.strip() or application.number,
            "number": application.number,
            "url": page_address("applications:detail", application.pk),
            **more,
        },
        about=("applications.application", str(application.pk)),
        association_id=passage.association_id,
    )
    queue(letter, key=f"{template}:{occasion}:{passage.pk.hex}", at=at)
