"""Documents of calls as room files keeps them: who may send and read them, which kinds are taken."""

from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.files.kinds import PAPERS, of_families
from keqiao.web.files.permissions import Purpose, register
from keqiao.web.programmes.permissions import WORK_ON_CALLS

PURPOSE = "call_document"
MAX_BYTES = 50 << 20
KINDS = PAPERS.union(
    of_families("sheet", "archive"), ("txt", "html", "rtf", "odf", "xlsb", "pptx", "ppt", "encrypted")
)
"""Kept even where they cannot be read: the officer is told what to do, and the original is there."""


def may_send(viewer: Any, association_id: UUID | None, at: datetime) -> bool:
    """Officers send documents for their own association."""
    return association_id is not None and association_id in viewer.organisations_as(OFFICER, at)


def may_read(viewer: Any, file: Any, at: datetime) -> bool:
    """Officers and leaders of the association read the original."""
    if not viewer.is_authenticated:
        return False
    return any(file.association_id in viewer.organisations_as(role, at) for role in WORK_ON_CALLS)


def register_purposes() -> None:
    """Make the purpose known to room files."""
    register(Purpose(PURPOSE, KINDS, MAX_BYTES, may_send, may_read))
