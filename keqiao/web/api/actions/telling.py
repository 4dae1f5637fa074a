"""Put what happened into the outbox of whoever is to be told, in the transaction of the act that made it so."""

import uuid
from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from keqiao.web.api.kinds import Happening
from keqiao.web.api.models import Delivery, DeliveryState
from keqiao.web.api.queries import Listener, listeners_among
from keqiao.web.rows import insert
from keqiao.web.scope import crossing

WHY = "an act is told to programs of other organisations that it concerns"
COLUMNS = (
    "id", "association_id", "webhook_id", "organisation_id", "kind", "body", "state", "attempts", "may_have_gone",
    "queued_at", "due_at", "fault",
)  # fmt: skip


def tell(happenings: Iterable[Happening]) -> None:
    """Queue a delivery for each address that is told of one of these; nothing goes out unless the act commits.

    One query where nobody listens, and one statement more where somebody does, however much happened.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("what happened is told inside the transaction of its act")
    known = list(happenings)
    everybody = {who for each in known for who in _concerned(each)}
    if not everybody:
        return
    with crossing(WHY):
        listeners = listeners_among(sorted(everybody))
        rows = [
            _row(each, to) for each in known for to in listeners if to.is_told(each.kind, _concerned(each))
        ]
        if rows:
            insert(Delivery, COLUMNS, rows)


def _concerned(happening: Happening) -> frozenset[UUID]:
    return happening.concerned | {happening.association_id}


def _row(happening: Happening, to: Listener) -> tuple[object, ...]:
    told = (happening.kind.value, happening.body(), DeliveryState.QUEUED.value, 0, False)
    whom = (to.webhook_id, to.organisation_id)
    return (uuid.uuid4(), happening.association_id, *whom, *told, happening.at, happening.at, "")
