"""Applicants are told what was decided, when the list goes on and not before."""

from collections.abc import Iterable
from typing import Any

from keqiao.web.endorsement.models import Batch, Endorsement, Passage
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.ui.site_addresses import page_address

FORWARDED, DECLINED = "endorsement.forwarded", "endorsement.declined"


def tell_of_batch(batch: Batch, forwarded: Iterable[Passage], declined: Iterable[Passage]) -> None:
    """Put a letter into the outbox for whoever began each application of a list that has just gone on."""
    for passage in forwarded:
        _tell(FORWARDED, batch, passage, {})
    said = {each.passage_id: each.words for each in _reasons(batch)}
    for passage in declined:
        _tell(DECLINED, batch, passage, {"reason": " ".join(said.get(passage.pk, "").split())})


def _reasons(batch: Batch) -> Iterable[Endorsement]:
    return Endorsement.objects.filter(queue=batch.queue, act=Endorsement.Act.DECLINE.value).order_by(
        "ordinal"
    )


def _tell(template: str, batch: Batch, passage: Passage, more: dict[str, str]) -> None:
    application: Any = passage.application
    account = application.created_by
    if account is None:
        return
    letter = Letter(
        template,
        recipient_id=account.pk,
        address=account.email or "",
        language=account.language,
        variables={
            "title": " ".join(application.title.split()) or application.number,
            "number": application.number,
            "by": batch.queue.taker.name,
            "url": page_address("applications:detail", application.pk),
            **more,
        },
        about=("applications.application", str(application.pk)),
        association_id=batch.association_id,
    )
    queue(letter, key=f"{template}:{batch.pk.hex}:{passage.pk.hex}", at=batch.forwarded_at or batch.made_at)
