"""Clear what rows said when an import has ended long ago: rolls are full of personal data."""

from datetime import datetime, timedelta

from django.db import transaction

from keqiao.web.audit import log
from keqiao.web.imports.models import Import, ImportRow
from keqiao.web.imports.reading import READER

KEPT = timedelta(days=180)
"""So long an officer may look up what a row said; the catalogue of personal data (``personal``) names it."""


def clear_old_contents(now: datetime) -> None:
    """Clear one import whose time is over; lines, verdicts and record numbers stay. The worker calls it every beat."""
    old = Import.objects.filter(ended_at__lt=now - KEPT, cleared_at__isnull=True)
    made = old.order_by("ended_at").first()
    if made is not None:
        _clear(made, now)


@transaction.atomic
def _clear(made: Import, now: datetime) -> None:
    made.cleared_at = now
    made.save(update_fields=["cleared_at"])
    count = ImportRow.objects.filter(of=made).update(content="")
    log.record("cleared", made, actor=None, role=READER, at=now, data={"rows": count})
