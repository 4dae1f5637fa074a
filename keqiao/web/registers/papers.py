"""Papers behind lines of the registers, as room files keeps them: who may send and read them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.web.files.kinds import PAPERS
from keqiao.web.files.permissions import Purpose, register
from keqiao.web.registers.permissions import associations_read, associations_written

PURPOSE = "register_paper"
MAX_BYTES = 20 << 20


def may_send(viewer: Any, association_id: UUID | None, at: datetime) -> bool:
    """Who writes the registers of an association sends papers for them."""
    return association_id is not None and association_id in associations_written(viewer, at)


def may_read(viewer: Any, file: Any, at: datetime) -> bool:
    """Who reads the registers of an association reads their papers."""
    return file.association_id in associations_read(viewer, at)


def register_purposes() -> None:
    """Make the purpose known to room files."""
    register(Purpose(PURPOSE, PAPERS, MAX_BYTES, may_send, may_read))
