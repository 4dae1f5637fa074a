"""Read acceptances and credit entries."""

from keqiao.web.acceptance.queries.acceptances import (
    CallSeen,
    acceptance_for,
    acceptance_of,
    acceptances_of_call,
    call_seen,
    calls_to_close,
    entry_for,
    own_acceptances,
    own_entries,
    paper_for,
)

__all__ = [
    "CallSeen",
    "acceptance_for",
    "acceptance_of",
    "acceptances_of_call",
    "call_seen",
    "calls_to_close",
    "entry_for",
    "own_acceptances",
    "own_entries",
    "paper_for",
]
