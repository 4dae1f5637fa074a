"""Acceptances as their readers see them: by call, those of a unit, one; credit entries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.acceptance import AcceptanceState as S
from keqiao.core.lifecycle.grant import UNDER_WAY
from keqiao.web.acceptance.models import Acceptance, CreditEntry, OwedPaper
from keqiao.web.acceptance.permissions import (
    Viewer,
    acceptances_overseen,
    acceptances_seen,
    credit_about,
    credit_seen,
)
from keqiao.web.grants.permissions import grants_of_units, grants_overseen
from keqiao.web.grants.queries import all_grants, calls_with_grants

ALONG = (
    "call",
    "grant__unit",
    "grant__leader",
    "grant__application",
    "grant__finance_bureau",
    "concluded_by",
)
WITH_THE_UNIT = [S.DUE.value, S.RETURNED.value, S.RECTIFYING.value]
OPEN_FOR = sorted(state.value for state in UNDER_WAY)


@dataclass(frozen=True, slots=True)
class CallSeen:
    """A call with its projects counted: ``waiting`` are under way and have no acceptance yet."""

    call: Any
    waiting: int = 0
    with_units: int = 0
    to_judge: int = 0
    passed: int = 0
    failed: int = 0


def calls_to_close(viewer: Viewer, at: datetime) -> list[CallSeen]:
    """Return the calls with grants that the viewer oversees, the newest first, in a constant number of queries."""
    return list(_seen(all_grants(grants_overseen(viewer, at)), viewer, at))


def call_seen(viewer: Viewer, pk: UUID, at: datetime) -> CallSeen:
    """Return one call with its projects counted; 404 where the viewer oversees none of them."""
    grants = all_grants(grants_overseen(viewer, at)).filter(call_id=pk)
    found = next(iter(_seen(grants, viewer, at)), None)
    if found is None:
        raise Http404
    return found


def _seen(grants: QuerySet[Any], viewer: Viewer, at: datetime) -> list[CallSeen]:
    waiting = Q(acceptance__isnull=True, state__in=OPEN_FOR)
    counted = grants.order_by().values("call_id").annotate(waiting=Count("pk", filter=waiting))
    by_call = {row["call_id"]: row["waiting"] for row in counted}
    judged = _judged(Acceptance.objects.filter(acceptances_overseen(viewer, at), call_id__in=list(by_call)))
    calls = [each.call for each in calls_with_grants(viewer, at) if each.call.pk in by_call]
    return [CallSeen(call, by_call[call.pk], **judged.get(call.pk, {})) for call in calls]


def _judged(rows: QuerySet[Acceptance]) -> Mapping[UUID, dict[str, int]]:
    counted = (
        rows.order_by()
        .values("call_id")
        .annotate(
            with_units=Count("pk", filter=Q(state__in=WITH_THE_UNIT)),
            to_judge=Count("pk", filter=Q(state=S.SUBMITTED.value)),
            passed=Count("pk", filter=Q(state=S.PASSED.value)),
            failed=Count("pk", filter=Q(state=S.FAILED.value)),
        )
    )
    return {row.pop("call_id"): row for row in counted}


def acceptances_of_call(viewer: Viewer, call_id: UUID, at: datetime) -> QuerySet[Acceptance]:
    """Return the acceptances of a call that the viewer oversees."""
    rows = Acceptance.objects.filter(acceptances_overseen(viewer, at), call_id=call_id)
    return rows.select_related("grant__unit").order_by("grant__number")


def own_acceptances(viewer: Viewer, at: datetime) -> QuerySet[Acceptance]:
    """Return the acceptances of the viewer's units."""
    own = all_grants(grants_of_units(viewer, at)).order_by().values("pk")
    return Acceptance.objects.filter(grant__in=own).select_related("grant__unit", "call")


def acceptance_for(viewer: Viewer, pk: UUID, at: datetime) -> Acceptance:
    """Return an acceptance that the viewer may see; otherwise 404."""
    rows = Acceptance.objects.filter(acceptances_seen(viewer, at)).select_related(*ALONG)
    return get_object_or_404(rows, pk=pk)


def acceptance_of(application_id: UUID) -> Acceptance | None:
    """Return the acceptance of an application's project, or nothing. Who may see it was asked before."""
    return Acceptance.objects.filter(grant__application_id=application_id).select_related(*ALONG).first()


def paper_for(viewer: Viewer, pk: UUID, at: datetime) -> OwedPaper:
    """Return a paper of an acceptance that the viewer may see; otherwise 404."""
    seen = Acceptance.objects.filter(acceptances_seen(viewer, at)).order_by().values("pk")
    rows = OwedPaper.objects.filter(acceptance__in=seen).select_related("acceptance__grant", "file")
    return get_object_or_404(rows, pk=pk)


def entry_for(viewer: Viewer, pk: UUID, at: datetime) -> CreditEntry:
    """Return a credit entry that the viewer may see; otherwise 404."""
    rows = CreditEntry.objects.filter(credit_seen(viewer, at))
    return get_object_or_404(
        rows.select_related("party", "acceptance__call", "acceptance__grant", "debarment"), pk=pk
    )


def own_entries(viewer: Viewer, at: datetime) -> QuerySet[CreditEntry]:
    """Return the entries about the viewer and the viewer's units."""
    return CreditEntry.objects.filter(credit_about(viewer, at)).select_related("party", "acceptance__grant")
