"""What a person owes, as dates of the person's calendar: they follow moves, and are crossed out when done."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q

from keqiao.core.workdays import shanghai_day
from keqiao.web.duties.kinds import all_kinds
from keqiao.web.duties.models import Duty
from keqiao.web.duties.permissions import held_by
from keqiao.web.duties.queries import LATELY, lines_of, open_at
from keqiao.web.ui.site_addresses import whole_address
from keqiao.writers.calendar_feed import FeedEvent

SHOWN = 500


def dates_for(account: Any, at: datetime) -> Iterator[FeedEvent]:
    """Yield the dates of what ``account`` owes, and of what was done lately, crossed out."""
    lately = Q(settled_at__gte=at - LATELY, settled_at__lte=at, kind__in=list(all_kinds()))
    mine = Duty.objects.filter(held_by(account, at), open_at(at) | lately, due_at__isnull=False)
    for line in lines_of(mine.order_by("due_at", "pk")[:SHOWN], at):
        duty = line.duty
        changed = max(filter(None, (duty.opened_at, duty.moved_at, duty.settled_at)))
        yield FeedEvent(
            uid=f"duty-{duty.pk}@{settings.SITE_URL.split('//')[-1].strip('/')}",
            sequence=int((changed - duty.opened_at).total_seconds()),
            stamped=changed,
            summary=line.title,
            on=shanghai_day(duty.due_at),
            address=whole_address(line.address),
            description=line.otherwise,
            is_off=duty.settled_at is not None,
        )
