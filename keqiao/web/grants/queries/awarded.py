"""What was awarded and has no grant yet: selections whose notice is concluded."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.allocation.queries.selections import selections_of

CONFIRMED = SelectionState.CONFIRMED.value


def awaiting(call_id: UUID) -> QuerySet[Any]:
    """Return the confirmed selections of a call that have no grant. Who may see them was asked before."""
    rows = selections_of(call_id).filter(state=CONFIRMED, grant__isnull=True)
    return rows.select_related("application__unit", "application__leader", "call__association")
