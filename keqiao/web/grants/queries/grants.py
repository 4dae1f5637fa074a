"""Grants as their readers see them: one, those of a call, those of a unit; what the acceptance asks of one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.grant import GrantState
from keqiao.core.programme.targets import Target
from keqiao.web.grants.carrying import targets_in_force
from keqiao.web.grants.models import Grant
from keqiao.web.grants.permissions import (
    Viewer,
    associations_as,
    grants_of_units,
    grants_overseen,
    grants_seen,
    is_officer,
)
from keqiao.web.grants.queries.awarded import CONFIRMED, awaiting
from keqiao.web.programmes.queries import calls_for, calls_with

ALONG = ("call", "unit", "leader", "association__organisation", "finance_bureau")
NOT_SIGNED = [state.value for state in (GrantState.DRAFTED, GrantState.SENT)]
AT_WORK = [
    state.value
    for state in (GrantState.SIGNED, GrantState.RUNNING, GrantState.SUSPENDED, GrantState.FINISHED)
]


@dataclass(frozen=True, slots=True)
class Term:
    """First and last day of the work; None: not stated yet."""

    begins_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class CallSeen:
    """A call with its grants, counted; ``waiting``: confirmed selections that have none."""

    call: Any
    waiting: int = 0
    unsigned: int = 0
    at_work: int = 0
    over: int = 0
    amount_fen: int = 0


def grant_for(viewer: Viewer, pk: UUID, at: datetime) -> Grant:
    """Return a grant that the viewer may see; otherwise 404."""
    rows = Grant.objects.filter(grants_seen(viewer, at)).select_related(*ALONG)
    return get_object_or_404(rows, pk=pk)


def grant_of(application_id: UUID) -> Grant | None:
    """Return the grant of an application, or nothing. Who may see it was asked before."""
    return Grant.objects.filter(application_id=application_id).select_related(*ALONG).first()


def term_of(grant: Grant) -> Term:
    """Return when the work begins and ends."""
    return Term(grant.begins_on, grant.ends_on)


def targets_of(grant: Grant) -> tuple[Target, ...]:
    """Return the targets that were agreed on: those of the call with the numbers promised, then the unit's own."""
    return targets_in_force(grant)


def own_grants(viewer: Viewer, at: datetime) -> QuerySet[Grant]:
    """Return the grants of the viewer's units."""
    return (
        Grant.objects.filter(grants_of_units(viewer, at)).select_related("call", "unit").order_by("-begun_at")
    )


def grants_of_call(viewer: Viewer, call_id: UUID, at: datetime) -> QuerySet[Grant]:
    """Return the grants of a call that the viewer oversees."""
    rows = Grant.objects.filter(grants_overseen(viewer, at), call_id=call_id)
    return rows.select_related("unit", "leader", "settlement").order_by("number")


def calls_with_grants(viewer: Viewer, at: datetime) -> list[CallSeen]:
    """Return the calls of which the viewer oversees grants or may let them begin, the newest first."""
    counted = {row["call_id"]: row for row in _counts(Grant.objects.filter(grants_overseen(viewer, at)))}
    officer_of = associations_as(viewer, "officer", at)
    waits = Q(association_id__in=officer_of, selection_waits__gt=0)
    calls = _calls(viewer, at).annotate(selection_waits=_waiting())
    found = calls.filter(Q(pk__in=list(counted)) | waits).order_by("-created_at")
    return [_seen(call, counted.get(call.pk, {})) for call in found]


def call_seen(viewer: Viewer, pk: UUID, at: datetime) -> CallSeen:
    """Return one call with its grants counted; 404 where the viewer oversees none of its grants and may begin none."""
    rows = Grant.objects.filter(grants_overseen(viewer, at), call_id=pk)
    counted = next(iter(_counts(rows)), {})
    call = get_object_or_404(_calls(viewer, at).annotate(selection_waits=_waiting()), pk=pk)
    if not counted and not is_officer(viewer, call.association_id, at):
        raise Http404
    return _seen(call, counted)


def may_begin(viewer: Viewer, call: Any, at: datetime) -> bool:
    """May the viewer let the grants of this call begin?"""
    return is_officer(viewer, call.association_id, at)


def waiting_of(call_id: UUID) -> QuerySet[Any]:
    """Return the confirmed selections of a call that have no grant. Who may see them was asked before."""
    return awaiting(call_id)


def _calls(viewer: Viewer, at: datetime) -> QuerySet[Any]:
    """Calls of the viewer's own associations, and those whose money the viewer's bureau supervises."""
    own = calls_for(viewer, at)  # type: ignore[arg-type]  an account tells both rooms
    overseen = Grant.objects.filter(grants_overseen(viewer, at)).order_by().values("call_id")
    return calls_with(Q(pk__in=own.order_by().values("pk")) | Q(pk__in=overseen))


def _waiting() -> Count:
    confirmed = Q(applications__selection__state=CONFIRMED, applications__selection__grant__isnull=True)
    return Count("applications__selection", filter=confirmed, distinct=True)


def _counts(rows: QuerySet[Grant]) -> QuerySet[Any]:
    return (
        rows.order_by()
        .values("call_id")
        .annotate(
            unsigned=Count("pk", filter=Q(state__in=NOT_SIGNED)),
            at_work=Count("pk", filter=Q(state__in=AT_WORK)),
            in_all=Count("pk"),
            money=Sum("amount_fen", filter=~Q(state=GrantState.GIVEN_UP.value)),
        )
    )


def _seen(call: Any, row: dict[str, Any]) -> CallSeen:
    unsigned, at_work = row.get("unsigned", 0), row.get("at_work", 0)
    return CallSeen(
        call,
        waiting=call.selection_waits,
        unsigned=unsigned,
        at_work=at_work,
        over=row.get("in_all", 0) - unsigned - at_work,
        amount_fen=row.get("money") or 0,
    )


def all_grants(which: Q) -> QuerySet[Grant]:
    """Return the grants that fit. Who may see them was asked before."""
    return Grant.objects.filter(which)


def locked_grants(which: Q) -> QuerySet[Grant]:
    """Return the grants that fit under lock, with their applications. Whose business they are, the caller asks."""
    rows = Grant.objects.select_for_update(of=("self",)).filter(which)
    return rows.select_related("application", "unit")
