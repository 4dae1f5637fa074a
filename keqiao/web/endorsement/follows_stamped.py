"""What this room does when a page of a list or of an application on one came (found by ``filing.stamping``)."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from keqiao.web.endorsement.stamps_owed import BATCH, follow_stamps
from keqiao.web.scope import crossing

WHY = "a page that came closes what the endorsing unit owes"


def follow(about: tuple[str, UUID], at: datetime, fact: str) -> None:
    """Keep in step what endorsing units owe: a page of a list counts for the lists that take its place too."""
    kind, pk = about
    which = Q(queue__batches=pk) if kind == BATCH else Q(lines__passage__application=pk, lines__stands=True)
    with crossing(WHY):
        follow_stamps(which, at, fact)
