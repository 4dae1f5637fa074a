"""Evidence as room files keeps it: who may send and read it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from keqiao.web.activities.models import Activity, EvidenceUse
from keqiao.web.activities.permissions import own_units, records_seen
from keqiao.web.files.kinds import of_families
from keqiao.web.files.permissions import Purpose, register

PURPOSE = "activity_evidence"
UNUSED_FOR = timedelta(days=30)
"""Sent, and the record never saved: whoever sent it can still fetch it until then."""
FAMILIES = ("image", "pdf", "word", "sheet", "video", "audio", "archive")
KINDS = of_families(*FAMILIES)


def may_send(viewer: Any, association_id: UUID | None, at: datetime) -> bool:
    """People of a unit send evidence of what it does; whether for this project, the act asks that refers to it."""
    return association_id is not None and bool(own_units(viewer, at))


def may_read(viewer: Any, file: Any, at: datetime) -> bool:
    """Whoever sees a record that it shows reads it; before it is used, only who sent it does."""
    if file.uploaded_by_id == viewer.pk:
        return True
    used = EvidenceUse.objects.filter(sha256=file.sha256, file_id=file.pk)
    return Activity.objects.filter(records_seen(viewer, at), pk__in=used.values("activity_id")).exists()


def register_purposes() -> None:
    """Make the purpose known to room files."""
    register(Purpose(PURPOSE, KINDS, settings.APPLICATION_FILE_BYTES, may_send, may_read, UNUSED_FOR))
