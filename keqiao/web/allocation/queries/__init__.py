"""Read decisions and what becomes of applications."""

from keqiao.web.allocation.queries.decisions import (
    CallToDecide,
    call_to_decide,
    calls_to_decide,
    decision_for,
    rows_in,
    selection_in,
)
from keqiao.web.allocation.queries.selections import (
    next_in_reserve,
    pilots_of,
    reserves_of,
    selection_of,
    selections_of,
)

__all__ = [
    "CallToDecide",
    "call_to_decide",
    "calls_to_decide",
    "decision_for",
    "next_in_reserve",
    "pilots_of",
    "reserves_of",
    "rows_in",
    "selection_in",
    "selection_of",
    "selections_of",
]
