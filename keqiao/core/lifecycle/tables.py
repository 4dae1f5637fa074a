"""All tables from review to credit, for whoever has to know every one of them."""

from enum import StrEnum
from typing import Any

from keqiao.core.lifecycle import (
    acceptance,
    activity,
    change_request,
    credit,
    expert,
    formal_check,
    grant,
    instalment,
    objection,
    public_notice,
    review_round,
    review_task,
    selection,
    settlement,
)
from keqiao.core.lifecycle.table import Table

TABLES: tuple[Table[Any], ...] = (
    formal_check.TABLE,
    review_round.TABLE,
    expert.TABLE,
    review_task.TABLE,
    selection.TABLE,
    public_notice.TABLE,
    objection.TABLE,
    grant.TABLE,
    instalment.TABLE,
    settlement.TABLE,
    change_request.TABLE,
    activity.TABLE,
    acceptance.TABLE,
    credit.TABLE,
)
"""In the order of a season."""

STATES: dict[str, type[StrEnum]] = {each.case: type(next(iter(each.ends))) for each in TABLES}
"""The states of each kind of case."""
