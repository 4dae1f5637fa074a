"""Texts of regulations as room files keeps them: who may send and read them, which kinds are taken."""

from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.files.kinds import PAPERS
from keqiao.web.files.permissions import Purpose, register
from keqiao.web.regulations.permissions import READ_LIBRARY

PURPOSE = "regulation"
MAX_BYTES = 50 << 20
KINDS = PAPERS | {"rtf", "odf"}
"""Not txt: that is what anything is whose content nobody recognises."""


def may_send(viewer: Any, association_id: UUID | None, at: datetime) -> bool:
    """Officers send the texts for their own association."""
    return association_id is not None and association_id in viewer.organisations_as(OFFICER, at)


def may_read(viewer: Any, file: Any, at: datetime) -> bool:
    """Officers and leaders of the association; the public has a page of its own."""
    if not viewer.is_authenticated:
        return False
    return any(file.association_id in viewer.organisations_as(role, at) for role in READ_LIBRARY)


def register_purposes() -> None:
    """Make the purpose known to room files."""
    register(Purpose(PURPOSE, KINDS, MAX_BYTES, may_send, may_read))
