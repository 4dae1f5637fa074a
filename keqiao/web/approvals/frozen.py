"""What is frozen of an act: plain values, written in one spelling, under a salted digest."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Plain = str | int | bool | None
"""Values that both databases give back as they were. Fractions are text: a score is "87.5", money is fen."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after. ``name`` is one of the act's labels, or stands as it is."""

    name: str
    before: Plain
    after: Plain


def canonical(value: Any) -> bytes:
    """Return ``value`` as JSON in the one spelling that is hashed: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def digest_of(salt: str, content: Any) -> str:
    """Return the SHA-256 (hexadecimal) of ``content`` under ``salt``.

    Salted, because the event chain keeps it for ever and an amount or a score is easily guessed.
    """
    return hashlib.sha256(canonical([salt, content])).hexdigest()


def require_plain(value: Any, place: str) -> None:
    """Check that ``value`` is made of plain values, lists and mappings with text keys, at any depth.

    Raises:
        ValueError: something else stands there; the message says where, not what.
    """
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise ValueError(f"{place}: a key that is no text")
        inner = [(f"{place}.{key}", each) for key, each in value.items()]
    elif isinstance(value, list):
        inner = [(f"{place}[{number}]", each) for number, each in enumerate(value)]
    else:
        _require_value(value, place)
        return
    for inner_place, each in inner:
        require_plain(each, inner_place)


def _require_value(value: Any, place: str) -> None:
    if value is not None and not isinstance(value, Plain):
        raise ValueError(f"{place}: {type(value).__name__} is no plain value; write it as text")
    if isinstance(value, str) and "\0" in value:  # PostgreSQL keeps no such character
        raise ValueError(f"{place}: text with a null character")


def changes_between(before: Mapping[str, Plain], after: Mapping[str, Plain]) -> tuple[Change, ...]:
    """Return what differs between two sets of named values, by name; what is absent counts as None."""
    names = sorted(before.keys() | after.keys())
    pairs = ((name, before.get(name), after.get(name)) for name in names)
    return tuple(Change(name, old, new) for name, old, new in pairs if old != new)
