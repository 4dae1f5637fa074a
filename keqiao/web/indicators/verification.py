"""What must always hold of snapshots: they say what their digest, which their event names, was made of."""

from keqiao.web.audit.verification import Check, Fault, Outcome
from keqiao.web.indicators.models import Snapshot
from keqiao.web.indicators.sealing import digest_of


def check_snapshots() -> Outcome:
    """Check that no snapshot and no line of one was changed."""
    rows = Snapshot.objects.prefetch_related("lines")
    faults = tuple(
        Fault("snapshot.altered", str(row.pk))
        for row in rows.iterator(chunk_size=200)
        if digest_of(row, row.lines.all()) != row.digest
    )
    return Outcome(rows.count(), faults)


CHECKS: list[tuple[str, Check]] = [("targets at the end of projects", check_snapshots)]
