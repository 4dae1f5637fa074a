"""Write one event. Every act of every room ends here, in the same transaction as its change."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol, TypedDict, Unpack

from django.db import connection, models

from keqiao.web.audit.chains import Chain, chain_of
from keqiao.web.audit.digests import digest_of, require_codes, salted_digest
from keqiao.web.audit.models import ERASED, ChainHead, Event, Reason

ACT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


__all__ = ["ERASED", "Actor", "Chain", "Details", "OutsideTransactionError", "erase_reason", "record"]


class Actor(Protocol):
    """Who acts: an account. Nothing but its id is kept."""

    pk: Any


class Details(TypedDict, total=False):
    """What else an event may say: the words of a reason, and ids, codes, whole numbers and digests."""

    reason: str
    data: Mapping[str, Any]


class OutsideTransactionError(RuntimeError):
    """An event was to be written outside a transaction, where it could outlive or miss its change."""


def record(
    act: str,
    case: models.Model | Chain,
    *,
    actor: Actor | None,
    role: str,
    at: datetime,
    **details: Unpack[Details],
) -> Event:
    """Append one event to the chain of ``case`` and return it.

    ``act`` is a code in the past tense (``published``); ``actor`` is None when the program acts by
    itself, then ``role`` says which part of it. ``details`` may hold ``reason`` (free words, kept apart
    and erasable) and ``data``.

    Raises:
        OutsideTransactionError: called outside the transaction of the change.
        ValueError: a naive time, an act that is no code, or data that holds more than ids, codes,
            whole numbers and digests.
    """
    if not connection.in_atomic_block:
        raise OutsideTransactionError(f"{act}: record an event inside the transaction of its change")
    if not ACT.fullmatch(act):
        raise ValueError(f"{act!r} is no act: write a code such as published or quota.raised")
    if at.tzinfo is None:
        raise ValueError(f"{act}: the time has no zone")
    data = dict(details.get("data") or {})
    if unit := getattr(actor, "acting_for", None):  # the person stands in the event, and for whom
        data["acting_for"] = str(unit)
    require_codes(data)
    chain = chain_of(case)
    event = Event(chain_kind=chain.kind, chain_id=chain.id, act=act, role=str(role), at=at, data=data)
    event.actor_id = actor.pk if actor is not None else None
    return _append(event, details.get("reason", "").strip())


def _append(event: Event, words: str) -> Event:
    head, _created = ChainHead.objects.select_for_update().get_or_create(
        kind=event.chain_kind, case_id=event.chain_id
    )
    salt = secrets.token_hex(16)
    event.sequence, event.previous_digest = head.sequence + 1, head.digest
    event.reason_digest = salted_digest(words, salt) if words else ""
    event.digest = digest_of(event)
    event.save(force_insert=True)
    if words:
        Reason.objects.create(event=event, salt=salt, text=words)
    head.sequence, head.digest = event.sequence, event.digest
    head.save(update_fields=["sequence", "digest"])
    return event


def erase_reason(event: Event, *, actor: Actor | None, role: str, at: datetime) -> Event | None:
    """Destroy the words of one reason for good and record that it was done. The chain still verifies.

    Called inside the transaction of the erasing. None: somebody else was quicker, and nothing is recorded.
    """
    erased, _by_table = Reason.objects.filter(event=event).delete()
    if not erased:
        return None
    chain = Chain(event.chain_kind, event.chain_id)
    return record("reason_erased", chain, actor=actor, role=role, at=at, data={"sequence": event.sequence})
