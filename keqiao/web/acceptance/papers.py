"""Files of deliverables, as room files keeps them, and how long what stands in them is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.web.acceptance.models import Acceptance, OwedPaper
from keqiao.web.acceptance.permissions import acceptances_seen
from keqiao.web.activities.measuring import lengths_of
from keqiao.web.files.kinds import of_families
from keqiao.web.files.permissions import Purpose, register

PURPOSE = "deliverable"
MOST_BYTES = 200 << 20
FAMILIES = ("pdf", "word", "sheet", "image", "archive", "video", "audio")


@dataclass(frozen=True, slots=True)
class Length:
    """Characters and pages of a document; None: it has none, or they cannot be read."""

    chars: int | None = None
    pages: int | None = None


def measured(file: Any) -> Length:
    """Read how long a file is. Takes seconds: to be done before a transaction begins."""
    found = lengths_of(file)
    return Length(found.get("characters"), found.get("pages") or None)


def may_send(viewer: Any, association_id: UUID | None, at: datetime) -> bool:
    """Whoever reads an acceptance of this association may send papers to it."""
    return Acceptance.objects.filter(acceptances_seen(viewer, at), association_id=association_id).exists()


def may_read(viewer: Any, file: Any, at: datetime) -> bool:
    """Whoever reads an acceptance reads its papers; before one is handed in, only who sent it does."""
    if file.uploaded_by_id == viewer.pk:
        return True
    seen = Acceptance.objects.filter(acceptances_seen(viewer, at))
    return OwedPaper.objects.filter(file_id=file.pk, acceptance__in=seen).exists()


def register_purposes() -> None:
    """Make the purpose known to room files."""
    register(Purpose(PURPOSE, of_families(*FAMILIES), MOST_BYTES, may_send, may_read))
