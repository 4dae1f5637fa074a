"""What passed the formal check, and what was said at its points, for the decision. Who may see it was asked before."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from keqiao.core.lifecycle.application import IN_HAND
from keqiao.core.lifecycle.formal_check import FormalCheckState
from keqiao.web.applications.queries.bundles import applications_of_call
from keqiao.web.review.models import FormalCheck, Round, RoundState

PASSED = FormalCheckState.PASSED.value
UNFINISHED = (RoundState.PLANNED.value, RoundState.OPEN.value)


def passed_of(call_id: UUID) -> QuerySet[Any]:
    """Return the applications of a call that are submitted and passed the formal check."""
    rows = applications_of_call(call_id).filter(state__in=[state.value for state in IN_HAND])
    return rows.filter(formal_check__state=PASSED).order_by("node", "number")


def answers_at_passing(application_ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """Return what was said at each point of the checks that were passed, by application and key of the point."""
    rows = FormalCheck.objects.filter(application_id__in=application_ids, state=PASSED)
    return {row.application_id: {each["key"]: each["said"] for each in row.found} for row in rows}


def unfinished_rounds(call_id: UUID) -> int:
    """Return how many rounds of review of a call are not closed yet."""
    return Round.objects.filter(call_id=call_id, state__in=UNFINISHED).count()


def passed_counted(association_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many applications to the calls of these associations passed the formal check, by call."""
    rows = FormalCheck.objects.filter(association_id__in=association_ids, state=PASSED)
    return dict(rows.order_by().values_list("call_id").annotate(Count("pk")))
