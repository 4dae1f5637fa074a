"""What the worker calls."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.web.api import delivery
from keqiao.web.tasks import task


@transaction.atomic
def tell_due(now: datetime) -> None:
    """Hand over what other programs are to be told at ``now``, one task each. The worker calls it every beat."""
    delivery.forget_old(now)
    for delivery_id, number in delivery.hand_over(now):
        tell_one.enqueue(delivery_id, number, now.isoformat())


@task()
def tell_one(delivery_id: str, number: int, handed_over: str) -> None:
    """Make one delivery. Safe to run again: only the first run of an attempt sends."""
    delivery.attempt(UUID(delivery_id), number, handed_over=datetime.fromisoformat(handed_over))
