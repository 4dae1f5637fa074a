"""What became of the applications of a call, as rooms that come after the decision ask it. Who may see was asked."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from keqiao.core.allocation import Reason
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.allocation.frozen import thawed
from keqiao.web.allocation.listed import LISTED, RANKED
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.naming import called


def selections_of(call_id: UUID) -> QuerySet[Selection]:
    """Return all selections of a call with their applications, in the order of their lists."""
    rows = Selection.objects.filter(call_id=call_id).select_related("application__unit", "merged_into")
    return rows.order_by(*LISTED)


def selection_of(application_id: UUID) -> Selection | None:
    """Return what becomes of an application, or nothing."""
    rows = Selection.objects.select_related("application__unit", "decision", "merged_into__application")
    return rows.filter(application_id=application_id).first()


def pilots_of(selections: Iterable[Selection]) -> dict[UUID, str]:
    """Return the titles of the pilots that took selections in, by the application that went into one."""
    taken = [row for row in selections if row.state == SelectionState.ABSORBED.value]
    kept = Decision.objects.filter(pk__in={row.decision_id for row in taken})
    decisions = {row.pk: thawed(row.proposed) for row in kept}
    pilots = {}
    for row in taken:
        frozen = decisions[row.decision_id]
        verdict = frozen.proposal.verdicts.get(str(row.application_id)) if frozen else None
        if verdict is not None and verdict.reason is Reason.ABSORBED_BY_PILOT:
            pilots[row.application_id] = str(verdict.values["pilot"])
    titles = {
        str(row.application_id): called(row.application)
        for row in Selection.objects.filter(application_id__in=set(pilots.values())).select_related(
            "application"
        )
    }
    return {taken_in: titles[pilot] for taken_in, pilot in pilots.items()}


def reserves_of(selection: Selection) -> QuerySet[Selection]:
    """Return those in reserve for the place of a selection: of its category, the next in rank first."""
    application: Any = selection.application
    rows = Selection.objects.filter(
        decision_id=selection.decision_id,
        application__node=application.node,
        state=SelectionState.RESERVE.value,
        rank__isnull=False,
    )
    return rows.select_related("application__unit").order_by(*RANKED)


def next_in_reserve(selection: Selection) -> Selection | None:
    """Return who takes the place of a selection, or nothing where nobody is in reserve in its category.

    Of several with the same rank a person decides: nothing is returned, ``reserves_of`` shows them.
    """
    first = list(reserves_of(selection)[:2])
    if len(first) > 1 and first[0].rank == first[1].rank:
        return None
    return first[0] if first else None
