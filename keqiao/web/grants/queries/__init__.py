"""Read grants, their money, changes and settlements."""

from keqiao.web.grants.models import Condition
from keqiao.web.grants.queries.grants import (
    CallSeen,
    Term,
    all_grants,
    call_seen,
    calls_with_grants,
    grant_for,
    grant_of,
    grants_of_call,
    locked_grants,
    may_begin,
    own_grants,
    targets_of,
    term_of,
    waiting_of,
)
from keqiao.web.grants.queries.money import (
    LineSeen,
    Money,
    change_for,
    money_of,
    receipt_for,
    settlement_for,
    settlement_of,
)

__all__ = [
    "CallSeen",
    "Condition",
    "LineSeen",
    "Money",
    "Term",
    "all_grants",
    "call_seen",
    "calls_with_grants",
    "change_for",
    "grant_for",
    "grant_of",
    "grants_of_call",
    "locked_grants",
    "may_begin",
    "money_of",
    "own_grants",
    "receipt_for",
    "settlement_for",
    "settlement_of",
    "targets_of",
    "term_of",
    "waiting_of",
]
