"""What this room does when a page of a list or of an application on one came (found by ``filing.stamping``)."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from keqiao.web.endorsement.owed import APPLICATION, follow_paper
from keqiao.web.endorsement.stamps_owed import BATCH, follow_stamps
from keqiao.web.scope import crossing

WHY = "a page that came closes what the endorsing unit, or a unit on paper, owes"


def follow(about: tuple[str, UUID], at: datetime, fact: str) -> None:
    """Keep in step what endorsing units owe: a page of a list counts for the lists that take its place too."""
    kind, pk = about
    with crossing(WHY):
        if kind == BATCH:
            follow_stamps(Q(queue__batches=pk), at, fact)
        elif kind == APPLICATION:
            follow_paper(Q(application=pk), at, fact)
