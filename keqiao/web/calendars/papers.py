"""Papers behind local days off, as room files keeps them: who may send and read them, which kinds are taken."""

from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.web.calendars.permissions import associations_of
from keqiao.web.files.kinds import PAPERS
from keqiao.web.files.permissions import Purpose, register

PURPOSE = "calendar_paper"
MAX_BYTES = 20 << 20


def may_send(viewer: Any, association_id: UUID | None, at: datetime) -> bool:
    """Who keeps the calendar of an association sends papers for it."""
    return association_id is not None and association_id in associations_of(viewer, at)


def may_read(viewer: Any, file: Any, at: datetime) -> bool:
    """Who keeps the calendar of an association reads its papers."""
    return file.association_id in associations_of(viewer, at)


def register_purposes() -> None:
    """Make the purpose known to room files."""
    register(Purpose(PURPOSE, PAPERS, MAX_BYTES, may_send, may_read))
