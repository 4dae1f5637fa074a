"""How an event is written down before it is hashed, and what may stand in its data."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from keqiao.web.audit.models import Event

CODE = re.compile(r"[A-Za-z0-9._:/+\-]{0,200}")
"""Ids, codes, dates and digests. Names, addresses and sentences do not fit, and must not."""

PLAIN = (bool, int, type(None))


def canonical(value: Any) -> bytes:
    """Return ``value`` as JSON in the one spelling that is hashed: sorted keys, no spaces, UTF-8."""
    return SPELLING.encode(value).encode()


SPELLING = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest_of(event: Event) -> str:
    """Return the SHA-256 (hexadecimal) over everything the event says, the digest before it included."""
    return hashlib.sha256(
        canonical(
            {
                "act": event.act,
                "actor": event.actor_id and str(event.actor_id),
                "at": stamp(event.at),
                "chain": [event.chain_kind, event.chain_id],
                "data": event.data,
                "previous": event.previous_digest,
                "reason": event.reason_digest,
                "role": event.role,
                "sequence": event.sequence,
            }
        )
    ).hexdigest()


def salted_digest(text: str, salt: str) -> str:
    """Return the SHA-256 of ``text`` under ``salt``.

    Once the salt is erased nobody can guess the text from it.
    """
    return hashlib.sha256(canonical([salt, text])).hexdigest()


def stamp(moment: datetime) -> str:
    """Return ``moment`` in UTC to the microsecond, the finest that both databases keep."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def require_codes(data: Any, place: str = "data") -> None:
    """Check that ``data`` holds only ids, codes, whole numbers and digests, at any depth.

    Raises:
        ValueError: something else stands there; the message says where, not what.
    """
    if _holds_codes(data):
        return
    if isinstance(data, Mapping):
        for key, value in data.items():
            require_codes(key, f"{place} (key)")
            require_codes(value, f"{place}.{key}")
    elif isinstance(data, list | tuple):
        for number, value in enumerate(data):
            require_codes(value, f"{place}[{number}]")
    elif isinstance(data, str):
        raise ValueError(f"{place}: an event holds ids and codes; words belong in an erasable row")
    else:
        raise ValueError(
            f"{place}: {type(data).__name__} cannot stand in an event; give its id, code or digest"
        )


def _holds_codes(data: Any) -> bool:
    """Are there only ids, codes, whole numbers and digests in it? Asked first: of what is wrong the place is sought."""
    if isinstance(data, str):
        return CODE.fullmatch(data) is not None
    if isinstance(data, PLAIN):
        return True
    if isinstance(data, Mapping):
        return all(map(_holds_codes, data)) and all(map(_holds_codes, data.values()))
    return isinstance(data, list | tuple) and all(map(_holds_codes, data))
