"""Send what is due: each to its one recipient, one worker at a time, again after a failure, never twice.

A message is handed over by leasing its row and enqueueing one attempt. An attempt begins by counting itself; the one
that could count is the only sender. Right before the word that cannot be taken back it writes ``on_wire_at`` down and
commits. So a row whose worker died tells how far it came:

- not on the wire: nothing has gone; when the lease has run out it is sent again;
- on the wire, without an outcome: it may have gone. The program does not guess: the message becomes ``unsure``, and a
  person who looks it up decides (docs/decisions/0089).

What a mail encloses is made when it goes. Where that fails the mail waits; after ``TRIES_TO_ENCLOSE``, or where it
would never come right, the mail goes with its words and its link, and says that something is missing.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Now

from keqiao.web.notifications import wecom
from keqiao.web.notifications.actions import without_secrets
from keqiao.web.notifications.carriers import CARRIERS
from keqiao.web.notifications.faults import NotTaken, Overtaken, Unsure
from keqiao.web.notifications.ledger import Ledger
from keqiao.web.notifications.mail import NOT_ENCLOSED, TRIES_TO_ENCLOSE, mail_from
from keqiao.web.notifications.models import Channel, Message, MessageState
from keqiao.web.notifications.phases import why_over
from keqiao.web.notifications.quiet import may_go_at

__all__ = ["NOT_ENCLOSED", "TRIES_TO_ENCLOSE", "attempt", "hand_over", "mail_from", "settle_unsure"]

LEASE = timedelta(minutes=10)
BATCH = 200
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
"""How long to wait after the first, second … failed attempt. After one more the message has failed."""
MINUTE = timedelta(minutes=1)
NO_ANSWER = "worker_died"
LONGEST_FAULT = 60


@transaction.atomic
def hand_over(now: datetime) -> list[tuple[str, int]]:
    """Lease what is due and return it as (message id, number of the attempt), oldest first, in one batch."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    due = Message.objects.filter(free, state=MessageState.QUEUED, channel__in=list(CARRIERS), due_at__lte=now)
    rows = due.filter(on_wire_at__isnull=True).select_for_update(skip_locked=True).order_by("due_at")
    leased = list(rows.values_list("pk", "attempts")[:BATCH])
    Message.objects.filter(pk__in=[pk for pk, _ in leased]).update(leased_until=now + LEASE)
    return [(str(pk), attempts + 1) for pk, attempts in leased]


def settle_unsure(now: datetime) -> None:
    """What was on the wire when its worker died may have gone: leave it to a person. Safe to run at any time."""
    died = Message.objects.filter(state=MessageState.QUEUED, on_wire_at__isnull=False, leased_until__lte=now)
    for message in died[:BATCH]:
        _settle(_waiting(message.pk), message, MessageState.UNSURE, NO_ANSWER)


def attempt(message_id: UUID, number: int, *, handed_over: datetime) -> None:
    """Send one message if nobody else has taken this attempt; settle it or let it wait for the next one."""
    mine = _waiting(message_id).filter(on_wire_at__isnull=True, attempts=number - 1)
    message = mine.first()
    if message is None or _stays(mine, message, handed_over):
        return
    if not mine.update(attempts=number):
        return
    message.attempts = number
    try:
        lacks = CARRIERS[message.channel](message, _ledger(message_id, number))
    except Overtaken:
        return
    except Unsure as fault:
        _settle(_waiting(message_id), message, MessageState.UNSURE, fault.code)
    except NotTaken as fault:
        _wait_or_give_up(message, fault, handed_over)
    else:
        _settle(_waiting(message_id), message, MessageState.SENT, lacks)


def _waiting(message_id: UUID) -> QuerySet[Message]:
    return Message.objects.filter(pk=message_id, state=MessageState.QUEUED)


def _stays(mine: QuerySet[Message], message: Message, now: datetime) -> bool:
    """Does it not go now: because its phase is over, the hours are quiet, or its address has had enough this minute?"""
    if why := why_over(message, now):
        mine.update(
            state=MessageState.CANCELLED,
            settled_at=Now(),
            leased_until=None,
            fault=why,
            variables=without_secrets(message),
        )
        return True
    at = max(_earliest(message, now), _when_not_too_many(message, now))
    if at > now:
        mine.update(due_at=at, leased_until=None)
    return at > now


def _earliest(message: Message, now: datetime) -> datetime:
    """Return the end of the quiet hours; for what no association sends (codes) there are none."""
    return may_go_at(message.channel, message.association_id, now) if message.association_id else now


def _when_not_too_many(message: Message, now: datetime) -> datetime:
    """Return when an address of WeCom takes more: it counts what it was sent within a minute."""
    if message.channel != Channel.WECOM:
        return now
    lately = Message.objects.filter(
        channel=Channel.WECOM, address=message.address, settled_at__gt=now - MINUTE
    )
    said = lately.aggregate(parts=Sum("parts_sent"))["parts"] or 0
    left = len(wecom.parts_of(message)) - message.parts_sent
    return now + MINUTE if said and said + left > wecom.limit_of(message.address) else now


def _ledger(message_id: UUID, number: int) -> Ledger:
    rows = _waiting(message_id).filter(attempts=number)

    def brink() -> None:
        if not rows.filter(on_wire_at__isnull=True).update(on_wire_at=Now()):
            raise Overtaken(str(message_id))

    def part_taken() -> None:
        rows.update(parts_sent=F("parts_sent") + 1, on_wire_at=None)

    return Ledger(brink, part_taken)


def _wait_or_give_up(message: Message, fault: NotTaken, handed_over: datetime) -> None:
    rows = _waiting(message.pk).filter(attempts=message.attempts)
    if fault.for_good or message.attempts > len(PAUSES):
        rows.update(on_wire_at=None)
        _settle(rows, message, MessageState.FAILED, fault.code)
    else:
        later = handed_over + PAUSES[message.attempts - 1]
        rows.update(due_at=later, leased_until=None, on_wire_at=None, fault=fault.code[:LONGEST_FAULT])


def _settle(rows: QuerySet[Message], message: Message, state: MessageState, fault: str) -> None:
    """Write the outcome down; what the message would have opened is wiped, gone or not."""
    rows.update(
        state=state,
        settled_at=Now(),
        leased_until=None,
        fault=fault[:LONGEST_FAULT],
        variables=without_secrets(message),
    )
