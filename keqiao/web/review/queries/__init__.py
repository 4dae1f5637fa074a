"""Read formal checks, and rounds of review: the office, the experts, what closed rounds came to."""

from keqiao.web.review.queries.arrived import arrived, has_arrived
from keqiao.web.review.queries.barring import settled_between
from keqiao.web.review.queries.board import board_of, proposal_of, without_account
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
from keqiao.web.review.queries.desk import entry_of, marks_of, takes_part, task_of_expert, tasks_of_expert
from keqiao.web.review.queries.naming import names_for
from keqiao.web.review.queries.outcomes import OutcomeSeen, outcomes_of, outcomes_of_round
from keqiao.web.review.queries.rounds import (
    ToJudge,
    calls_to_judge,
    calls_with_passed,
    entries_of,
    nodes_to_judge,
    nodes_with_passed,
    round_for,
    rounds_for,
    sheet_of,
    sheets_of_round,
    task_for_office,
)

__all__ = [
    "CallToCheck",
    "Looked",
    "OutcomeSeen",
    "PointSeen",
    "ToJudge",
    "arrived",
    "board_of",
    "call_to_check",
    "calls_to_check",
    "calls_to_judge",
    "calls_with_passed",
    "check_for",
    "check_of",
    "checks_of_call",
    "entries_of",
    "entry_of",
    "has_arrived",
    "looked_at",
    "marks_of",
    "names_for",
    "next_open",
    "nodes_to_judge",
    "nodes_with_passed",
    "outcomes_of",
    "outcomes_of_round",
    "proposal_of",
    "round_for",
    "rounds_for",
    "settled_between",
    "sheet_of",
    "sheets_of_round",
    "takes_part",
    "task_for_office",
    "task_of_expert",
    "tasks_of_expert",
    "without_account",
]
