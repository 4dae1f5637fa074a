"""What the office sets (``Policy``), as it lies in ``Decision.policy``, and back."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from keqiao.core.allocation import Policy

_POLICY = TypeAdapter(Policy)


def policy_in(values: Mapping[str, Any]) -> Policy:
    """Return the policy; what nobody set is as the core has it."""
    return _POLICY.validate_python(values) if values else Policy()


def values_of(policy: Policy) -> dict[str, Any]:
    """Return a policy as plain values."""
    said: dict[str, Any] = _POLICY.dump_python(policy, mode="json")
    return said
