"""A reminder of what is all done by now does not go any more."""

from keqiao.web.duties.models import Duty, Told
from keqiao.web.duties.reminding import MORNING, TEMPLATE

OVER = "case_moved_on"


def nothing_left(account_id: str) -> str:
    """Return why the letter of this morning to a person would come too late; nothing while any of it is open."""
    ids = Told.objects.filter(account_id=account_id).values_list("ids", flat=True).first() or []
    return "" if Duty.objects.filter(pk__in=ids, settled_at__isnull=True).exists() else OVER


PHASES = {(MORNING, TEMPLATE): nothing_left}
