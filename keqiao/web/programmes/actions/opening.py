"""Note by the clock that the first day on which a call takes applications has come."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from keqiao.core.lifecycle.call import CLOCK, CallState, call_after
from keqiao.web.audit import log
from keqiao.web.programmes import followers
from keqiao.web.programmes.models import Call, Offer

OPENED_AT_ONCE = 100  # so that a round of due work stays short


def open_due(now: datetime) -> None:
    """Open the published calls of which a category takes applications from a stated day on, and does so now.

    Due work: safe to run at any time and by several at once. A call that states no first day takes applications from
    its publication on and stays as it is; one that is over is closed without having been opened.
    """
    begun = _begun(now)
    for pk in list(begun.values_list("pk", flat=True)[:OPENED_AT_ONCE]):
        with transaction.atomic():
            still_begun = begun.select_for_update(skip_locked=True).filter(pk=pk).first()
            if still_begun:
                _open(still_begun, now)


def _begun(now: datetime) -> QuerySet[Call]:
    offers = Offer.objects.filter(call=OuterRef("pk"), opens_at__lte=now)
    taken = offers.filter(Q(deadline_at=None) | Q(deadline_at__gte=now))
    return Call.objects.filter(Exists(taken), state=CallState.PUBLISHED.value).order_by("pk")


def _open(call: Call, now: datetime) -> None:
    call.state = call_after(CallState(call.state), "open", {CLOCK}).value
    call.save(update_fields=["state"])
    log.record("opened", call, actor=None, role=CLOCK, at=now)
    followers.tell(call, "opened", now)
