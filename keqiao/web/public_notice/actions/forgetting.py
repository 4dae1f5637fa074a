"""Erase who objected, once the notice has been over for so long that nobody asks any more."""

from datetime import datetime, timedelta

from django.db import transaction

from keqiao.core.lifecycle.objection import OPEN
from keqiao.core.lifecycle.roles import CLOCK
from keqiao.web.audit.log import ERASED, By
from keqiao.web.public_notice.actions.writing import locked_objection, note
from keqiao.web.public_notice.models import Objection

KEPT = timedelta(days=730)
"""How long after the notice is over the office knows who objected."""
AT_ONCE = 20
UNDECIDED = [state.value for state in OPEN]


def forget_objectors_due(now: datetime) -> None:
    """Erase name, telephone and mail of objectors whose time is over. Safe to run at any time."""
    rows = Objection.objects.filter(notice__over_at__lt=now - KEPT, forgotten_at__isnull=True)
    rows = rows.exclude(state__in=UNDECIDED).order_by("received_at")
    for pk in list(rows.values_list("pk", flat=True)[:AT_ONCE]):
        _forget(pk, now)


@transaction.atomic
def _forget(pk: object, now: datetime) -> None:
    objection = locked_objection(pk)  # type: ignore[arg-type]
    if objection.forgotten_at is not None:
        return
    for name in ("name", "contact", "mail"):
        if getattr(objection, name):
            setattr(objection, name, ERASED)
    objection.forgotten_at = now
    objection.save(update_fields=["name", "contact", "mail", "forgotten_at"])
    note("forgotten", objection, By(None, CLOCK, now))
