"""Read formal checks: what has arrived, the list of a call, one check with its points."""

from keqiao.web.review.queries.arrived import arrived, has_arrived
from keqiao.web.review.queries.checks import (
    CallToCheck,
    Looked,
    PointSeen,
    call_to_check,
    calls_to_check,
    check_for,
    check_of,
    checks_of_call,
    looked_at,
    next_open,
)

__all__ = [
    "CallToCheck",
    "Looked",
    "PointSeen",
    "arrived",
    "call_to_check",
    "calls_to_check",
    "check_for",
    "check_of",
    "checks_of_call",
    "has_arrived",
    "looked_at",
    "next_open",
]
