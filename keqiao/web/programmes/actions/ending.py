"""End a call before its time, and note by the clock that its last day has passed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.call import CLOCK, CallState, call_after
from keqiao.web.accounts.actions import let_grants_end_with_call
from keqiao.web.audit import log
from keqiao.web.notifications.actions import cancel_about
from keqiao.web.parties.actions import count_public_change
from keqiao.web.programmes import followers
from keqiao.web.programmes.models import Call, Offer
from keqiao.web.programmes.permissions import WORK_ON_CALLS, Viewer, roles_towards
from keqiao.web.programmes.refusals import Refused

CLOSED_AT_ONCE = 100  # so that a round of due work stays short
TAKING = [CallState.PUBLISHED.value, CallState.OPEN.value]


@transaction.atomic
def cancel(call_id: UUID, *, actor: Viewer, at: datetime, reason: str) -> None:
    """Cancel a call for good. Of a published one everybody reads when and why; roles for it run out.

    Letters about the call that have not gone yet, to say for instance that it was published, do not go any more.

    Raises:
        Refused: the call is archived or cancelled already, or the actor is neither officer nor leader there.
        ValueError: no reason is given.
    """
    if not reason.strip():
        raise ValueError("cancelling a call needs a reason")
    call = Call.objects.select_for_update().get(pk=call_id)
    roles = roles_towards(actor, call.association_id, at)
    try:
        call.state = call_after(CallState(call.state), "cancel", roles).value
    except NotAllowed as refused:
        code = "call.wrong_state" if refused.wrong_state else "call.not_your_role"
        raise Refused(Finding(code, Weight.REFUSE, {"state": call.get_state_display()})) from refused
    call.cancelled_at, call.cancelled_because = at, reason.strip()
    call.save(update_fields=["state", "cancelled_at", "cancelled_because"])
    let_grants_end_with_call(call.pk, at, actor=actor, at=at)
    cancel_about(Call._meta.label_lower, str(call.pk), at=at)
    role = next(role for role in WORK_ON_CALLS if role in roles)
    log.record("cancelled", call, actor=actor, role=role, at=at, reason=reason)
    followers.tell(call, "cancelled", at)
    if call.slug is not None:
        count_public_change()


def close_due(now: datetime) -> None:
    """Close the calls whose last deadline has passed. Due work: safe to run at any time and by several at once.

    A call with a category that states no deadline stays as it is: nobody can tell when it is over.
    """
    over = _over(now)
    for pk in list(over.values_list("pk", flat=True)[:CLOSED_AT_ONCE]):
        with transaction.atomic():
            still_over = over.select_for_update(skip_locked=True).filter(pk=pk).first()
            if still_over:
                _close(still_over, now)


def _over(now: datetime) -> QuerySet[Call]:
    """Calls that count as taking applications although each of their deadlines lies before ``now``."""
    offers = Offer.objects.filter(call=OuterRef("pk"))
    still_taken = offers.filter(Q(deadline_at=None) | Q(deadline_at__gte=now))
    begun = Call.objects.filter(state__in=TAKING, deadline_at__lt=now)
    return begun.filter(Exists(offers), ~Exists(still_taken)).order_by("deadline_at")


def _close(call: Call, now: datetime) -> None:
    call.state = call_after(CallState(call.state), "close", {CLOCK}).value
    call.save(update_fields=["state"])
    log.record("closed", call, actor=None, role=CLOCK, at=now)
    followers.tell(call, "closed", now)
