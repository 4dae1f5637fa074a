"""An officer looks at messages before they go, and sends them or leaves them out. Nobody edits one.

Each act is about messages of one association, and one event of its outbox.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from keqiao.web.audit import log
from keqiao.web.audit.log import Chain
from keqiao.web.notifications.actions.queueing import without_secrets
from keqiao.web.notifications.models import Channel, Message, MessageState
from keqiao.web.notifications.permissions import Viewer, role_in
from keqiao.web.notifications.phases import why_over
from keqiao.web.notifications.quiet import may_go_at

OUTBOX = "notifications.outbox"
MOST_AT_ONCE = 500
LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Released:
    """What became of messages that were to be sent: how many go, and how many came too late."""

    sent: int
    over: int


@transaction.atomic
def release(association_id: UUID, ids: Sequence[UUID], *, actor: Viewer, at: datetime) -> Released:
    """Let reviewed messages go. One about a phase that is over is cancelled instead, and says why.

    What was decided meanwhile by somebody else is left as it is.
    """
    over = 0
    waiting = list(_waiting(association_id, ids))
    for message in waiting:
        if why := why_over(message, at):
            _cancel(message, why, at)
            over += 1
        else:
            _let_go(message, at)
        message.save()
    if waiting:
        _record("released", waiting, actor, at)
    return Released(len(waiting) - over, over)


@transaction.atomic
def leave_out(association_id: UUID, ids: Sequence[UUID], reason: str, *, actor: Viewer, at: datetime) -> int:
    """Let reviewed messages not go, for a reason. Returns how many."""
    waiting = list(_waiting(association_id, ids))
    for message in waiting:
        _cancel(message, LEFT_OUT, at)
        message.save()
    if waiting:
        _record("left_out", waiting, actor, at, reason)
    return len(waiting)


def _waiting(association_id: UUID, ids: Sequence[UUID]) -> QuerySet[Message]:
    rows = Message.objects.select_for_update().filter(association_id=association_id, pk__in=ids)
    return rows.filter(state=MessageState.REVIEW).order_by("pk")


def _cancel(message: Message, why: str, at: datetime) -> None:
    message.state, message.settled_at, message.fault = MessageState.CANCELLED, at, why
    message.variables = without_secrets(message)


def _let_go(message: Message, at: datetime) -> None:
    """In the site it is there at once, and new from this moment; outside it waits for the worker."""
    if message.channel == Channel.IN_APP:
        message.state, message.settled_at, message.queued_at = MessageState.SENT, at, at
    else:
        message.state = MessageState.QUEUED
        message.due_at = may_go_at(message.channel, message.association_id, at)


def _record(act: str, messages: Sequence[Message], actor: Viewer, at: datetime, reason: str = "") -> None:
    association_id = messages[0].association_id
    kinds = sorted({message.template for message in messages})
    log.record(
        act,
        Chain(OUTBOX, str(association_id)),
        actor=actor,
        role=role_in(actor, association_id, at),
        at=at,
        data={"messages": len(messages), "kinds": kinds},
        reason=reason,
    )
