"""The pictures of stamped pages, as room files keeps them: who may send and read them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.web.applications import permissions as of_applications
from keqiao.web.files.kinds import of_families
from keqiao.web.files.permissions import Purpose, register
from keqiao.web.filing import permissions
from keqiao.web.filing.stampable import stampables

STAMPED = "stamped_page"
MOST_BYTES = 30 << 20
"""A photo of a phone is 3 to 12 MB; a scan of twenty pages is seldom more than that."""


def may_send(viewer: Any, association_id: UUID | None, at: datetime) -> bool:
    """Whoever sees something that is stamped for this association, and its officers, send pictures to it."""
    if association_id in of_applications.associations_in_charge(viewer, at):
        return True
    kinds = stampables().values()
    return any(known.seen(viewer, at).filter(association_id=association_id).exists() for known in kinds)


def may_read(viewer: Any, file: Any, at: datetime) -> bool:
    """Whoever sees a picture reads the file that it came in; before it was looked at, only who sent it does."""
    if file.uploaded_by_id == viewer.pk:
        return True
    shown = permissions.scans_of(viewer, at)
    if shown.filter(picture_id=file.pk).exists():
        return True
    came = shown.filter(file_id=file.pk).first()
    return came is not None and not permissions.hides_others(viewer, came, at)


def register_purposes() -> None:
    """Make the purpose known to room files."""
    register(Purpose(STAMPED, of_families("pdf", "image"), MOST_BYTES, may_send, may_read))
