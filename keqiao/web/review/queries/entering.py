"""Which applications a round judges: those that passed the formal check and stand in no other round."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from keqiao.core.lifecycle.application import ApplicationState
from keqiao.core.lifecycle.formal_check import FormalCheckState
from keqiao.core.lifecycle.review_round import LIVE
from keqiao.web.review.models import Entry, FormalCheck

PASSED = FormalCheckState.PASSED.value
STANDING = ApplicationState.SUBMITTED.value
IN_ROUNDS = [state.value for state in LIVE]


def passed_checks(call_id: UUID) -> QuerySet[FormalCheck]:
    """Return the formal checks of a call that were passed by applications that still stand."""
    return FormalCheck.objects.filter(call_id=call_id, state=PASSED, application__state=STANDING)


def in_no_live_round(checks: QuerySet[FormalCheck]) -> QuerySet[FormalCheck]:
    """Return those of the checks whose applications a round made now would take in."""
    taken = Entry.objects.filter(round__state__in=IN_ROUNDS)
    return checks.exclude(application_id__in=taken.values("application_id"))


def to_enter(found: Any) -> list[tuple[UUID, str]]:
    """Return the applications that a round could take in still, by number, each with the digest of its content.

    Their formal checks are locked first: what another round takes in meanwhile is seen to be taken.
    """
    passed = passed_checks(found.call_id).order_by("pk")
    list(passed.select_for_update(of=("self",)).values_list("pk", flat=True))
    taken = Entry.objects.filter(round__state__in=IN_ROUNDS) | Entry.objects.filter(round=found)
    rows = passed_checks(found.call_id).filter(application__node__in=found.nodes)
    free = rows.exclude(application_id__in=taken.values("application_id"))
    return list(free.order_by("application__number").values_list("application_id", "digest"))


def entries_judged(round_id: UUID) -> QuerySet[Entry]:
    """Return the entries of a round whose applications still stand: what was withdrawn since is not judged."""
    rows = Entry.objects.filter(
        round_id=round_id,
        application__state=STANDING,
        application__formal_check__state=PASSED,
    )
    return rows.select_related("application__unit").order_by("mark")
