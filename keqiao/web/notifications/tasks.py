"""What the worker calls."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.web.notifications import delivery
from keqiao.web.tasks import task


@transaction.atomic
def deliver_due(now: datetime) -> None:
    """Hand over what is due at ``now``, one task per message. The worker calls it every beat."""
    delivery.settle_unsure(now)
    for message_id, number in delivery.hand_over(now):
        deliver.enqueue(message_id, number, now.isoformat())


@task()
def deliver(message_id: str, number: int, handed_over: str) -> None:
    """Send one message. Safe to run again: only the first run of an attempt sends."""
    delivery.attempt(UUID(message_id), number, handed_over=datetime.fromisoformat(handed_over))
