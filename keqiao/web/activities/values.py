"""The fields of a record in the spelling in which they are stored, and as the core counts them."""

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from keqiao.core.forms.answers import canonical
from keqiao.core.programme.fact_words import FactField, FactWords
from keqiao.core.targets.records import Given

Stored = str | list[str]


def as_given(values: Mapping[str, Stored], words: FactWords) -> dict[str, Given]:
    """Return stored fields as the core takes them: numbers exact, several words as a tuple."""
    return {name: _given(value, words.fields[name]) for name, value in values.items() if name in words.fields}


def _given(value: Stored, field: FactField) -> Given:
    if isinstance(value, list):
        return tuple(value)
    return Decimal(value) if field.is_number else value


def as_stored(value: Any) -> Stored:
    """Return what a field of a form gave as it is stored."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return list(value) if isinstance(value, list | tuple) else str(value)


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the digest of a record's content, as its events name it."""
    return hashlib.sha256(canonical({name: _plain(value) for name, value in content.items()})).hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
