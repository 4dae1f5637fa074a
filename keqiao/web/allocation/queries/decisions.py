"""Decisions as the office sees them: which calls wait, one decision with everything its pages show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from keqiao.web.allocation.approving import CHOSEN
from keqiao.web.allocation.listed import LISTED
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.permissions import Viewer, decisions_seen
from keqiao.web.applications.permissions import associations_in_charge
from keqiao.web.programmes.queries import calls_for
from keqiao.web.review.queries.passed import passed_counted


@dataclass(frozen=True, slots=True)
class CallToDecide:
    """One call with how many of its applications may be decided; ``decision`` is None until somebody begins."""

    call: Any
    passed: int
    decision: Decision | None
    chosen: int


def calls_to_decide(viewer: Viewer, at: datetime) -> list[CallToDecide]:
    """Return the calls in the viewer's charge of which something passed the formal check, the newest first."""
    office = associations_in_charge(viewer, at)
    decisions = {row.call_id: row for row in Decision.objects.filter(decisions_seen(viewer, at))}
    passed = passed_counted(office)
    calls = calls_for(viewer, at).filter(pk__in=passed, association_id__in=office)  # type: ignore[arg-type]
    chosen = _chosen(decisions)
    return [
        CallToDecide(call, passed[call.pk], decisions.get(call.pk), chosen.get(call.pk, 0))
        for call in calls.order_by("-created_at")
    ]


def _chosen(call_ids: Any) -> dict[UUID, int]:
    rows = Selection.objects.filter(call_id__in=list(call_ids), state__in=CHOSEN)
    return dict(rows.order_by().values_list("call_id").annotate(Count("pk")))


def call_to_decide(viewer: Viewer, pk: UUID, at: datetime) -> Any:
    """Return a call in the viewer's charge; otherwise 404."""
    office = associations_in_charge(viewer, at)
    return get_object_or_404(calls_for(viewer, at).filter(association_id__in=office), pk=pk)  # type: ignore[arg-type]


def decision_for(viewer: Viewer, pk: UUID, at: datetime) -> Decision:
    """Return a decision that the viewer may read; otherwise 404."""
    rows = Decision.objects.filter(decisions_seen(viewer, at)).select_related("call", "made_by")
    return get_object_or_404(rows, pk=pk)


def rows_in(decision: Decision) -> QuerySet[Selection]:
    """Return the selections of a decision with all that its pages show, in the order of their lists."""
    rows = Selection.objects.filter(decision=decision).select_related(
        "application__unit", "application__leader", "merged_into__application"
    )
    return rows.order_by(*LISTED)


def selection_in(viewer: Viewer, pk: UUID, at: datetime) -> Selection:
    """Return a selection of a decision that the viewer may read; otherwise 404."""
    seen = Decision.objects.filter(decisions_seen(viewer, at))
    rows = Selection.objects.filter(decision__in=seen).select_related(
        "decision__call", "application__unit", "application__leader", "merged_into__application"
    )
    return get_object_or_404(rows, pk=pk)
