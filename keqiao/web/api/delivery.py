"""Tell what is due: each delivery to its one address, one worker at a time, again after a failure.

A row is handed over by leasing it and enqueueing one attempt; the attempt that could count itself is the only sender.
Right before the request goes ``on_wire_at`` is committed, so that a row whose worker died tells whether it may have
gone. Other than a message to a person (``notifications.delivery``) such a one goes again: under the same
``webhook-id``, by which the receiver knows what it has already (docs/decisions/0095). A delivery that is given up says
honestly which it is: ``failed`` where it surely never arrived, ``unsure`` where one of its attempts may have.

An address that fails rests before it is tried again, whatever else waits for it: a dead receiver does not hold up the
worker. After ``LONG`` without a success, or where it answers that it is gone (410), it is told nothing more.
"""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from keqiao.web.api.actions import disable
from keqiao.web.api.models import Delivery, DeliveryState, Webhook
from keqiao.web.api.posting import post
from keqiao.web.api.reaching import NotReachable, public_address, target_of
from keqiao.web.api.signing import signed_headers
from keqiao.web.notifications.faults import NotTaken, Overtaken, Unsure

LEASE = timedelta(minutes=10)
BATCH = 100
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 300, 600, 840, 1200, 1440))
"""How long to wait after the first, second … failed attempt: over three days, as the specification advises."""
REST = timedelta(minutes=5)
"""How long an address rests after a failure at most."""
LONG = timedelta(days=5)
KEPT = timedelta(days=90)
"""How long deliveries are kept after they are settled."""
FORGOTTEN_AT_ONCE = 1000
NO_ANSWER = "worker_died"


def forget_old(now: datetime) -> None:
    """Delete what was settled long ago. Safe to run at any time."""
    old = Delivery.objects.filter(settled_at__lt=now - KEPT).values_list("pk", flat=True)
    if ids := list(old[:FORGOTTEN_AT_ONCE]):
        Delivery.objects.filter(pk__in=ids).delete()


@transaction.atomic
def hand_over(now: datetime) -> list[tuple[str, int]]:
    """Lease what is due and return it as (id, number of the attempt), oldest first, in one batch.

    What a dead worker left on the wire is taken up again with the note that it may have gone.
    """
    queued = Delivery.objects.filter(state=DeliveryState.QUEUED.value)
    died = queued.filter(on_wire_at__isnull=False, leased_until__lte=now)
    died.update(may_have_gone=True, on_wire_at=None, fault=NO_ANSWER)
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    awake = Q(webhook__rests_until__isnull=True) | Q(webhook__rests_until__lte=now)
    due = queued.filter(free, awake, due_at__lte=now)
    rows = due.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk")
    leased = list(rows.values_list("pk", "attempts")[:BATCH])
    Delivery.objects.filter(pk__in=[pk for pk, _ in leased]).update(leased_until=now + LEASE)
    return [(str(pk), attempts + 1) for pk, attempts in leased]


def attempt(delivery_id: UUID, number: int, *, handed_over: datetime) -> None:
    """Tell one thing if nobody else has taken this attempt; settle it or let it wait for the next one."""
    mine = _waiting(delivery_id).filter(on_wire_at__isnull=True, attempts=number - 1)
    row = mine.select_related("webhook").first()
    if row is None or _rests(mine, row.webhook, handed_over):
        return
    if not mine.update(attempts=number):
        return
    row.attempts = number
    try:
        status = _told(row, handed_over)
    except Overtaken:
        return
    except Unsure as fault:
        _failed(row, fault.code, handed_over, may_have_gone=True)
    except (NotTaken, NotReachable) as fault:
        _failed(row, fault.code, handed_over)
    else:
        _answered(row, status, handed_over)


def _waiting(delivery_id: UUID) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=delivery_id, state=DeliveryState.QUEUED.value)


def _rests(mine: QuerySet[Delivery], webhook: Webhook, now: datetime) -> bool:
    """Has its address failed since it was handed over? Then it waits with the others."""
    until = webhook.rests_until
    if until is None or until <= now:
        return False
    mine.update(due_at=until, leased_until=None)
    return True


def _told(row: Delivery, now: datetime) -> int:
    """Send it and return the status of the answer; where it goes is looked at anew each time."""
    target = target_of(row.webhook.url)
    address = public_address(target)
    secret: Any = row.webhook.secret
    if not secret:  # stopped meanwhile
        raise Overtaken(str(row.pk))
    body = row.body.encode()
    headers = signed_headers(secret.plain(), str(row.pk), int(now.timestamp()), body)

    def brink() -> None:
        rows = _waiting(row.pk).filter(attempts=row.attempts, on_wire_at__isnull=True)
        if not rows.update(on_wire_at=Now()):
            raise Overtaken(str(row.pk))

    return post((target, address), headers, body, brink)


def _answered(row: Delivery, status: int, now: datetime) -> None:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        _settle(row, DeliveryState.SENT, "")
        well = Webhook.objects.filter(pk=row.webhook_id)
        well.exclude(failing_since=None, rests_until=None).update(failing_since=None, rests_until=None)
    else:
        _failed(row, f"http_{status}", now, may_have_gone=status >= HTTPStatus.INTERNAL_SERVER_ERROR)
        if status == HTTPStatus.GONE:
            disable(row.webhook_id, at=now)


def _failed(row: Delivery, fault: str, now: datetime, *, may_have_gone: bool = False) -> None:
    """Let it wait for the next attempt, or give it up; its address rests."""
    may_have_gone = may_have_gone or row.may_have_gone
    if row.attempts > len(PAUSES):
        row.may_have_gone = may_have_gone
        _settle(row, DeliveryState.UNSURE if may_have_gone else DeliveryState.FAILED, fault)
        pause = REST
    else:
        pause = PAUSES[row.attempts - 1]
        _waiting(row.pk).filter(attempts=row.attempts).update(
            due_at=now + pause, leased_until=None, on_wire_at=None, may_have_gone=may_have_gone, fault=fault
        )
    webhook = Webhook.objects.filter(pk=row.webhook_id)
    webhook.update(rests_until=now + min(pause, REST))
    webhook.filter(failing_since__isnull=True).update(failing_since=now)
    if webhook.filter(failing_since__lte=now - LONG).exists():
        disable(row.webhook_id, at=now)


def _settle(row: Delivery, state: DeliveryState, fault: str) -> None:
    _waiting(row.pk).filter(attempts=row.attempts).update(
        state=state.value,
        settled_at=Now(),
        leased_until=None,
        may_have_gone=row.may_have_gone,
        fault=fault,
    )
