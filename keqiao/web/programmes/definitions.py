"""Definitions as they lie in the database: plain JSON values, and the digest of such values."""

import hashlib
import json
from typing import Any

from keqiao.core.programme.types import Programme

Values = dict[str, Any]


def values_of(programme: Programme) -> Values:
    """Return the definition as plain values; what is not stated is left out."""
    return programme.model_dump(mode="json", exclude_defaults=True)


def programme_of(values: Values) -> Programme:
    """Return the definition that ``values_of`` gave.

    Raises:
        pydantic.ValidationError: the values are no definition.
    """
    return Programme.model_validate(values)


def copy_of(values: Any) -> Any:
    """Return a copy of values, or of a part of them, that shares nothing with them.

    There are only mappings, lists and what never changes, so it takes a fifth of the time of ``copy.deepcopy``.
    """
    if isinstance(values, dict):
        return {name: copy_of(value) for name, value in values.items()}
    if isinstance(values, list):
        return [copy_of(value) for value in values]
    return values


def digest_of(values: Values) -> str:
    """Return the SHA-256 (hexadecimal) of values in their one spelling: sorted keys, no spaces, UTF-8.

    Databases give keys back in their own order, so the spelling may not depend on it.
    """
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
