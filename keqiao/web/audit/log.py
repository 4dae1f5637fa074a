"""Write one event. Every act of every room ends here, in the same transaction as its change."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any, Protocol, TypedDict, Unpack

from django.db import connection, models

from keqiao.web.audit.chains import Chain, chain_of
from keqiao.web.audit.digests import digest_of, require_codes, salted_digest
from keqiao.web.audit.models import ERASED, ChainHead, Event, Reason
from keqiao.web.rows import insert, lock_words, select

ACT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


__all__ = [
    "ERASED",
    "Actor",
    "By",
    "Chain",
    "Details",
    "Happened",
    "OutsideTransactionError",
    "erase_reason",
    "record",
    "record_together",
]


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
    event = Event(**_said(Happened(act, chain_of(case), details.get("data") or {}), By(actor, role, at)))
    return _append(event, details.get("reason", "").strip())


@dataclass(frozen=True, slots=True)
class By:
    """Who acts (None: the program itself), in which role, and when."""

    actor: Actor | None
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Happened:
    """One event to be recorded: its act, its chain, its data."""

    act: str
    chain: Chain
    data: Mapping[str, Any] = field(default_factory=dict)


def record_together(happened: Sequence[Happened], by: By) -> None:
    """Append an event to each of several chains, in three statements however many they are.

    For acts that many people do in the same minute. Each chain occurs once; whoever calls holds a lock on its case,
    so that nobody else begins the chain meanwhile.

    Raises:
        OutsideTransactionError, ValueError: as :func:`record` says.
    """
    heads = _heads([each.chain for each in happened])
    links = [_link(each, by, *heads.get(each.chain, (0, ""))) for each in happened]
    insert(Event, EVENT, [event_row(link) for link in links])
    insert(ChainHead, HEAD, [head_row(link) for link in links], MOVED)


@dataclass(slots=True)
class _Link:
    """One event as it is written by hand: the columns of the table, without the weight of a model."""

    chain_kind: str
    chain_id: str
    act: str
    role: str
    at: datetime
    data: Mapping[str, Any]
    actor_id: Any
    sequence: int
    previous_digest: str
    reason_digest: str = ""
    digest: str = ""


def _link(happened: Happened, by: By, sequence: int, digest: str) -> _Link:
    link = _Link(**_said(happened, by), sequence=sequence + 1, previous_digest=digest)
    link.digest = digest_of(link)
    return link


EVENT = (
    "chain_kind", "chain_id", "sequence", "act", "actor_id", "role", "at", "reason_digest", "data",
    "previous_digest", "digest",
)  # fmt: skip
LINK = ("chain_kind", "chain_id", "sequence", "digest")
event_row, head_row = attrgetter(*EVENT), attrgetter(*LINK)
HEAD = ("kind", "case_id", "sequence", "digest")
MOVED = "ON CONFLICT (kind, case_id) DO UPDATE SET sequence = excluded.sequence, digest = excluded.digest"
HEADS = "SELECT h.kind, h.case_id, h.sequence, h.digest FROM audit_chainhead h WHERE "


def _heads(chains: Sequence[Chain]) -> dict[tuple[str, str], tuple[int, str]]:
    """The last link of each chain that has begun, locked."""
    which = " OR ".join(["(h.kind = %s AND h.case_id = %s)"] * len(chains))
    rows = select(f"{HEADS}{which}{lock_words('h')}", [part for chain in chains for part in chain])
    return {(kind, case): (sequence, digest) for kind, case, sequence, digest in rows}


def _said(happened: Happened, by: By) -> dict[str, Any]:
    """What an event says, without its place in the chain."""
    act = happened.act
    if not connection.in_atomic_block:
        raise OutsideTransactionError(f"{act}: record an event inside the transaction of its change")
    if not ACT.fullmatch(act):
        raise ValueError(f"{act!r} is no act: write a code such as published or quota.raised")
    if by.at.tzinfo is None:
        raise ValueError(f"{act}: the time has no zone")
    data = dict(happened.data)
    if unit := getattr(by.actor, "acting_for", None):  # the person stands in the event, and for whom
        data["acting_for"] = str(unit)
    require_codes(data)
    kind, case = happened.chain
    actor_id = by.actor.pk if by.actor is not None else None
    said = {"chain_kind": kind, "chain_id": case, "act": act, "role": str(by.role), "at": by.at, "data": data}
    return {**said, "actor_id": actor_id}


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
