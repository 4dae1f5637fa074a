"""Instalments whose condition holds become due, and the ledger says so."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from keqiao.core.lifecycle.instalment import TABLE, InstalmentState
from keqiao.core.lifecycle.roles import PROGRAM
from keqiao.core.money.ledger import Meet
from keqiao.web.grants.actions.writing import note
from keqiao.web.grants.ledger import account_of, enter
from keqiao.web.grants.models import Condition, Grant, Instalment

PLANNED = InstalmentState.PLANNED.value
AS_THE_PROGRAM = (None, PROGRAM)


def meet_planned(grant: Grant, condition: Condition, at: datetime) -> None:
    """Let the planned instalments that waited for ``condition``, or for nothing, become due. The grant is locked."""
    rows = grant.instalments.filter(state=PLANNED, condition__in=["", condition.value])
    met(grant, list(rows), (*AS_THE_PROGRAM, at))


def met(grant: Grant, rows: Sequence[Instalment], by: tuple[Any, str, datetime]) -> None:
    """Make these planned instalments due: each that the ledger does not hold as met is entered there."""
    actor, role, at = by
    known = account_of(grant).instalments if rows else {}
    enter(grant, [Meet(row.name) for row in rows if not known[row.name].is_met], actor=actor, at=at)
    for row in rows:
        row.state = TABLE.after(InstalmentState(row.state), "meet", {role}).value
        row.save(update_fields=["state"])
        note("met", row, by)
